// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { extend } from "../../src/generate/extend.ts";
import { isFinished } from "../../src/generate/folder.ts";
import { generate } from "../../src/generate/generate.ts";
import { readDatasetSchedule } from "../../src/generate/own_schedule.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { extendedSchedule } from "../../src/schedule/extended.ts";
import { asOfOf, type Schedule } from "../../src/schedule/format.ts";
import { fixtures, oneBatch, places, twoInOneArea } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { fc, runs } from "../random.ts";

/** A schedule cut short: as it would have been planned on an earlier day. */
const until = (schedule: Schedule, asOf: string) => extendedSchedule(schedule, asOf);

const whole = twoInOneArea({ eggs: 100_000, duration: 560, start: "2023-05-10" }, 40);
const recipe = { fixtures, seed: 7, workers: 1 };

Deno.test("a dataset extended in three steps is the one that is generated at once", () =>
  inTempFolder(async (folder) => {
    const end = asOfOf(whole);
    await generate({ ...recipe, schedule: whole, folder: `${folder}/once` });
    const out = `${folder}/steps`;
    const steps = ["2023-08-01", "2023-12-17", "2024-09-30", end];
    let schedule = until(whole, steps[0]!);
    let { manifest } = await generate({ ...recipe, schedule, folder: out });
    const lice = [
      manifest.tables.health_licecount!.parts.map(({ path, rows }) => [path, rows > 0]),
    ];
    for (const asOf of steps.slice(1)) {
      const longer = await extend(out, schedule, asOf, fixtures);
      ({ manifest } = await generate({ ...longer, workers: 1, folder: out }));
      lice.push(manifest.tables.health_licecount!.parts.map(({ path, rows }) => [path, rows > 0]));
      schedule = longer.schedule;
    }
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
    // Before there are lice their table has a header, and it goes when the first are counted.
    const months = (...names: string[]) => names.map((name) => `data/health_licecount/${name}.csv`);
    const header = months("2023-05").map((path) => [path, false]);
    const counted = (...names: string[]) => months(...names).map((path) => [path, true]);
    assertEquals(lice, [
      header,
      header,
      counted("2024-08", "2024-09"),
      counted("2024-08", "2024-09", "2024-10", "2024-11"),
    ]);
  }));

Deno.test("a month that had no rows gets its file when an extension fills it", () =>
  inTempFolder(async (folder) => {
    // Fry are fed from day 90 on, in August; on the first days of that month nobody was.
    const batch = oneBatch({ eggs: 100_000, duration: 140, start: "2024-05-10" });
    const [short, long] = ["2024-08-05", "2024-09-01"];
    await generate({ ...recipe, schedule: until(batch, long), folder: `${folder}/once` });
    const out = `${folder}/twice`;
    const before = await generate({ ...recipe, schedule: until(batch, short), folder: out });
    const fed = "inventory_feedingevent";
    const header = `data/${fed}/2024-05.csv`;
    assertEquals(before.manifest.tables[fed]!.parts.map(({ path }) => path), [header]);
    const longer = await extend(out, until(batch, short), long, fixtures);
    const { manifest } = await generate({ ...longer, workers: 1, folder: out });
    assertEquals(manifest.tables[fed]!.parts.map(({ path }) => path), [`data/${fed}/2024-08.csv`]);
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));

Deno.test("the file of the month that is written again begins with the bytes it had", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-12-17");
    await generate({ ...recipe, schedule, folder });
    const path = `${folder}/data/environmental_environmentalreading/2023-12.csv`;
    const before = Deno.readTextFileSync(path);
    const longer = await extend(folder, schedule, "2024-01-05", fixtures);
    await generate({ ...longer, workers: 1, folder });
    const after = Deno.readTextFileSync(path);
    assert(after.startsWith(before) && after.length > before.length);
  }));

Deno.test("extension from any day to any later day gives the bytes of one run", async () => {
  const batch = oneBatch({ eggs: 100_000, duration: 140, start: "2024-01-20" });
  const first = parseIso("2024-01-20")!;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 138 }),
      fc.integer({ min: 1, max: 60 }),
      (days, more) =>
        inTempFolder(async (folder) => {
          const schedule = until(batch, isoOf(first + days));
          const asOf = isoOf(first + days + more);
          await generate({ ...recipe, schedule: until(batch, asOf), folder: `${folder}/once` });
          await generate({ ...recipe, schedule, folder: `${folder}/twice` });
          const longer = await extend(`${folder}/twice`, schedule, asOf, fixtures);
          await generate({ ...longer, workers: 1, folder: `${folder}/twice` });
          assertEquals(digestsIn(`${folder}/twice`), digestsIn(`${folder}/once`));
        }),
    ),
    { numRuns: runs(6) },
  );
});

