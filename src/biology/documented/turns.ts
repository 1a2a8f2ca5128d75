/**
 * Turns of the containers that leave a stage: one a day, or as many as it takes, in the order of their
 * names. A container is emptied whole on its day.
 */

/** What the length of a move follows from. */
export interface Turns {
  /** How many containers leave. */
  readonly containers: number;
  /** Over how many days they may. */
  readonly transitionDays: number;
  /** Days of the shortest stage: all fish of a batch are in a stage before the first leave it. */
  readonly shortestStage: number;
}

function aDay({ containers, transitionDays, shortestStage }: Turns): number {
  return Math.ceil(containers / Math.min(transitionDays, shortestStage));
}

/**
 * How many days after the first container another leaves.
 *
 * @param turn Its position among the containers, from 0.
 */
export function daysAfter(turn: number, turns: Turns): number {
  return Math.floor(turn / aDay(turns));
}

/** In how many days all containers leave. */
export function daysOfTurns(turns: Turns): number {
  return daysAfter(turns.containers - 1, turns) + 1;
}

/** Days of the shortest of some stages. */
export function shortestOf(stages: readonly { readonly days: number }[]): number {
  return Math.min(...stages.map(({ days }) => days));
}
