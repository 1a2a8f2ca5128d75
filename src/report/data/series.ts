/**
 * Series of numbers as a page takes them: integers, and of the second and the next ones the
 * difference to the one before, which are short. `page/series.ts` reads them.
 */

/** Whole numbers, each less the one before; null where there is none. */
export type Deltas = readonly (number | null)[];

/**
 * Packs numbers.
 *
 * @param unit Of what they are multiples: 0.01 keeps two decimals. The page has to be told the same.
 */
export function deltasOf(values: readonly (number | null)[], unit = 1): Deltas {
  let before = 0;
  return values.map((value) => {
    if (value === null) return null;
    const whole = Math.round(value / unit);
    const delta = whole - before;
    before = whole;
    return delta;
  });
}
