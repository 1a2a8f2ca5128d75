/** What a dataset is made from: equal identities mean equal bytes (design.md#promise-1). */
import { z } from "../packages/zod.ts";
import { quoted } from "../quoted.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a dataset is made from. */
export interface Identity {
  /** The Redd that makes it: `0.2.0`. */
  readonly version: string;
  /** The seed of all its chances. */
  readonly seed: number;
  /** sha256 of the profile's canonical JSON. */
  readonly profile: string;
  /** sha256 of all other fixtures as canonical JSON. */
  readonly fixtures: string;
  /** sha256 of the schedule's text. */
  readonly schedule: string;
  /** Where the ids of the operational tables begin. */
  readonly firstId: number;
  /** Are the unused places of the documented totals in it? */
  readonly documentedTotals: boolean;
  /** Have batches the two later scenarios? */
  readonly laterScenarios: boolean;
  /** Are silos and barges filled before the first batch? */
  readonly initialFeed: boolean;
}

/** The identity as it stands in a file, with nothing besides. */
export const identitySchema = z.strictObject({
  version: z.string().max(100),
  seed: z.int().nonnegative(),
  profile: digest,
  fixtures: digest,
  schedule: digest,
  firstId: z.int().positive(),
  documentedTotals: z.boolean(),
  laterScenarios: z.boolean(),
  initialFeed: z.boolean(),
}) satisfies z.ZodType<Identity>;

/** Field by field, so that the order of keys in a file does not matter. */
export function sameIdentity(one: Identity, other: Identity): boolean {
  return (Object.keys(one) as (keyof Identity)[]).every((key) => one[key] === other[key]);
}

/**
 * The fields in which two identities differ, with both values: `seed is 7, not 1`.
 *
 * @param schedule In what their schedules differ, such as `goes up to 2025-11-21, not 2025-12-01`;
 *   empty where their seeds alone do, which is said as such. Their digests are said unless given.
 * @param profiles What the profiles of both are called, as far as that is known.
 */
export function identityDifferences(
  found: Identity,
  wanted: Identity,
  schedule?: string,
  profiles: { readonly found?: string | undefined; readonly wanted?: string | undefined } = {},
): string[] {
  const shown = (value: unknown) => String(value).replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, "$1…");
  return (Object.keys(wanted) as (keyof Identity)[]).flatMap((key) => {
    if (found[key] === wanted[key]) return [];
    if (key === "schedule" && schedule !== undefined) {
      return schedule === "" ? [] : [`schedule ${schedule}`];
    }
    if (key === "profile") {
      const of = (digest: string, name?: string) =>
        name === undefined ? shown(digest) : `${quoted(name)} (${shown(digest)})`;
      const [one, other] = [profiles.found, profiles.wanted];
      return [`profile is ${of(found[key], one)}, not ${of(wanted[key], other)}`];
    }
    return [`${key} is ${shown(found[key])}, not ${shown(wanted[key])}`];
  });
}
