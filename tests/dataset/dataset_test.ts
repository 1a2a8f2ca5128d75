/** A dataset is what it says and its parts, wherever these are. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { folderDataset } from "../../src/dataset/dataset.ts";
import { requireTrue } from "../../src/dataset/dataset_laws.ts";
import { readDescriptor } from "../../src/dataset/manifest.ts";
import { PartChanged } from "../../src/dataset/part_file.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { ReddError } from "../../src/errors.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate } from "../../src/generate/generate.ts";
import { load } from "../../src/load/rebuild/method.ts";
import { loadStatus } from "../../src/load/rebuild/status.ts";
import { generateSmall, small } from "../generate/small_dataset.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { entryOf, manifestOf, MINI, partsOf, writeDataset } from "../load/mini_dataset.ts";
import { LARGE, migrated } from "../load/rebuild/farm.ts";
import { lean } from "../small_farm.ts";
import { memoryDataset, partsIn } from "./memory_dataset.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/** The small dataset and the same extended, of which no file is left. */
const [shorter, longer, descriptor, parts] = await (async () => {
  const folder = join(test.folder, "farm");
  const { manifest } = await generateSmall(folder);
  const parts = partsIn(folder, manifest);
  const first = memoryDataset("shorter", manifest, parts);
  const descriptor = readDescriptor(folder);
  const recipe = await extend(folder, small, "2024-07-09", lean);
  const extended = (await generate({ ...recipe, folder, workers: 1 })).manifest;
  const second = memoryDataset("longer", extended, partsIn(folder, extended));
  await Deno.remove(folder, { recursive: true });
  return [first, second, descriptor, parts] as const;
})();

for (const method of ["deferred", "rebuild"] as const) {
  Deno.test(`a dataset in memory is loaded in the ${method} way, continued and compared`, async () => {
    const url = await migrated(test);
    const first = await load(shorter, { url, method, large: LARGE });
    assertEquals([first.method, first.rows], [method, shorter.manifest.rows]);
    assertEquals((await diffDataset(shorter, url)).equal, true);
    assertEquals((await load(longer, { url })).continued, "shorter");
    const { loads } = await loadStatus(url);
    assertEquals(loads.map(({ name, finished }) => [name, finished]), [["longer", true]]);
    const { equal, rows, others } = await diffDataset(longer, url);
    const all = longer.manifest.rows;
    assertEquals([equal, rows, others], [true, { dataset: all, database: all }, 0]);

    await ask(url, "update batch_mortalityevent set count = count + 1 where id = 2");
    const { tables } = await diffDataset(longer, url);
    const [different, ...more] = tables.filter((table) => !table.equal);
    assertEquals([different?.name, more], ["batch_mortalityevent", []]);
    assertEquals([different!.parts[0]!.changed, different!.parts[0]!.first.line], [1, 3]);
    assertEquals([shorter.opened(), longer.opened()], [0, 0]);
  });
}

Deno.test("a dataset in memory is held to the laws of a folder", async () => {
  await requireTrue(shorter, descriptor);
  const encoded = (text: string) => new TextEncoder().encode(text);
  const textOf = (path: string) => new TextDecoder().decode(parts.get(path)!);
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  /** What is said where a file is another, or none. */
  const saidOf = async (path: string, changed?: string) => {
    const good = parts.get(path)!;
    if (changed === undefined) parts.delete(path);
    else parts.set(path, encoded(changed));
    const error = await assertRejects(() => requireTrue(shorter, descriptor), ReddError);
    parts.set(path, good);
    assertEquals([error.code, error.cannot], [
      "MANIFEST_INVALID",
      "read the dataset memory:shorter",
    ]);
    return error.because.replace("datapackage.json: ", "");
  };
  const log = shorter.manifest.files![1]!;
  const stages = shorter.manifest.tables.batch_lifecyclestage!.parts[0]!;
  const deaths = shorter.manifest.tables.batch_mortalityevent!;
  const place = deaths.parts.at(-1)!;
  assertEquals(await saidOf(log.path), `${log.path} is missing`);
  assertEquals(await saidOf("schedule.yaml"), "schedule.yaml is missing");
  assertEquals(await saidOf(stages.path), `${stages.path} is missing`);
  assertEquals(
    await saidOf(place.path, `${textOf(place.path)}\n`),
    `redd.tables.batch_mortalityevent.parts[${deaths.parts.length - 1}].bytes is ${place.bytes}, ` +
      `expected ${place.bytes + 1}, as ${place.path} has`,
  );
  for (const { path, sha256: signed } of [log, stages]) {
    const changed = textOf(path).replace("a", "b");
    assertEquals(
      await saidOf(path, changed),
      `${path} is damaged: its sha256 is ${sha256(encoded(changed))}, expected ${signed}`,
    );
  }
  const schedule = textOf("schedule.yaml").replace("a", "b");
  assertEquals(
    await saidOf("schedule.yaml", schedule),
    `schedule.yaml is damaged: it has the sha256 ${sha256(encoded(schedule))}, expected ` +
      shorter.manifest.schedule.sha256,
  );
  // The end of a part is found without a way to jump there, and read to its digest.
  const cut = textOf(place.path).replace(/\d/, "x");
  assertEquals(
    await saidOf(place.path, cut),
    `${place.path} is damaged: its sha256 is ${sha256(encoded(cut))}, expected ${place.sha256}`,
  );
  assertEquals(shorter.opened(), 0);
});

