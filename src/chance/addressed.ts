/**
 * Random values that are addressed, not drawn (design.md#d4): a value is a pure function of
 * (seed, purpose, batch, day index, container ordinal, item). No value depends on another, so a
 * worker can compute any of them and a new feature shifts none.
 *
 * A 64-bit address state is mixed into 32 bits by two rounds of a bijective integer hash.
 */

/** What a value is for; a purpose keeps its number for ever. */
export const PURPOSES = {
  reading: 1,
  death: 2,
  sampledWeight: 3,
  sampledLength: 4,
  harvestTarget: 5,
  lice: 6,
  journalContainer: 7,
  healthContainer: 8,
  healthWeight: 9,
  healthLength: 10,
  healthScore: 11,
  voyage: 12,
  // Of the biology `field`: water from 20 on, deaths from 40 on, growth from 60 on.
  siteDeaths: 40,
  fishDeaths: 41,
  deathCount: 42,
  deathCause: 43,
  siteIncident: 44,
  fishIncident: 45,
  siteDeathEntry: 46,
  fishDeathEntry: 47,
  moveDeaths: 48,
  seaYear: 20,
  seaSite: 21,
  seaWeather: 22,
  waterEvent: 23,
  tankWater: 24,
  containerWater: 25,
  sensorFault: 26,
  sensorState: 27,
  sensorNoise: 28,
  pace: 60,
  siteGrowth: 61,
  appetite: 62,
  feedingDay: 63,
  weighing: 64,
  fishWeight: 65,
  fishCondition: 66,
  moving: 67,
  slaughter: 68,
  // Lice, treatments and diseases from 80 on.
  seaLice: 80,
  ringLice: 81,
  liceCount: 82,
  siteTreatment: 83,
  ringTreatment: 84,
  siteDisease: 85,
  ringDisease: 86,
  vaccination: 87,
  fishHealth: 88,
  siteHealth: 89,
  labSample: 90,
} as const;

export type Purpose = keyof typeof PURPOSES;

/** The random values of one purpose and one batch. */
export interface RandomKey {
  readonly a: number;
  readonly b: number;
}

const GOLDEN = 0x9e3779b9 | 0;

/** A bijection of 32 bits in which every input bit reaches every output bit. */
export function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

function mixText(state: number, text: string): number {
  for (let i = 0; i < text.length; i++) state = mix(state + GOLDEN + text.charCodeAt(i) | 0);
  return state;
}

/**
 * The key of (seed, purpose, name).
 *
 * @param seed A whole number from 0 to 2^53 - 1.
 * @param name The batch number, or another name that identifies the subject for ever.
 */
export function keyOf(seed: number, purpose: Purpose, name: string): RandomKey {
  const low = seed | 0;
  const high = Math.floor(seed / 4294967296) | 0;
  const start = mix(mix(low) + high + Math.imul(PURPOSES[purpose], GOLDEN) | 0);
  return { a: mixText(start, name), b: mixText(~start, name) };
}

/** The keys of (seed, purpose, name) for every purpose. */
export function keysOf(seed: number, name: string): Readonly<Record<Purpose, RandomKey>> {
  const purposes = Object.keys(PURPOSES) as Purpose[];
  return Object.fromEntries(
    purposes.map((purpose) => [purpose, keyOf(seed, purpose, name)]),
  ) as Record<Purpose, RandomKey>;
}

/** First half of the address of (day index, container ordinal) under a key. */
export function aimA(key: RandomKey, dayIndex: number, ordinal: number): number {
  return mix(key.a + Math.imul(dayIndex + 1, GOLDEN) | 0) + Math.imul(ordinal + 1, 0x85ebca6b) | 0;
}

/** Second half of the address of (day index, container ordinal) under a key. */
export function aimB(key: RandomKey, dayIndex: number, ordinal: number): number {
  return mix(key.b ^ Math.imul(dayIndex + 1, 0xc2b2ae35)) ^ Math.imul(ordinal + 1, 0x27d4eb2f);
}

/** The value of an item at an address: a whole number from 0 to 2^32 - 1. */
export function valueAt(a: number, b: number, item: number): number {
  return mix(mix(a ^ Math.imul(item + 1, GOLDEN)) ^ b) >>> 0;
}

/** `u` of 32 bits as a number strictly between 0 and 1. */
export function unit(u: number): number {
  return (u + 0.5) * 2.3283064365386963e-10;
}

/** A whole number from `low` to `low + span - 1`, evenly, from 32 random bits. */
export function wholeOf(u: number, low: number, span: number): number {
  return low + Math.floor(u * span * 2.3283064365386963e-10);
}
