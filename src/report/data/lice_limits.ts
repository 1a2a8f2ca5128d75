/** How many adult female lice a fish may carry, by geography. */

/** A limit, and where it is written. */
export interface LiceLimit {
  /** Adult females of the salmon louse per fish, by month from 0. */
  readonly inMonth: (month: number) => number;
  /** What it says, a sentence without a full stop. */
  readonly says: string;
}

/** The limit of a geography; undefined of one of which none is known. */
export function liceLimitOf(geography: string): LiceLimit | undefined {
  return LIMITS[geography];
}

const LIMITS: Readonly<Record<string, LiceLimit>> = Object.assign(Object.create(null), {
  "Faroe Islands": {
    inMonth: () => 1.5,
    says: "The Faroese rule of 2016 to 2019 allows 1.5 adult females a fish",
  },
  Scotland: {
    inMonth: (month: number) => month >= 1 && month <= 5 ? 0.5 : 1,
    says: "The Scottish code of good practice suggests treatment from 0.5 adult females a fish " +
      "on in February to June, from 1.0 in other months",
  },
});
