/** Stays at one site side by side, so that none hides another. */

/** What begins and ends. */
interface Span {
  readonly from: number;
  /** The first day that is no longer part of it. */
  readonly to: number;
}

/**
 * The lane of each span, in their order, and how many lanes there are: spans of one lane do not
 * overlap. They are given by their beginnings.
 */
export function lanesOf(
  spans: readonly Span[],
): { readonly lanes: number[]; readonly all: number } {
  const ends: number[] = [];
  const lanes = spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    return lane;
  });
  return { lanes, all: Math.max(1, ends.length) };
}
