/** Datasets of other profiles than documented: they are judged by their own numbers. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { DOCUMENTED_PROFILES } from "../../src/dataset/documented_rates.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { canonicalJson } from "../../src/fixtures/canonical_json.ts";
import type { Fixtures } from "../../src/fixtures/fixtures.ts";
import type { Profile } from "../../src/fixtures/profile.ts";
import { profileSchema } from "../../src/fixtures/profile.ts";
import { generate } from "../../src/generate/generate.ts";
import { loadDeferred } from "../load/believed.ts";
import { planSingle } from "../../src/schedule/single.ts";
import { parseIso } from "../../src/farm/days.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { resultLines, type VerifyReport } from "../../src/verify/report.ts";
import { startTestServer } from "../load/databases.ts";
import { fixtures, places } from "../small_farm.ts";

const server = await startTestServer();
Deno.test.afterAll(() => server.end());

/** A batch of a profile over a life, in a database. */
async function verified(name: string, profile: Profile, judgedAs?: (own: ReddManifest) => unknown) {
  const parsed = profileSchema.parse({ ...profile, name });
  const profileSha256 = createHash("sha256").update(canonicalJson(parsed)).digest("hex");
  const own: Fixtures = { ...fixtures, profile: parsed, profileSha256 };
  const folder = join(server.folder, name);
  const batch = {
    startDay: parseIso("2023-01-01")!,
    eggs: 200_000,
    geography: "Scotland",
    duration: 900,
    seed: 7,
  } as const;
  const schedule = planSingle(batch, own.profile, places);
  await generate({ folder, schedule, fixtures: own, seed: 7, workers: 1 });
  const redd = await readDataset(folder);
  const url = await server.freshDatabase();
  await loadDeferred(folder, { url });
  const report = await verifyDatabase(url, redd);
  const other = judgedAs === undefined
    ? undefined
    : await verifyDatabase(url, judgedAs(redd) as ReddManifest);
  return { report, other };
}

const wrongOf = ({ results }: VerifyReport) =>
  results.filter(({ status }) => status === "failed" || status === "broken").flatMap(resultLines);
const skippedOf = ({ results }: VerifyReport) =>
  results.filter(({ status }) => status === "skipped").map(({ check }) => check.id);

const documented = (await verified("documented", fixtures.profile)).report;

Deno.test("a profile copied under another name runs the checks of documented and passes them", async () => {
  const { report } = await verified("copied", fixtures.profile);
  assertEquals(wrongOf(report), []);
  assertEquals(report.counts, documented.counts);
  assertEquals(skippedOf(report), skippedOf(documented));
  assert(report.counts.passed > 150, `${report.counts.passed}`);
});

/** Documented with other numbers nearly everywhere. */
function changed(): Profile {
  const own = structuredClone(fixtures.profile);
  own.stages.forEach((stage, i) => {
    stage.days = [80, 70, 100, 95, 85, 430][i]!;
    stage.mortality_per_day = [0.004, 0.002, 0.001, 0, 0.0006, 0.0009][i]!;
    stage.growth_coefficient = [0, 0.0035, 0.003, 0.0031, 0.004, 0.0036][i]!;
    stage.feed_percent_per_day = [0, 2.55, 2.1, 1.8, 1.3, 0.7][i]!;
  });
  own.growth_hour = 20;
  own.readings.hours = [5, 13];
  own.readings.spread = 0.2;
  own.readings.parameters[0]!.sea = 70;
  delete own.readings.parameters[4]!.freshwater;
  own.feeding.hours = [7, 15];
  Object.assign(own.feeding.reorder, { order_percent: 70, delivery_days: 6, price_per_kg: 3.1 });
  own.feeding.initial.days_before_first_batch = 45;
  own.feeding.initial.barge.quantity_kg = 20000;
  Object.assign(own.growth_samples, { every_days: 10, first_stage: "Parr", fish: 40 });
  Object.assign(own.lice_counts, { every_days: 14, fish: 25 });
  own.journal.every_days = 21;
  Object.assign(own.health_samples, { every_days: 45, fish: 30, first_stage: "Smolt" });
  own.health_samples.score_percents = [40, 40, 15, 5];
  Object.assign(own.vaccinations, { days: [200, 300], withholding_days: 30 });
  own.lice_treatments = { ...own.lice_treatments, adult_days: [100], duration_days: 3 };
  Object.assign(own.harvest, { gutted_share: 0.8, fillet_share: 0.5 });
  own.harvest.grades[0]!.weight_factor = 1.3;
  Object.assign(own.projection, { days: 700, deaths_per_day: 0.0005 });
  own.daily_states.fcr_limit = 6;
  own.summaries.confidence[0]!.below_days = 4;
  own.summaries.fcr_limit = 20;
  return own;
}

Deno.test("a profile with other numbers is judged by them, and not by those of documented", async () => {
  const { report, other } = await verified("changed", changed(), ({ profile, ...rest }) => {
    const { rates: _, ratesSha256: __, ...plain } = profile;
    return { ...rest, profile: { ...plain, sha256: Object.keys(DOCUMENTED_PROFILES)[0]! } };
  });
  assertEquals(wrongOf(report), []);
  const figures = skippedOf(report).filter((id) => !skippedOf(documented).includes(id));
  assertEquals(figures, ["B-02", "LAW-STATE-ADULT"]);
  // By the numbers of documented, the same rows are wrong in many ways.
  const wrong = other!.results.filter(({ status }) => status === "failed")
    .map(({ check }) => check.id);
  const asked = ["C-06", "C-07", "C-08", "C-09", "C-14", "C-22", "C-40", "LAW-GROWTH"];
  assertEquals(asked.filter((id) => !wrong.includes(id)), []);
});
