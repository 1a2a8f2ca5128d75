/** How many adult female lice a fish may carry, by geography. */

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
    says: "The Faroese rule of 2016 to 2019 allows 1.5 adult females a fish",
  }],
  ["Scotland", {
    months: [1, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1],
    says: "The Scottish code of good practice suggests treatment from 0.5 adult females a fish " +
      "on in February to June, from 1.0 in other months",
  }],
]);

/** The limit of a geography; null of one of which none is known. */
export function liceLimitOf(geography: string): LiceLimit | null {
  return LIMITS.get(geography) ?? null;
}
