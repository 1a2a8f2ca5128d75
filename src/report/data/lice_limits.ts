/** How many adult female lice a fish may carry, by geography; the same in all years of a dataset. */

/** A limit, and where it is written. */
export interface LiceLimit {
  /** Adult females of the salmon louse per fish, for each month from January on. */
  readonly months: readonly number[];
  /** What it says, a sentence without a full stop. */
  readonly says: string;
}

/** The limits that are known, by the names of geographies. */
const LIMITS: ReadonlyMap<string, LiceLimit> = new Map([
  ["Faroe Islands", {
    months: new Array(12).fill(1.5),
    says:
      "The limit is that of the Faroese rule of 2016 to 2019, 1.5 adult females a fish, which " +
      "is held against all years here since Redd knows of no other",
  }],
  ["Scotland", {
    months: [1, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1],
    says: "The limit is that of the Scottish code of good practice, held against all years here: " +
      "treatment from 0.5 adult females a fish on in February to June, from 1.0 in other months",
  }],
]);

/** The limit of a geography; null of one of which none is known. */
export function liceLimitOf(geography: string): LiceLimit | null {
  return LIMITS.get(geography) ?? null;
}
