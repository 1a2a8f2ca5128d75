// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openNarrowed } from "../../cli/renderer.ts";
import type { World } from "../../src/farm/world.ts";
import { DAY_TABLES, type DayTable } from "../../src/render/day_rows.ts";
import type { Job } from "../../src/generate/messages.ts";
import { windowPath } from "../../src/dataset/places.ts";
import { type PoolOptions, renderAll } from "../../src/generate/pool.ts";
import { passOver } from "../../src/generate/pass.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { ReddError } from "../../src/errors.ts";
import { datasetIdentity } from "../../src/generate/prepare.ts";
import { lean, worldOf } from "../small_farm.ts";
import { filesIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";

/** The job of a world's first window, under another name if one is given. */
function firstJob(world: World, name?: string): Job {
  const { windows, snapshots } = passOver(world);
  const window = { ...windows[0]!, ...(name === undefined ? {} : { name }) };
  return { kind: "job", window, snapshot: snapshots[0]!, expected: snapshots[1]!.numbers };
}

/** Renders a job into a folder as the main thread does. */
async function render(
  folder: string,
  world: World,
  job: Job,
  options: Pick<PoolOptions, "open"> = {},
): Promise<void> {
  for (const name of Object.values(DAY_TABLES)) {
    const path = windowPath(tableNamed(name), "2024-01");
    Deno.mkdirSync(`${folder}/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
  }
  const counters = new BigInt64Array(new SharedArrayBuffer(16));
  const own = { folder, world, workers: 1, retries: 0, counters, onWindow() {} };
  await renderAll([job], { ...own, ...options });
}

Deno.test("a worker writes the parts that have rows, and those alone, under their partial names", () =>
  inTempFolder(async (folder) => {
    const world = worldOf(small);
    const job = firstJob(world);
    await render(folder, world, job);
    const files = [...filesIn(folder).keys()];
    const filled = (Object.keys(DAY_TABLES) as DayTable[])
      .filter((key) => job.expected[key] > job.snapshot.numbers[key]);
    const written = files.map((path) => path.split("/").at(-2)!);
    assertEquals(written.sort(), filled.map((key) => DAY_TABLES[key]).sort());
    assert(files.every((path) => path.endsWith("/2024-01.csv.partial")), files.join());
  }));

Deno.test("a worker of the command line may not write outside the dataset folder", () =>
  inTempFolder(async (folder) => {
    const inside = `${folder}/inside`;
    const world = worldOf(small);
    const escaping = firstJob(world, "../../../outside");
    const open = (own: string) => openNarrowed([own]);
    const error = await assertRejects(() => render(inside, world, escaping, { open }), Error);
    assert(error.message.includes("it was not given the right to write"), error.message);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["inside"]);
  }));

Deno.test("a window whose rows were counted otherwise is refused", () =>
  inTempFolder(async (folder) => {
    const world = worldOf(small);
    const job = firstJob(world);
    const expected = { ...job.expected, reading: job.expected.reading + 1 };
    const error = await assertRejects(() => render(folder, world, { ...job, expected }), Error);
    assertEquals(
      error.message,
      `Window 2024-01: the next reading is ${job.expected.reading} after rendering, ` +
        `${expected.reading} by count`,
    );
  }));

Deno.test("a window that takes too long ends the run, and the rest is kept", () =>
  inTempFolder(async (folder) => {
    const error = await assertRejects(() => generateSmall(folder, { windowLimit: 1 }), ReddError);
    assertEquals([error.code, error.fault], ["WINDOW_TOO_SLOW", "environment"]);
    assertEquals((await generateSmall(folder)).found, "begun");
  }));

Deno.test("a window that failed is tried again as often as it is told", () =>
  inTempFolder(async (folder) => {
    const inTheWay = `${folder}/data/batch_mortalityevent/2024-02.csv.partial`;
    Deno.mkdirSync(`${inTheWay}/below`, { recursive: true });
    Deno.mkdirSync(`${folder}/work`);
    const identity = datasetIdentity({ schedule: small, fixtures: lean, seed: 7 });
    Deno.writeTextFileSync(`${folder}/work/identity.json`, JSON.stringify(identity));
    await assertRejects(() => generateSmall(folder, { retries: 0 }), ReddError);
    const gone = setTimeout(() => Deno.removeSync(inTheWay, { recursive: true }), 300);
    const { found } = await generateSmall(folder, { retries: 3 });
    clearTimeout(gone);
    assertEquals(found, "begun");
  }));
