// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { datasetIn, identityIn, isFinished } from "../../src/generate/dataset_in.ts";
import { estimate } from "../../src/generate/estimate.ts";
import { extend } from "../../src/generate/extend.ts";
import { foreseeExtension } from "../../src/generate/foresee_extension.ts";
import { abandonExtension } from "../../src/generate/extension_folder.ts";
import { generate, type GenerateProgress, generateShard } from "../../src/generate/generate.ts";
import { prepare } from "../../src/generate/prepare.ts";
import { readDatasetSchedule } from "../../src/generate/own_schedule.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { asOfOf, type Schedule } from "../../src/schedule/format.ts";
import { lean, oneBatch, places, twoInOneArea } from "../small_farm.ts";
import { copyTree, digestsIn, filesIn, inTempFolder } from "./files.ts";
import { fc, runs } from "../random.ts";

/** A schedule cut short: as it would have been planned on an earlier day. */
const until = (schedule: Schedule, asOf: string) => extendedSchedule(schedule, asOf);

const whole = twoInOneArea({ eggs: 100_000, duration: 560, start: "2023-05-10" }, 40);
const recipe = { fixtures: lean, seed: 7, workers: 1 };

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
      const longer = await extend(out, schedule, asOf, lean);
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
    const longer = await extend(out, until(batch, short), long, lean);
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
    const longer = await extend(folder, schedule, "2024-01-05", lean);
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
          const longer = await extend(`${folder}/twice`, schedule, asOf, lean);
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
        const work = () => extend(folder, schedule, asOf, lean, { appendBatches });
        const error = await assertRejects(work, ReddError, `metadata.as_of is ${asOf}, ${because}`);
        assertEquals([error.code, error.exitCode], ["CANNOT_EXTEND", 2]);
        assertEquals([isFinished(folder), digestsIn(folder)], [true, before]);
      }
    }
    const today = "2026-01-01";
    const last = await extend(folder, schedule, "2027-07-04", lean, { today });
    assertEquals(asOfOf(last.schedule), "2027-07-04");
  }));

Deno.test("extend() refuses an earlier date, another version and another profile", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-06-20");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const codeOf = async (work: () => Promise<unknown>) =>
      (await assertRejects(work, ReddError)).code;
    const earlier = () => extend(folder, schedule, "2023-06-19", lean);
    assertEquals(await codeOf(earlier), "NOT_LATER");
    const changed = { ...lean, profileSha256: "0".repeat(64) };
    const other = () => extend(folder, schedule, "2023-07-20", changed);
    assertEquals(await codeOf(other), "ANOTHER_PROFILE");
    const warmer = { ...lean, restSha256: "0".repeat(64) };
    const another = () => extend(folder, schedule, "2023-07-20", warmer);
    assertEquals(await codeOf(another), "OTHER_FIXTURES");
    assertEquals(digestsIn(folder), before);
    const path = `${folder}/datapackage.json`;
    const { version } = await readManifest(folder);
    const text = Deno.readTextFileSync(path).replaceAll(`"${version}"`, '"0.0.1"');
    Deno.writeTextFileSync(path, text);
    const older = () => extend(folder, schedule, "2023-07-20", lean);
    assertEquals(await codeOf(older), "ANOTHER_VERSION");
  }));

/** The bytes of a dataset, of an extension beside it nothing. */
const ownDigests = (folder: string) =>
  Object.fromEntries(
    Object.entries(digestsIn(folder)).filter(([path]) => !path.startsWith("extension/")),
  );

