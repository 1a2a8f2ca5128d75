/** What checks ask of a profile: numbers that the dataset was made with, never its name. */
import type { ReddManifest } from "../dataset/manifest.ts";
import { ratesDigest } from "../dataset/rates.ts";
import type { ProfileRates } from "../dataset/rates_type.ts";
import type { CheckOfDataset, Need } from "./check.ts";
import { DOCUMENTED_PROFILES, DOCUMENTED_RATES } from "../dataset/documented_rates.ts";

/** A group of numbers. */
export type RateGroup = keyof ProfileRates;

/** Groups of numbers that are there. */
export type CheckRates<Group extends RateGroup> = {
  readonly [Name in Group]: NonNullable<ProfileRates[Name]>;
};

/** What a group is called in words. */
const NAMES: Readonly<Record<RateGroup, string>> = {
  life: "stages of life",
  growth: "growth",
  deaths: "mortality",
  readings: "readings",
  feeding: "feeding",
  orders: "orders of feed",
  initialFeed: "initial feed",
  samples: "growth samples",
  health: "health samples",
  lice: "lice counts",
  journal: "journal",
  treatments: "treatments",
  harvest: "harvest",
  projection: "projections",
  analysis: "daily states and summaries",
  farm: "farms whose days differ",
};

/** The rates of a dataset; none where its manifest carries none and its profile is not known. */
export function ratesOf({ profile }: ReddManifest): ProfileRates {
  return profile.rates ??
    (Object.hasOwn(DOCUMENTED_PROFILES, profile.sha256)
      ? DOCUMENTED_PROFILES[profile.sha256]!
      : {});
}

/** Does a need's text say that rates are missing, whichever they are? */
export function isOfRates(text: string): boolean {
  return OF_RATES.test(text);
}

const OF_RATES = /\bthe (?:profile's|documented) rates of /;

/** The dataset's manifest has these numbers. */
function rated(groups: readonly RateGroup[]): Need {
  return {
    what: `the profile's rates of ${groups.map((group) => NAMES[group]).join(", ")}`,
    holds: (manifest) => groups.every((group) => ratesOf(manifest)[group] !== undefined),
  };
}

/** These numbers are those of the documented data, which alone says what comes of them. */
export function asDocumented(...groups: readonly RateGroup[]): Need {
  const digest = (rates: ProfileRates) =>
    ratesDigest(Object.fromEntries(groups.map((group) => [group, rates[group]])));
  return {
    what: `the documented rates of ${groups.map((group) => NAMES[group]).join(", ")}`,
    holds: (manifest) => digest(ratesOf(manifest)) === digest(DOCUMENTED_RATES),
  };
}

/**
 * The query of a check by some rates, and its need of them.
 *
 * @param needs What it needs besides.
 */
export function sqlBy<const Group extends RateGroup>(
  groups: readonly Group[],
  sql: (rates: CheckRates<Group>, manifest: ReddManifest) => string,
  needs: readonly Need[] = [],
): Required<Pick<CheckOfDataset, "basis" | "sql" | "needs">> {
  return {
    basis: "rates",
    sql: (manifest) => sql(ratesOf(manifest) as CheckRates<Group>, manifest),
    needs: [rated(groups), ...needs],
  };
}
