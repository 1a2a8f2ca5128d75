/** What is counted in one ring (domain.md#10). */
import type { LiceRates } from "./rates.ts";

/** What was counted in one ring. It is filled again for every ring. */
export interface LiceCount {
  /** By lice type: first the shares of the profile, then the occasional one; 0 gives no row. */
  readonly typeIds: number[];
  readonly counts: number[];
  /** Index of the detection method. */
  method: number;
  /** How many counts are above 0. */
  rows: number;
}

/** An empty count for these rates. */
export function newLiceCount({ shares }: LiceRates): LiceCount {
  const typeIds = [...shares.map((share) => share.typeId), 0];
  return { typeIds, counts: typeIds.map(() => 0), method: 0, rows: 0 };
}