Deno.test("an extension to a day on which nothing lives is refused before anything is touched", () =>
  inTempFolder(async (folder) => {
    const schedule = until(oneBatch({ duration: 60, start: "2024-01-15" }), "2024-03-15");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    // 900 days of a life and 366 of quiet after 2024-01-15.
    for (
      const [asOf, because] of [
        ["2027-07-05", "expected a day up to 2027-07-04"],
        ["2189-12-31", "expected at most 100 years after the first start, 2024-01-15"],
        ["9999-12-31", "expected a date of the calendar from 1910-01-01 to 2189-12-31"],
        ["zzzz", "expected a date of the calendar from 1910-01-01 to 2189-12-31"],
      ] as const
    ) {
      for (const appendBatches of [false, true]) {
        const work = () => extend(folder, schedule, asOf, fixtures, { appendBatches });
        const error = await assertRejects(work, ReddError, `metadata.as_of is ${asOf}, ${because}`);
        assertEquals([error.code, error.exitCode], ["CANNOT_EXTEND", 2]);
        assertEquals([isFinished(folder), digestsIn(folder)], [true, before]);
      }
    }
    const last = await extend(folder, schedule, "2027-07-04", fixtures);
    assertEquals(asOfOf(last.schedule), "2027-07-04");
  }));

Deno.test("extend() refuses an earlier date, another version and another profile", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-06-20");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const codeOf = async (work: () => Promise<unknown>) =>
      (await assertRejects(work, ReddError)).code;
    const earlier = () => extend(folder, schedule, "2023-06-19", fixtures);
    assertEquals(await codeOf(earlier), "NOT_LATER");
    const changed = { ...fixtures, profileSha256: "0".repeat(64) };
    const other = () => extend(folder, schedule, "2023-07-20", changed);
    assertEquals(await codeOf(other), "ANOTHER_PROFILE");
    const warmer = { ...fixtures, restSha256: "0".repeat(64) };
    const another = () => extend(folder, schedule, "2023-07-20", warmer);
    assertEquals(await codeOf(another), "OTHER_FIXTURES");
    assertEquals(digestsIn(folder), before);
    const path = `${folder}/datapackage.json`;
    const { version } = await readManifest(folder);
    const text = Deno.readTextFileSync(path).replaceAll(`"${version}"`, '"0.0.1"');
    Deno.writeTextFileSync(path, text);
    const older = () => extend(folder, schedule, "2023-07-20", fixtures);
    assertEquals(await codeOf(older), "ANOTHER_VERSION");
  }));

Deno.test("an extension that was stopped before its last step leaves the dataset finished", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-08-10");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const last = ["datapackage.json", "schedule.yaml"].map((name) => `${folder}/${name}`);
    const texts = last.map((path) => Deno.readTextFileSync(path));
    await extend(folder, schedule, "2023-10-01", fixtures);
    // As it was just before the manifest was taken away.
    last.forEach((path, i) => Deno.writeTextFileSync(path, texts[i]!));
    const { found } = await generate({ ...recipe, schedule, folder });
    assertEquals(found, "finished");
    assertEquals(digestsIn(folder), before);
  }));

Deno.test("an extension that was stopped goes on to its own date, and to no other", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/steps`;
    const schedule = until(whole, "2023-08-10");
    await generate({ ...recipe, schedule, folder: out });
    const begun = await extend(out, schedule, "2023-10-01", fixtures);
    const error = await assertRejects(
      () => extend(out, begun.schedule, "2023-11-01", fixtures),
      ReddError,
    );
    assertEquals([error.code, error.fault], ["NOT_FINISHED", "input"]);
    assertEquals(
      error.message,
      `Cannot extend the dataset ${out}: it has been begun up to 2023-10-01 and is not finished. ` +
        `Finish it first: deno task generate --extend --until 2023-10-01 --out ${out}.`,
    );
    const same = await extend(out, begun.schedule, "2023-10-01", fixtures);
    await generate({ ...same, workers: 1, folder: out });
    await generate({ ...recipe, schedule: begun.schedule, folder: `${folder}/once` });
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));

Deno.test("an extension that was killed at any write of its last step can be taken up", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-08-10");
    const asOf = "2023-10-01";
    await generate({ ...recipe, schedule: until(whole, asOf), folder: `${folder}/once` });
    const { renameSync, removeSync } = Deno;
    for (let writes = 0, done = false; !done; writes++) {
      const out = `${folder}/killed-${writes}`;
      await generate({ ...recipe, schedule, folder: out });
      let left = writes;
      let reopening = false;
      const killed =
        <Args extends unknown[]>(write: (...args: Args) => void) => (...args: Args) => {
          // The windows that are kept are recorded before; the schedule is the first of the last step.
          reopening ||= String(args[1] ?? args[0]).endsWith("schedule.yaml");
          if (reopening && left-- === 0) throw new Error("killed");
          write(...args);
        };
      Deno.renameSync = killed(renameSync);
      Deno.removeSync = killed(removeSync);
      try {
        await extend(out, schedule, asOf, fixtures);
        done = true;
      } catch (thrown) {
        assertEquals((thrown as Error).message, "killed");
      } finally {
        Deno.renameSync = renameSync;
        Deno.removeSync = removeSync;
      }
      const stored = readDatasetSchedule(out, fixtures.profile, places);
      assertEquals(asOfOf(stored), isFinished(out) ? "2023-08-10" : asOf);
      const again = await extend(out, stored, asOf, fixtures);
      await generate({ ...again, workers: 1, folder: out });
      assertEquals(digestsIn(out), digestsIn(`${folder}/once`), `killed after ${writes} writes`);
    }
  }));
