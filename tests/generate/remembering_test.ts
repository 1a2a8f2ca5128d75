/** The seam of biology: one with a memory, through pass, windows, workers and a run that goes on. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { makeFolders } from "../../src/dataset/places.ts";
import { advanceDay, newFarm } from "../../src/farm/day.ts";
import { snapshotOf } from "../../src/farm/snapshot.ts";
import { factsOf, type World, worldOf as worldIn } from "../../src/farm/world.ts";
import { beginDataset } from "../../src/generate/folder.ts";
import { passOver } from "../../src/generate/pass.ts";
import { prepare, type Prepared } from "../../src/generate/prepare.ts";
import type { GenerateProgress } from "../../src/generate/progress.ts";
import { renderWindows, rowsBetween } from "../../src/generate/render_windows.ts";
import {
  DAY_TABLES,
  type DayFarm,
  dayNumbersFrom,
  type DayParts,
  renderRows,
} from "../../src/render/day_rows.ts";
import { PartWriter } from "../../src/render/part.ts";
import { csvOfDays, Text } from "../render/dataset.ts";
import { GRADUAL_REMEMBERING } from "../gradual.ts";
import { REMEMBERING } from "../remembering.ts";
import { fixtures, inRings, oneBatch, worldOf } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { longer } from "./small_dataset.ts";

/** A life in all waters, so that fish are vaccinated, moved five times and treated. */
const plain = worldOf(oneBatch({ eggs: 60_000, duration: 530 }));
const world = worldIn(factsOf(plain), REMEMBERING);

/** A life to its harvest, in which fish are moved and harvested container by container. */
const gradual = worldIn(
  factsOf(worldOf(inRings(oneBatch({ eggs: 60_000, duration: 800, target: 4.5 }), 7))),
  GRADUAL_REMEMBERING,
);

/** The rows of a farm's days up to the as-of date, in one go. */
function rowsOf(world: World, farm: DayFarm): Map<string, string> {
  const sinks = new Map(Object.keys(DAY_TABLES).map((key) => [key, new Text()]));
  const parts = Object.fromEntries(
    [...sinks].map(([key, sink]) => [key, new PartWriter(sink, 64 * 1024)]),
  ) as DayParts;
  const events = renderRows(farm, world, parts);
  while (farm.day < world.asOf) advanceDay(farm, world, events);
  for (const part of Object.values(parts)) part.flush();
  return new Map(
    [...sinks].map(([key, { text }]) => [DAY_TABLES[key as keyof typeof DAY_TABLES], text]),
  );
}

Deno.test("windows of a biology with a memory give the rows of a life without windows", () => {
  const whole = rowsOf(world, newFarm(world, dayNumbersFrom(1)));
  const windows = csvOfDays(world);
  for (const [table, text] of whole) assert(windows.get(table) === text, table);
  const lines = (table: string) => whole.get(table)!.trim().split("\n");
  const treatments = lines("health_treatment");
  const of = (type: string) => treatments.filter((line) => line.includes(`,${type},`)).length;
  assert(of("vaccination") >= 10 && of("physical") >= 10, treatments.join("\n"));
  assert(whole.get("batch_growthsample") !== csvOfDays(plain).get("batch_growthsample"));
});

Deno.test("fish that are moved container by container have the same rows in windows and without", () => {
  const whole = rowsOf(gradual, newFarm(gradual, dayNumbersFrom(1)));
  const windows = csvOfDays(gradual);
  for (const [table, text] of whole) assert(windows.get(table) === text, table);
  const { end, transitions } = passOver(gradual);
  for (const [key, table] of Object.entries(DAY_TABLES)) {
    const written = whole.get(table)!.split("\n").length - 1;
    assertEquals(end.numbers[key as keyof typeof DAY_TABLES] - 1, written, table);
  }
  assertEquals(transitions.map((one) => one.completedDay! - one.firstDay + 1), [
    10,
    10,
    10,
    10,
    10,
  ]);
  assertEquals(transitions.map(({ id }) => id), [1, 2, 3, 4, 5]);
  assertEquals(transitions.map(({ transaction }) => transaction), [null, null, null, null, 1]);
  // Ten tanks into seven rings: some sources fill up one ring and begin another.
  assertEquals(transitions.map(({ actions }) => actions), [10, 10, 10, 10, 16]);
  const lines = (table: string) => whole.get(table)!.trim().split("\n");
  assertEquals(lines("harvest_harvestevent").length, 7);
  assertEquals(new Set(lines("harvest_harvestevent").map((line) => line.split(",")[1])).size, 7);
  // Planned, active, pinned, five transitions, harvest: it is saved as each of them ends.
  assertEquals(lines("batch_historicalbatch").length, 9);
});

