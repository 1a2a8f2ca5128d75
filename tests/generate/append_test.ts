// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate } from "../../src/generate/generate.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { lean, places } from "../small_farm.ts";
import { digestsIn, type FileFacts, filesIn, inTempFolder } from "./files.ts";

const recipe = { fixtures: lean, seed: 7, workers: 1 };

/** One batch in each geography, the second 50 days before the as-of date. */
function twoBatches(stagger: number, asOf: string): Schedule {
  const request = { perGeography: 1, stagger, saturation: 1, asOf: parseIso(asOf)!, seed: 7 };
  return planFarm(request, lean.profile, places);
}

/** Where the new start of a plan of two batches lies, and which windows of the old one stay. */
const CASES = [
  {
    where: "before the old as-of date, in an earlier month",
    schedule: twoBatches(30, "2024-06-10"),
    until: "2024-07-12",
    starts: ["2024-05-21"],
    kept: ["2024-03", "2024-04"],
  },
  {
    where: "on the first day of a month before the old as-of date",
    schedule: twoBatches(10, "2024-06-10"),
    until: "2024-07-01",
    starts: ["2024-05-01", "2024-05-11"],
    kept: ["2024-04"],
  },
  {
    where: "before the old as-of date, in its month",
    schedule: twoBatches(45, "2024-06-10"),
    until: "2024-07-26",
    starts: ["2024-06-05"],
    kept: ["2024-03", "2024-04", "2024-05"],
  },
  {
    where: "on the old as-of date",
    schedule: twoBatches(50, "2024-06-10"),
    until: "2024-07-30",
    starts: ["2024-06-10"],
    kept: ["2024-03", "2024-04", "2024-05"],
  },
  {
    where: "after the old as-of date",
    schedule: twoBatches(75, "2024-06-10"),
    until: "2024-08-30",
    starts: ["2024-07-05"],
    kept: ["2024-02", "2024-03", "2024-04", "2024-05"],
  },
];

/** The part files of windows, by path. */
function windowsIn(folder: string): Map<string, FileFacts> {
  const isWindow = ([path]: [string, FileFacts]) => /^data\/.*\/\d{4}-\d\d\.csv$/.test(path);
  return new Map([...filesIn(folder)].filter(isWindow));
}

for (const { where, schedule, until, starts, kept } of CASES) {
  Deno.test(`a dataset with batches appended that start ${where} is the one generated at once`, () =>
    inTempFolder(async (folder) => {
      const out = `${folder}/extended`;
      await generate({ ...recipe, schedule, folder: out });
      const old = new Map([...windowsIn(out).keys()].map((path) => [
        path,
        Deno.readFileSync(`${out}/${path}`),
      ]));
      const before = windowsIn(out);
      const longer = await extend(out, schedule, until, lean, { appendBatches: true });
      await generate({ ...longer, workers: 1, folder: out });
      assertEquals(longer.schedule.batches.slice(2).map((one) => one.start_date), starts);

      await generate({ ...recipe, schedule: longer.schedule, folder: `${folder}/once` });
      assertEquals(digestsIn(out), digestsIn(`${folder}/once`));

      const after = windowsIn(out);
      // What is gone is the header of a table that had no rows.
      const gone = [...before.keys()].filter((path) => !after.has(path));
      assertEquals(
        gone.filter((path) => old.get(path)!.indexOf(10) < old.get(path)!.length - 1),
        [],
      );
      const untouched = [...before].filter(([path, { mtime }]) => after.get(path)?.mtime === mtime);
      assertEquals(new Set(untouched.map(([path]) => path.slice(-11, -4))), new Set(kept));
      // A database that holds the old dataset is topped up where every old file only grows.
      const grows = [...old].every(([path, bytes]) => {
        if (gone.includes(path)) return true;
        const now = Deno.readFileSync(`${out}/${path}`);
        return bytes.every((byte, i) => byte === now[i]);
      });
      assertEquals(grows, starts[0]! >= schedule.metadata.as_of!);
    }));
}

const { schedule, until } = CASES[0]!;

Deno.test("without being told to, an extension appends no batch", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, schedule, folder });
    const longer = await extend(folder, schedule, until, lean);
    assertEquals(longer.schedule.batches.length, 2);
  }));

Deno.test("a batch that cannot be appended leaves the dataset as it was", () =>
  inTempFolder(async (folder) => {
    const metadata = { ...schedule.metadata, target_saturation: 0.01 };
    const full = { ...schedule, metadata };
    await generate({ ...recipe, schedule: full, folder });
    const before = filesIn(folder);
    const append = (schedule: Schedule) =>
      extend(folder, schedule, until, lean, { appendBatches: true });
    const error = await assertRejects(() => append(full), ReddError);
    assertEquals([error.fault, error.code], ["input", "NO_PLACE"]);
    assertEquals(filesIn(folder), before);
    assertEquals((await generate({ ...recipe, schedule: full, folder })).found, "finished");
  }));

Deno.test("a schedule file that was edited after its dataset was made is refused", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, schedule, folder });
    const path = `${folder}/schedule.yaml`;
    const text = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, text.replace("stagger_days: 30", "stagger_days: 45"));
    assertNotEquals(Deno.readTextFileSync(path), text);
    const before = filesIn(folder);
    const error = await assertRejects(() => extend(folder, schedule, until, lean), ReddError);
    assertEquals([error.fault, error.code], ["input", "ANOTHER_SCHEDULE"]);
    assertEquals(filesIn(folder), before);
  }));

Deno.test("an extension that was interrupted goes on, and none of its batches comes twice", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, schedule, folder });
    const append = (schedule: Schedule) =>
      extend(folder, schedule, until, lean, { appendBatches: true });
    const longer = await append(schedule);
    const again = await append(longer.schedule);
    assertEquals(again, longer);
    const { found } = await generate({ ...again, workers: 1, folder });
    assertEquals(found, "begun");
    const other = isoOf(parseIso(until)! + 1);
    const further = await extend(folder, longer.schedule, other, lean, { appendBatches: true });
    assertEquals(further.schedule.batches.length, 3);
    const error = await assertRejects(() => append(longer.schedule), ReddError);
    assert(error.code === "NOT_FINISHED", "it has begun to be another");
  }));
