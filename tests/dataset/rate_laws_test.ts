/** Rates that were altered and signed again are refused. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { DOCUMENTED_PROFILES } from "../../src/dataset/documented_rates.ts";
import { rateFindings } from "../../src/dataset/rate_laws.ts";
import { ratesDigest } from "../../src/dataset/rates.ts";
import type { ProfileRates } from "../../src/dataset/rates_type.ts";
import { profileRates } from "../../src/generate/profile_rates.ts";
import { fixtures } from "../small_farm.ts";

const rates = profileRates(fixtures) as {
  [Group in keyof ProfileRates]-?: NonNullable<ProfileRates[Group]>;
};
const ANOTHER = "0".repeat(64);

/** What is said of rates with their digest. */
function said(own: ProfileRates | undefined, sha256 = ANOTHER, format: 1 | 2 = 2): string[] {
  const signed = own === undefined ? {} : { rates: own, ratesSha256: ratesDigest(own) };
  return rateFindings({ format, profile: { name: "another", sha256, ...signed } })
    .map((finding) => finding.replace("redd.profile.rates", "rates"));
}

/** What is said after a change. */
function saidAfter(change: (own: typeof rates) => void, sha256?: string): string[] {
  const own = structuredClone(rates);
  change(own);
  return said(own, sha256);
}

Deno.test("the rates of a profile are true, under any digest that it may have", () => {
  assertEquals(said(rates), []);
  assertEquals(said(rates, fixtures.profileSha256), []);
});

Deno.test("a group of rates that is not there is named", () => {
  assertEquals(said({}), Object.keys(rates).map((group) => `rates.${group} is missing`));
  const { lice: _, ...others } = rates;
  assertEquals(said(others), ["rates.lice is missing"]);
  assertEquals(said(undefined), ["rates is missing"]);
  assertEquals(said(undefined, ANOTHER, 1), []);
  assertEquals(said(others, ANOTHER, 1), ["rates.lice is missing"]);
});

Deno.test("rates that do not agree with each other are named, though their digest is right", () => {
  const lies: [string, (own: typeof rates) => void][] = [
    ["rates.projection.caps, counted, is 1, expected 6, one per stage", (own) => {
      own.projection.caps = [1];
    }],
    ["rates.health.scorePercents, summed, is 101, expected 100", (own) => {
      own.health.scorePercents![0]!++;
    }],
    ["rates.samples.fromStage is 30, expected 6 at most, the number of stages", (own) => {
      own.samples.fromStage = 30;
    }],
    ["rates.health.fromStage is 7, expected 6 at most, the number of stages", (own) => {
      own.health.fromStage = 7;
    }],
    ["rates.projection.profileFromStage is 7, expected 6 at most, the number of stages", (own) => {
      own.projection.profileFromStage = 7;
    }],
    [
      "rates.life.stages, the days before the last summed, is 900, expected less than 900, the " +
      "longest life",
      (own) => {
        own.life.stages[4]!.days = 540;
        own.treatments.liceDays = [900];
      },
    ],
    ["rates.life.stages, their days summed, is 3001, expected 3000 at most", (own) => {
      own.life.stages[5]!.days = 2551;
    }],
    ["rates.treatments.vaccinationDays[3] is 450, expected less than 450, the first day at sea", (
      own,
    ) => own.treatments.vaccinationDays[3] = 450],
    ["rates.treatments.liceDays[0] is 449, expected 450 at least, the first day at sea", (own) => {
      own.treatments.liceDays[0] = 449;
    }],
    ["rates.treatments.liceDays is [720,600], expected ascending order", (own) => {
      own.treatments.liceDays.reverse();
    }],
    ["rates.treatments.vaccinationDays is [180,180,280,310], expected ascending order", (own) => {
      own.treatments.vaccinationDays[1] = own.treatments.vaccinationDays[0]!;
    }],
    ['rates.readings.bases[0].water is "Z", expected a hall of some stage, or sea', (own) => {
      own.readings.bases[0]!.water = "Z";
    }],
    [
      'rates.readings.bases[1].parameter is "Dissolved Oxygen", expected a base once in A',
      (own) => {
        own.readings.bases[1]!.parameter = own.readings.bases[0]!.parameter;
      },
    ],
    ["rates.harvest.targetKg is [6.5,4.5], expected the lower first", (own) => {
      own.harvest.targetKg.reverse();
    }],
  ];
  for (const [finding, change] of lies) assertEquals(saidAfter(change), [finding]);
});

Deno.test("a life without halls has no sea to go to", () => {
  const one = saidAfter((own) => {
    own.life.stages.splice(0, 5);
    own.projection.caps = [1];
    own.samples.fromStage = own.health.fromStage = own.projection.profileFromStage = 1;
    own.treatments.vaccinationDays = [];
    own.readings.bases = [];
  });
  assertEquals(one, [
    "rates.life.stages, counted, is 1, expected 2 at least, the last one at sea",
  ]);
});

Deno.test("under the digest of documented, the rates are those of documented", () => {
  const wrong = (group: string) => [
    `rates.${group} is another, expected that of redd.profile.sha256, of documented`,
  ];
  const digest = fixtures.profileSha256;
  const slower = (own: typeof rates) => own.growth.stages[5]!.step = 0.02;
  assertEquals(saidAfter(slower), []);
  assert(Object.hasOwn(DOCUMENTED_PROFILES, digest));
  for (const [known, { analysis, treatments }] of Object.entries(DOCUMENTED_PROFILES)) {
    const of = (other: Partial<typeof analysis>) => (own: typeof rates) =>
      Object.assign(own, { treatments, analysis: { ...analysis, ...other } });
    assertEquals(saidAfter(of({}), known), []);
    assertEquals(saidAfter((own) => slower(of({})(own)), known), wrong("growth"));
    const summaryDays = analysis!.summaryDays === undefined ? 30 : 29;
    assertEquals(saidAfter(of({ summaryDays }), known), wrong("analysis"));
  }
  assertEquals(saidAfter((own) => own.readings.spread = 1, digest), wrong("readings"));
  assertEquals(saidAfter((own) => own.readings.bases[0]!.base = 1, digest), wrong("readings"));
  assertEquals(saidAfter((own) => own.readings.bases.splice(0, 1), digest), wrong("readings"));
});

Deno.test("a layout without a sensor takes its parameter from the rates of documented", () => {
  const { sensors } = fixtures.layout;
  const freshwater = sensors.freshwater.filter((name) => name !== "CO2");
  const layout = { ...fixtures.layout, sensors: { ...sensors, freshwater } };
  const own = profileRates({ ...fixtures, layout });
  assertEquals(own.readings!.bases.length, rates.readings.bases.length - 5);
  assertEquals(said(own, fixtures.profileSha256), []);
});
