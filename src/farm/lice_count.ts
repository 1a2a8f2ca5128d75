/** What is counted in one ring (domain.md#10). */
import type { LiceRates } from "./rates.ts";

/** What was counted in one ring. It is filled again for every ring. */
export interface LiceCount {
  /** How many rows there are; the lists may be longer. */
  rows: number;
  /** Id of the lice type of a row. */
  readonly typeIds: number[];
  /** Lice on all fish. */
  readonly counts: number[];
  /** Fish that were looked at. */
  fish: number;
  /** Index of the detection method. */
  method: number;
}

/** An empty count for these rates. */
export function newLiceCount({ fish }: LiceRates): LiceCount {
  return { rows: 0, typeIds: [], counts: [], fish, method: 0 };
}

/** Adds a row to a count. */
export function addLice(into: LiceCount, typeId: number, lice: number): void {
  const at = into.rows++;
  into.typeIds[at] = typeId;
  into.counts[at] = lice;
}
