/** Series as `data/series.ts` packs them. */
import type { Deltas } from "../report/data/series.ts";

/** The numbers of a packed series, in the unit that it was packed with. */
export function numbersOf(deltas: Deltas, unit = 1): (number | null)[] {
  let whole = 0;
  return deltas.map((delta) => {
    if (delta === null) return null;
    whole += delta;
    return whole * unit;
  });
}
