/** The part of `@std/csv` that Redd uses; the npm republication ships no types. */
export function parse(
  input: string,
  options: { skipFirstRow: true },
): Record<string, string>[];
export function parse(input: string): string[][];
