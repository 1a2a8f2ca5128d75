/** The stages of a schedule are those of the profile, whatever they are called and however many. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { parseIso } from "../../src/farm/days.ts";
import { canonicalJson } from "../../src/fixtures/canonical_json.ts";
import type { Fixtures } from "../../src/fixtures/fixtures.ts";
import { checkNames } from "../../src/fixtures/names.ts";
import { freshwaterStages, stageKey } from "../../src/fixtures/stage_key.ts";
import { generate } from "../../src/generate/generate.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { planSingle } from "../../src/schedule/single.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { fixtures, oneBatch, places } from "../small_farm.ts";

const FOLDER = Deno.makeTempDirSync();
Deno.test.afterAll(() => Deno.removeSync(FOLDER, { recursive: true }));

Deno.test("stages are called as the original system's format calls them", () => {
  assertEquals(freshwaterStages(fixtures.profile), [
    "egg_alevin",
    "fry",
    "parr",
    "smolt",
    "post_smolt",
  ]);
});

/** The documented fixtures without Smolt, with Parr under the name of Young-Fish. */
function fewerStages(): Fixtures {
  const { profile, master, temperatures: _, ...others } = structuredClone(fixtures);
  const kept = <One>(list: readonly One[]) => list.filter((_, i) => i !== 3);
  const renamed = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll('"Parr"', '"Young-Fish"'));
  const { biology, models, trade } = master;
  const own = renamed({
    profile: {
      ...profile,
      stages: kept(profile.stages),
      projection: { ...profile.projection, weight_caps_g: kept(profile.projection.weight_caps_g) },
    },
    master: {
      ...master,
      biology: { ...biology, stages: kept(biology.stages) },
      models: {
        ...models,
        tgc: { ...models.tgc, stages: kept(models.tgc.stages) },
        fcr: { ...models.fcr, stages: kept(models.fcr.stages) },
        constraints: { ...models.constraints, stages: kept(models.constraints.stages) },
      },
      trade: {
        ...trade,
        smolt_by_stage: trade.smolt_by_stage.filter(({ stage }) => stage !== "Smolt"),
      },
    },
  });
  const profileSha256 = createHash("sha256").update(canonicalJson(own.profile)).digest("hex");
  return { ...others, ...own, profileSha256, temperatures: fixtures.temperatures };
}

const fewer = fewerStages();

Deno.test("a farm of other stages is planned, written and read again", () => {
  checkNames(fewer);
  const request = { perGeography: 2, stagger: 50, saturation: 1, asOf: parseIso("2025-01-01")! };
  const schedule = planFarm({ ...request, seed: 7 }, fewer.profile, places);
  assertEquals(Object.keys(schedule.batches[0]!.freshwater), [
    "egg_alevin",
    "fry",
    "young_fish",
    "post_smolt",
  ]);
  const path = join(FOLDER, "plan.yaml");
  Deno.writeTextFileSync(path, scheduleText(schedule));
  assertEquals(readSchedule(path, fewer.profile, places), schedule);
});

Deno.test("a batch of other stages becomes a dataset", async () => {
  const batch = { startDay: parseIso("2024-01-15")!, eggs: 100_000, duration: 380, seed: 7 };
  const schedule = planSingle(batch, fewer.profile, places);
  const folder = join(FOLDER, "dataset");
  const options = { folder, schedule, fixtures: fewer, seed: 7, workers: 1, laterScenarios: true };
  await generate(options);
  const { tables, state } = await readDataset(folder);
  assertEquals(state.batches, { "active": 1, "Adult": 1 });
  assertEquals(tables["batch_batchtransferworkflow"]!.rows, 4);
  assertEquals(tables["scenario"]!.rows, 3);
});

Deno.test("a stage that the profile does not have is refused", () => {
  const schedule = oneBatch();
  const [batch] = schedule.batches;
  const { fry, ...rest } = batch!.freshwater;
  const said = (freshwater: typeof rest) =>
    findingText(
      checkSchedule(
        { ...schedule, batches: [{ ...batch!, freshwater }] },
        fixtures.profile,
        places,
      )!,
    );
  assertEquals(
    said({ ...rest, fry: fry!, alevin: fry! }),
    "batches[0].freshwater.alevin is unknown, expected one of egg_alevin, fry, parr, smolt, " +
      "post_smolt (SCO-2024-001, 2024-01-15 to 2024-08-02)",
  );
  const { parr, ...others } = batch!.freshwater;
  assertMatch(
    said({ ...others, par: parr! }),
    /freshwater\.par is unknown \(did you mean parr\?\)/,
  );
  assertEquals(
    said(rest),
    "batches[0].freshwater.fry is missing, expected a hall from day 90 " +
      "(SCO-2024-001, 2024-01-15 to 2024-08-02)",
  );
  assertEquals(
    said({}),
    "batches[0].freshwater.egg_alevin is missing, expected a hall from day 0 " +
      "(SCO-2024-001, 2024-01-15 to 2024-08-02)",
  );
});

Deno.test("the order in which a file has its stages does not matter", () => {
  const schedule = oneBatch();
  const path = join(FOLDER, "order.yaml");
  const batches = schedule.batches.map((batch) => ({
    ...batch,
    freshwater: Object.fromEntries(Object.entries(batch.freshwater).toReversed()),
  }));
  Deno.writeTextFileSync(path, scheduleText({ ...schedule, batches }));
  assertEquals(scheduleText(readSchedule(path, fixtures.profile, places)), scheduleText(schedule));
});

Deno.test("two stages of one key are refused", () => {
  assertEquals(stageKey("Post-Smolt"), stageKey("Post Smolt"));
  const own = structuredClone(fixtures);
  own.profile.stages[3]!.name = own.master.biology.stages[3]!.name = "Post Smolt";
  const text = JSON.stringify(own.master).replaceAll('"Smolt"', '"Post Smolt"');
  const error = assertThrows(() => checkNames({ ...own, master: JSON.parse(text) }), ReddError);
  assertEquals(error.code, "FIXTURE_INVALID");
  assertEquals(
    error.message,
    'Cannot read the fixture profiles/documented.yaml: stages[4].name, as a key, is "post_smolt", ' +
      "as stages[3].name, as a key, is, expected every one once. Correct it in the file.",
  );
});