/** A few rows, of which there never was a file. */
function mini() {
  const texts = Object.entries(MINI).map(([table, rows]) => [table, partsOf(table, rows)] as const);
  const entries = texts.map(([table, parts]) => [table, entryOf(table, parts)] as const);
  const parts = new Map(
    texts.flatMap(([, own]) => own).map(({ path, text }) => [path, new TextEncoder().encode(text)]),
  );
  return { dataset: memoryDataset("mini", manifestOf(Object.fromEntries(entries)), parts), parts };
}

Deno.test("messages call a dataset and its parts as it calls itself", async () => {
  const { dataset, parts } = mini();
  const url = await test.freshDatabase();
  const saidOf = async (work: () => Promise<unknown>) => {
    const { code, message } = await assertRejects(work, ReddError);
    assertEquals(dataset.opened(), 0);
    return [code, message.slice(0, message.indexOf(". "))];
  };
  await load(dataset, { url });
  const path = "data/infrastructure_hall.csv";
  const good = parts.get(path)!;
  // The same length, so that only whoever reads all of it can tell.
  const bad = good.slice();
  bad[bad.length - 2]!++;
  parts.set(path, bad);
  const { sha256 } = dataset.manifest.tables.infrastructure_hall!.parts[0]!;
  for (
    const [doing, work] of [
      ["load", async () => load(dataset, { url: await test.freshDatabase() })],
      ["compare", () => diffDataset(dataset, url)],
    ] as const
  ) {
    const [code, message] = await saidOf(work);
    assertEquals(code, "PART_CHANGED", message);
    assert(
      message!.startsWith(`Cannot ${doing} memory:mini#${path}: its sha256 is `) &&
        message!.endsWith(`, expected ${sha256}`),
      message,
    );
  }
  parts.delete(path);
  const missing = `Cannot read the dataset memory:mini: ${path} is missing`;
  assertEquals(await saidOf(() => load(dataset, { url })), ["DATASET_BROKEN", missing]);
  assertEquals(await saidOf(() => diffDataset(dataset, url)), ["DATASET_BROKEN", missing]);
});

Deno.test("a folder is called as it was given, and keeps its own name", () => {
  const manifest = manifestOf({});
  const named = (folder: string) => {
    const { name, title, whereIs } = folderDataset(folder, manifest);
    return [name, title, whereIs({ path: "data/a.csv" })];
  };
  assertEquals(named("out/farm/"), ["out/farm/", "farm", "out/farm/data/a.csv"]);
  assertEquals(named("/tmp/x/../farm"), ["/tmp/x/../farm", "farm", "/tmp/farm/data/a.csv"]);
  const own = Deno.cwd().split("/").at(-1)!;
  assertEquals(named("."), [".", own, "data/a.csv"]);
});

Deno.test("openDataset() checks what the manifest says, unless it is believed", async () => {
  const folder = join(test.folder, "mini");
  await Deno.mkdir(folder);
  await writeDataset(folder);
  const error = await assertRejects(() => openDataset(folder), ReddError);
  assertEquals(error.code, "MANIFEST_INVALID");
  // The whole of load() and diffDataset() checks it, too, before any database is asked.
  const url = "postgresql://redd@127.0.0.1:1/redd";
  for (const work of [() => load(folder, { url }), () => diffDataset(folder, url)]) {
    assertEquals((await assertRejects(work, ReddError)).message, error.message);
  }
  const { manifest, open } = await openDataset(folder, { believed: true });
  const part = manifest.tables.infrastructure_hall!.parts[0]!;
  {
    using file = open(part);
    const buffer = new Uint8Array(part.bytes);
    assertEquals(file.readSync(buffer), part.bytes);
    file.requireSigned();
  }
  assertThrows(() => open({ ...part, bytes: part.bytes + 1 }), PartChanged);
});
