// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { World } from "../../src/farm/world.ts";
import { DAY_TABLES } from "../../src/render/day_rows.ts";
import type { Job } from "../../src/generate/messages.ts";
import { windowPath } from "../../src/generate/places.ts";
import { renderAll } from "../../src/generate/pool.ts";
import { passOver } from "../../src/generate/windows.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { worldOf } from "../small_farm.ts";
import { filesIn, inTempFolder } from "./files.ts";
import { small } from "./small_dataset.ts";

/** The job of a world's first window, under another name if one is given. */
function firstJob(world: World, name?: string): Job {
  const { windows, snapshots } = passOver(world);
  const window = { ...windows[0]!, ...(name === undefined ? {} : { name }) };
  return { kind: "job", window, snapshot: snapshots[0]!, expected: snapshots[1]!.numbers };
}

/** Renders a job into a folder as the main thread does. */
async function render(folder: string, world: World, job: Job): Promise<void> {
  for (const name of Object.values(DAY_TABLES)) {
    const path = windowPath(tableNamed(name), "2024-01");
    Deno.mkdirSync(`${folder}/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
  }
  const rows = new Int32Array(new SharedArrayBuffer(4));
  await renderAll([job], { folder, world, workers: 1, rows, onWindow() {} });
}

Deno.test("a worker writes its parts under their partial names", () =>
  inTempFolder(async (folder) => {
    const world = worldOf(small);
    await render(folder, world, firstJob(world));
    const files = [...filesIn(folder).keys()];
    assertEquals(files.length, Object.keys(DAY_TABLES).length);
    assert(files.every((path) => path.endsWith("/2024-01.csv.partial")), files.join());
  }));

Deno.test("a worker may not write outside the dataset folder", () =>
  inTempFolder(async (folder) => {
    const inside = `${folder}/inside`;
    const world = worldOf(small);
    const escaping = firstJob(world, "../../../outside");
    const error = await assertRejects(() => render(inside, world, escaping), Error);
    assert(error.message.includes("Requires write access"), error.message);
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
