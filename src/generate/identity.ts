/** What a dataset is made from: equal identities mean equal bytes (design.md#promise-1). */
import { z } from "zod";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** The identity as it stands in a file, with nothing besides. */
export const identitySchema = z.strictObject({
  version: z.string().max(100),
  seed: z.int().nonnegative(),
  /** Digests of the profile and the schedule. */
  profile: digest,
  schedule: digest,
  firstId: z.int().positive(),
  documentedTotals: z.boolean(),
  laterScenarios: z.boolean(),
  initialFeed: z.boolean(),
});

/** What a dataset is made from. */
export type Identity = Readonly<z.infer<typeof identitySchema>>;

/** Field by field, so that the order of keys in a file does not matter. */
export function sameIdentity(one: Identity, other: Identity): boolean {
  return (Object.keys(one) as (keyof Identity)[]).every((key) => one[key] === other[key]);
}

/** The fields in which two identities differ, with both values: `seed is 7, expected 1`. */
export function identityDifferences(found: Identity, wanted: Identity): string[] {
  const shown = (value: unknown) => String(value).replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, "$1…");
  return (Object.keys(wanted) as (keyof Identity)[]).flatMap((key) =>
    found[key] === wanted[key] ? [] : [`${key} is ${shown(found[key])}, not ${shown(wanted[key])}`]
  );
}