Deno.test("until an extension is complete, the old dataset is whole, and is gone back to", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-08-10");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const longer = await extend(folder, schedule, "2023-10-01", lean);
    const asBefore = async () => {
      assertEquals((await readDataset(folder)).asOf, "2023-08-10");
      assertEquals(ownDigests(folder), before);
    };
    await asBefore();
    const { found } = await generate({ ...recipe, schedule, folder });
    assertEquals([found, isFinished(folder)], ["finished", true]);
    await generateShard({ ...longer, workers: 1, folder }, { number: 1, of: 2 });
    await asBefore();
    assert(Object.keys(digestsIn(folder)).length > Object.keys(before).length);
    const { done, manifest } = await abandonExtension(folder);
    assertEquals([done, manifest.asOf], ["abandoned", "2023-08-10"]);
    assertEquals(digestsIn(folder), before);
    assertEquals((await abandonExtension(folder)).done, "none");
    assertEquals(digestsIn(folder), before);
  }));

Deno.test("an extension that was stopped goes on to its own date, and to no other", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/steps`;
    const schedule = until(whole, "2023-08-10");
    await generate({ ...recipe, schedule, folder: out });
    const begun = await extend(out, schedule, "2023-10-01", lean);
    const error = await assertRejects(
      () => extend(out, begun.schedule, "2023-11-01", lean),
      ReddError,
    );
    assertEquals([error.code, error.fault], ["NOT_FINISHED", "input"]);
    assertEquals(
      error.message,
      `Cannot extend the dataset ${out}: it has been begun up to 2023-10-01 and is not finished. ` +
        `Finish it first: deno task generate --extend --until 2023-10-01 --out ${out}; ` +
        `or give it up: deno task generate --abandon --out ${out}.`,
    );
    const same = await extend(out, begun.schedule, "2023-10-01", lean);
    await generate({ ...same, workers: 1, folder: out });
    await generate({ ...recipe, schedule: begun.schedule, folder: `${folder}/once` });
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));

Deno.test("an extension that is killed at any change of names is taken up or given up", () =>
  inTempFolder(async (folder) => {
    const batch = oneBatch({ eggs: 100_000, duration: 60, start: "2024-01-25" });
    const schedule = until(batch, "2024-02-03");
    const asOf = "2024-02-06";
    await generate({ ...recipe, schedule: until(batch, asOf), folder: `${folder}/longer` });
    await generate({ ...recipe, schedule, folder: `${folder}/before` });
    const [longer, before] = [digestsIn(`${folder}/longer`), digestsIn(`${folder}/before`)];
    const { renameSync, removeSync, linkSync } = Deno;
    const killedAt = async (at: number, out: string): Promise<number> => {
      copyTree(`${folder}/before`, out);
      let changes = 0;
      const killed =
        <Args extends unknown[]>(change: (...args: Args) => void) => (...args: Args) => {
          if (changes++ >= at) throw new Error("killed");
          change(...args);
        };
      Object.assign(Deno, {
        renameSync: killed(renameSync),
        removeSync: killed(removeSync),
        linkSync: killed(linkSync),
      });
      try {
        const begun = await extend(out, schedule, asOf, lean);
        await generate({ ...begun, workers: 1, folder: out });
      } catch (thrown) {
        assertMatch((thrown as Error).message, /killed/);
      } finally {
        Object.assign(Deno, { renameSync, removeSync, linkSync });
      }
      return changes;
    };
    const all = await killedAt(Infinity, `${folder}/all`);
    assertEquals(digestsIn(`${folder}/all`), longer);
    // Before it has begun, at the end of rendering, and as it takes the old one's place.
    const seen = new Set<string>();
    for (const at of [4, all - 96, all - 30, all - 1]) {
      const out = `${folder}/killed-${at}`;
      await killedAt(at, out);
      const there = datasetIn(out)!.found;
      if (there === "finished" && identityIn(out)!.schedule !== longer["schedule.yaml"]) {
        assertEquals(ownDigests(out), before, `killed at ${at}`);
        await readDataset(out);
      }
      const given = `${folder}/given-up-${at}`;
      copyTree(out, given);
      const { done, manifest } = await abandonExtension(given);
      seen.add(`${there} ${done}`);
      assertEquals(digestsIn(given), manifest.asOf === asOf ? longer : before, `given up at ${at}`);
      const stored = readDatasetSchedule(out, lean.profile, places);
      const again = await extend(out, stored, asOf, lean);
      await generate({ ...again, workers: 1, folder: out });
      assertEquals(digestsIn(out), longer, `killed at ${at}`);
      for (const path of [out, given]) Deno.removeSync(path, { recursive: true });
    }
    assert(seen.has("finished abandoned") && seen.has("moving complete"), [...seen].join(", "));
  }));

Deno.test("an extension that would add no row is refused before anything is touched", () =>
  inTempFolder(async (folder) => {
    const schedule = oneBatch({ duration: 900, start: "2022-01-15", eggs: 100_000 });
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const day = isoOf(parseIso(asOfOf(schedule))! + 40);
    const error = await assertRejects(() => extend(folder, schedule, day, lean), ReddError);
    assertEquals([error.code, error.exitCode], ["NOTHING_LIVES", 2]);
    assertEquals(digestsIn(folder), before);
    // As it would be.
    const [now, then] = [schedule, until(schedule, day)].map((schedule) =>
      estimate(prepare({ ...recipe, schedule }), 1).rows
    );
    assertEquals(now, then);
  }));

Deno.test("an extension goes two years beyond today at most, or beyond its dataset", () =>
  inTempFolder(async (folder) => {
    const schedule = until(oneBatch({ start: "2024-01-15" }), "2024-02-29");
    await generate({ ...recipe, schedule, folder });
    const before = digestsIn(folder);
    const foreseen = (asOf: string, today: string) =>
      foreseeExtension(folder, schedule, asOf, lean, { today });
    for (
      const [today, last, next, because] of [
        ["2024-03-10", "2026-03-10", "2026-03-11", "today is 2024-03-10"],
        ["2016-02-29", "2026-02-28", "2026-03-01", "it goes up to 2024-02-29"],
      ] as const
    ) {
      assertEquals((await foreseen(last, today)).until, last);
      const work = [
        () => foreseen(next, today),
        () => extend(folder, schedule, next, lean, { today, appendBatches: true }),
      ];
      for (const one of work) {
        const error = await assertRejects(one, ReddError, `--until is ${next}, and ${because}`);
        assertEquals([error.code, error.exitCode], ["TOO_FAR", 2]);
        assertMatch(error.remedy!, new RegExp(`up to ${last}`));
      }
      assertEquals(digestsIn(folder), before);
    }
  }));

Deno.test("what an extension would add is what it adds, and saying so touches nothing", () =>
  inTempFolder(async (folder) => {
    const schedule = until(whole, "2023-08-10");
    const { manifest } = await generate({ ...recipe, schedule, folder });
    const before = filesIn(folder);
    const planned: number[][] = [];
    const onProgress = (progress: GenerateProgress) =>
      void planned.push([progress.planned, progress.totalWindows]);
    const options = { onProgress };
    const foreseen = await foreseeExtension(folder, schedule, "2023-10-01", lean, options);
    assertEquals(filesIn(folder), before);
    // Both are planned: four months as it is, five as it is to be.
    const months = [4, 5].flatMap((all) => Array.from({ length: all }, (_, i) => [i + 1, all]));
    assertEquals(planned.splice(0), months);
    const longer = await extend(folder, schedule, "2023-10-01", lean, options);
    assertEquals(planned, months);
    assertEquals(longer, foreseen.recipe);
    const begun = await foreseeExtension(folder, schedule, "2023-10-01", lean);
    assertEquals(begun.rows, foreseen.rows);
    const after = (await generate({ ...longer, workers: 1, folder })).manifest;
    const { rows, from, until: to, windows, keptWindows, batches } = foreseen;
    assertEquals([rows, from, to], [after.rows - manifest.rows, "2023-08-10", "2023-10-01"]);
    // May to July stay, August is written again and September is new.
    assertEquals([keptWindows, windows, batches], [3, 2, []]);
    assertEquals((await foreseeExtension(folder, longer.schedule, to, lean)).rows, 0);
  }));
