/** Where the biology `field` keeps what it remembers: places in the memories of the farm's state. */

/** Of a site. */
export const SITE = {
  /** Logarithm of how much better fish grow than elsewhere. */
  growth: 0,
} as const;

/** Of a batch. */
export const BATCH = {
  /** Day on which the transition under way, or the next, begins; 0 where it is not decided. */
  leaving: 0,
  /** Day on which the next ring may be slaughtered; 0 before the slaughter has begun. */
  slaughter: 1,
} as const;

/** Of the fish in a container. */
export const FISH = {
  /** Weight of the last daily state, in 0.01 g. */
  stateWeight: 0,
  /** How fast these fish grow, as a factor. */
  pace: 1,
  /** Gain of the cube root of the weight in g that is possible today. */
  step: 2,
  /** Feed that today's possible gain needs, and what was given of it, in 0.0001 kg. */
  wanted: 3,
  given: 4,
  /** Logarithm of today's appetite. */
  appetite: 5,
  /** Feed of a meal today, in 0.0001 kg. */
  meal: 6,
  /** Day on which fish are weighed next. */
  weighing: 7,
  /** Day on which the fish leave for the next stage, or are slaughtered; 0 where it is not decided. */
  leaving: 8,
  /** Day of the last treatment, 0 for none. */
  treated: 9,
} as const;

/** A memory of which nothing is known yet. */
export function blank(places: Readonly<Record<string, number>>): number[] {
  return new Array(Object.keys(places).length).fill(0);
}
