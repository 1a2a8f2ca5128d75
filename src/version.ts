/** The version of Redd. It is part of the promise of equal bytes: see `datapackage.json`. */
export const VERSION = "0.8.0";

/** The numbers of `1.2.3`; undefined for another form. */
function numbersOf(version: string): readonly number[] | undefined {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(version);
  return match?.slice(1).map(Number);
}

/** Is a version later than this program's? A text that is no version of Redd's is none. */
export function isNewer(version: string): boolean {
  return isEarlier(VERSION, version);
}

/** Does a version come before another? False where one of them is no version of Redd's. */
export function isEarlier(version: string, other: string): boolean {
  const [one, two] = [numbersOf(version), numbersOf(other)];
  if (one === undefined || two === undefined) return false;
  const at = one.findIndex((n, i) => n !== two[i]);
  return at >= 0 && one[at]! < two[at]!;
}
