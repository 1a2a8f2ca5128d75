/** The numbers of a profile that a manifest carries, and what checks make of them. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { ratesDigest, ratesSchema } from "../../src/dataset/rates.ts";
import { profileRates } from "../../src/generate/profile_rates.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { DOCUMENTED_PROFILES, DOCUMENTED_RATES } from "../../src/dataset/documented_rates.ts";
import { whySkipped } from "../../src/verify/judge.ts";
import { manifestOf } from "../load/mini_dataset.ts";
import { fixtures } from "../small_farm.ts";

const manifest = manifestOf({});
const rates = profileRates(fixtures);

/** The checks that a manifest's profile keeps from running, whatever its tables are. */
function skippedFor(profile: Partial<typeof manifest.profile>): string[] {
  const changed = { ...manifest, profile: { ...manifest.profile, ...profile } };
  const reasons = (one: typeof manifest) =>
    allChecks.map((check) => whySkipped({ ...check, tables: [] }, one));
  const before = reasons(manifest);
  return reasons(changed).flatMap((reason, i) =>
    reason === before[i] ? [] : [`${allChecks[i]!.id}: ${reason}`]
  );
}

Deno.test("the rates of manifests without rates are those of the profile documented", () => {
  assertEquals(ratesDigest(DOCUMENTED_RATES), ratesDigest(rates));
  assertEquals(DOCUMENTED_PROFILES[fixtures.profileSha256], DOCUMENTED_RATES);
});

Deno.test("the rates of a profile are in order for the manifest's schema", () => {
  assertEquals(ratesSchema.parse(rates), rates);
});

Deno.test("the name of a profile keeps no check from running", () => {
  assertEquals(skippedFor({ rates }), []);
  assertEquals(skippedFor({ name: "another", rates }), []);
});

Deno.test("without rates, of a profile that is not known, the checks that need numbers say so", () => {
  assertEquals(skippedFor({ name: "another" }), []);
  const skipped = skippedFor({ sha256: "0".repeat(64) });
  assert(skipped.length > 30, `${skipped.length}`);
  assert(skipped.includes("LAW-GROWTH: it needs the profile's rates of growth"));
});

Deno.test("a group that a biology has no numbers for skips the checks that ask for it alone", () => {
  const { lice: _, ...others } = rates;
  assertEquals(skippedFor({ rates: others }), [
    "C-06-HEALTH: it needs the profile's rates of stages of life, journal, health samples, " +
    "treatments, lice counts",
    "B-13: it needs the profile's rates of stages of life, lice counts",
  ]);
});

Deno.test("figures of the documented data alone are asked where their numbers are", () => {
  const perDay = rates.deaths!.perDay.map((one) => one * 2);
  assertEquals(skippedFor({ rates: { ...rates, deaths: { perDay } } }), [
    "LAW-STATE-ADULT: it needs the documented rates of stages of life, growth, mortality, feeding",
  ]);
});

Deno.test("rates out of their bounds are refused", () => {
  const wrong = [
    { ...rates, deaths: { perDay: [2] } },
    { ...rates, deaths: { perDay: [0.1] } },
    { ...rates, readings: { ...rates.readings, hours: [24] } },
    { ...rates, readings: { ...rates.readings, bases: [{ water: "'", parameter: "a", base: 1 }] } },
    { ...rates, feeding: { meals: 2, percentPerDay: [NaN] } },
    { ...rates, analysis: { ...rates.analysis, summaryLevels: [{ belowDays: 1, level: "'" }] } },
    { ...rates, life: { containers: 10, stages: [{ days: 90 }, { days: 90 }] } },
    { ...rates, more: {} },
  ];
  assertEquals(wrong.map((one) => ratesSchema.safeParse(one).success), wrong.map(() => false));
});