Deno.test("the rows that the pass counts are those that a biology with a memory writes", () => {
  const { end } = passOver(world);
  const rows = rowsOf(world, newFarm(world, dayNumbersFrom(1)));
  for (const [key, table] of Object.entries(DAY_TABLES)) {
    const written = rows.get(table)!.split("\n").length - 1;
    assertEquals(end.numbers[key as keyof typeof DAY_TABLES] - 1, written, table);
  }
  assert(end.numbers.reading < passOver(plain).end.numbers.reading, "no reading is missing");
});

Deno.test("what is remembered is in the snapshots, and nowhere else", () => {
  const { snapshots } = passOver(world);
  // November: the fish are far from the most that they weigh in their stage.
  const middle = snapshots[10]!;
  const after = (farm: DayFarm) => rowsOf(world, farm).get("batch_growthsample")!;
  const told = after(structuredClone(middle));
  assert(after(snapshotOf(middle)) === told);
  assert(after(snapshotOf(middle)) === told);
  const otherWeather = { ...snapshotOf(middle), sites: [[middle.sites[0]![0]! + 400]] };
  assert(after(otherWeather) !== told, "the weather is not remembered");
  const otherFish = snapshotOf(middle);
  for (const { memory } of otherFish.batches[0]!.assignments) memory[0]! += 400;
  assert(after(otherFish) !== told, "the fish remember nothing");
  assertEquals(middle, passOver(world).snapshots[10]!);
});

/** A dataset of two batches whose biology has a memory, prepared but not begun. */
function prepared(): Prepared {
  const documented = prepare({ schedule: longer, fixtures, seed: 7 });
  const world = worldIn(factsOf(documented.world), REMEMBERING);
  return { ...documented, world, pass: passOver(world) };
}

/** Opens a worker in which that biology holds. */
function open(folder: string): Worker {
  return new Worker(new URL("./remembering_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: { write: [folder] } },
  });
}

Deno.test("1 and 2 workers, and a run that goes on, write the bytes of a biology with a memory", () =>
  inTempFolder(async (folder) => {
    const dataset = prepared();
    const begun = (name: string) => {
      const own = `${folder}/${name}`;
      Deno.mkdirSync(own);
      beginDataset(own, dataset.identity, false);
      makeFolders(own);
      return own;
    };
    const [one, two, again] = [begun("one"), begun("two"), begun("again")];
    await renderWindows(one, dataset, { workers: 1, open });
    await renderWindows(two, dataset, { workers: 2, open });
    await renderWindows(again, dataset, { workers: 1, open, shard: { number: 2, of: 3 } });
    const reports: GenerateProgress[] = [];
    await renderWindows(again, prepared(), {
      workers: 2,
      open,
      onProgress: (progress) => reports.push(progress),
    });
    const digests = digestsIn(one);
    assert(Object.keys(digests).length > 17 * 10);
    assertEquals(digestsIn(two), digests);
    assertEquals(digestsIn(again), digests);
    // What the shard has written is read first, and counts to the whole, not to this run's work.
    const read = reports.filter(({ phase }) => phase === "compare").map(({ windows }) => windows);
    assertEquals([read[0], read.at(-1), new Set(read).size], [0, 6, 7]);
    const [first, last] = [reports[read.length]!, reports.at(-1)!];
    assertEquals([first.windows, first.windowsBefore, first.totalWindows], [6, 6, 17]);
    assertEquals([last.windows, last.windowsBefore], [17, 6]);
    assertEquals([first.rows, last.rows], [first.rowsBefore, first.totalRows]);
    assertEquals(
      last.rows,
      [...dataset.pass.windows.keys()].reduce(
        (sum, i) =>
          sum + rowsBetween(
            dataset.pass.snapshots[i]!.numbers,
            (dataset.pass.snapshots[i + 1] ?? dataset.pass.end).numbers,
          ),
        0,
      ),
    );
    const work = last.work.map(({ phase, done, all }) => [phase, done === all]);
    assertEquals(work, [["compare", true], ["windows", true]]);
  }));
