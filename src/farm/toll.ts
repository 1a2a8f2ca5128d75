/** The dead that are taken out of a container on a day, cause by cause (domain.md#8). */

/** What fish die of, as it is written down. */
export interface Cause {
  /** AquaMind's word: DISEASE, HANDLING, PREDATION, ENVIRONMENTAL, UNKNOWN or OTHER. */
  readonly cause: string;
  /** What was seen, for people. */
  readonly description: string;
}

/** A day's dead in one container, a record for every cause. It is filled again for every container. */
export interface Toll {
  /** How many records there are; the lists may be longer. */
  records: number;
  /** Fish of a record: at least one. */
  readonly fish: number[];
  /** Position of their cause among those of the biology. */
  readonly cause: number[];
  /** Days after which the record was entered: 0 on the day itself. */
  readonly delay: number[];
}

/** A toll that is yet to be taken. */
export function newToll(): Toll {
  return { records: 0, fish: [], cause: [], delay: [] };
}

/** Adds a record to a toll. */
export function addRecord(toll: Toll, fish: number, cause: number, delay: number): void {
  const at = toll.records++;
  toll.fish[at] = fish;
  toll.cause[at] = cause;
  toll.delay[at] = delay;
}

/** All fish of a toll. */
export function fishOf({ records, fish }: Toll): number {
  let sum = 0;
  for (let i = 0; i < records; i++) sum += fish[i]!;
  return sum;
}
