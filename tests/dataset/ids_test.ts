/** The ids of a dataset's rows are those that its manifest says, or nothing is loaded. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { ReddError } from "../../src/errors.ts";
import type { DatasetPart, TableEntry } from "../../src/dataset/manifest.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { load } from "../../src/load/rebuild/method.ts";
import { idsOfPart, idsOfRows } from "../../src/dataset/ids.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { ask, relationsOf, startTestServer } from "../load/databases.ts";

function entryWith(kind: TableEntry["kind"], lastId: number, rows: readonly number[]): TableEntry {
  const parts = rows.map((rows, i): DatasetPart => (
    { path: `data/fish/2024-0${i + 1}.csv`, rows, bytes: 0, sha256: "" }
  ));
  return { kind, lastId, rows: rows.reduce((sum, n) => sum + n, 0), bytes: 0, parts };
}

Deno.test("the ids of months follow each other and fill those of the table", () => {
  const entry = entryWith("windowed", 109, [4, 0, 6]);
  assertEquals(idsOfRows(entry), { first: 100, last: 109 });
  assertEquals(entry.parts.map((part) => idsOfPart(entry, part)), [
    { first: 100, last: 103 },
    { first: 104, last: 103 },
    { first: 104, last: 109 },
  ]);
});

Deno.test("the ids of master data may have gaps", () => {
  const entry = entryWith("static", 15, [3]);
  assertEquals(idsOfPart(entry, entry.parts[0]!), { first: 1, last: 15 });
});

const { freshDatabase, folder: parent, end } = await startTestServer();
Deno.test.afterAll(end);
const folder = `${parent}/small`;
await generateSmall(folder);
const DEATHS = "batch_mortalityevent";
const [FEBRUARY, MARCH] = ["2024-02", "2024-03"].map((month) => `data/${DEATHS}/${month}.csv`);
const MANIFEST = "datapackage.json";

/** Changes ids in files of the dataset, and has the manifest sign what is there then. */
function sign(changes: Readonly<Record<string, (ids: number[]) => void>>): void {
  const descriptor = JSON.parse(Deno.readTextFileSync(`${folder}/${MANIFEST}`));
  const entry = descriptor.redd.tables[DEATHS];
  for (const [path, change] of Object.entries(changes)) {
    const [header, ...lines] = Deno.readTextFileSync(`${folder}/${path}`).trimEnd().split("\n");
    const ids = lines.map((line) => Number(line.split(",")[0]));
    change(ids);
    const rows = lines.map((line, i) => `${ids[i]}${line.slice(line.indexOf(","))}`);
    const text = [header, ...rows, ""].join("\n");
    Deno.writeTextFileSync(`${folder}/${path}`, text);
    const part = entry.parts.find((part: DatasetPart) => part.path === path);
    for (const sum of [entry, descriptor.redd]) sum.bytes += text.length - part.bytes;
    part.bytes = text.length;
    part.sha256 = createHash("sha256").update(text).digest("hex");
  }
  Deno.writeTextFileSync(`${folder}/${MANIFEST}`, JSON.stringify(descriptor));
}

/** What a load says after such a change; the dataset is as it was then. */
async function saidOf(
  changes: Readonly<Record<string, (ids: number[]) => void>>,
  method: "deferred" | "rebuild",
): Promise<{ readonly message: string; readonly url: string }> {
  const files = [MANIFEST, ...Object.keys(changes)];
  const before = files.map((path) => Deno.readTextFileSync(`${folder}/${path}`));
  try {
    sign(changes);
    // Nothing but the rows themselves gives it away.
    await readDataset(folder);
    const url = await freshDatabase();
    const error = await assertRejects(() => load(folder, { url, method }), ReddError);
    assertEquals([error.fault, error.code], ["input", "PART_CHANGED"], error.message);
    return { message: error.message, url };
  } finally {
    files.forEach((path, i) => Deno.writeTextFileSync(`${folder}/${path}`, before[i]!));
  }
}

const beyond = { [MARCH!]: (ids: number[]) => ids[0] = 999_999 };

Deno.test("a row whose id the manifest does not speak of is refused, and nothing is left", async () => {
  const { message, url } = await saidOf(beyond, "deferred");
  assertMatch(message, /2024-03\.csv/);
  const [, found, wanted, first, last] =
    /it has (\d+) rows, expected (\d+) with ids from (\d+) to (\d+)/.exec(message)!.map(Number);
  assertEquals([found, last! - first! + 1], [wanted! - 1, wanted]);
  assertEquals(await relationsOf(url), 0);
});

Deno.test("no part with such a row is committed in the rebuild way either", async () => {
  const { url } = await saidOf(beyond, "rebuild");
  assertEquals(await ask(url, `select count(*)::int from ${DEATHS} where id = 999999`), [[0]]);
});

Deno.test("months that have changed ids with each other are refused", async () => {
  let [one, other] = [0, 0];
  sign({ [FEBRUARY!]: (ids) => one = ids[0]!, [MARCH!]: (ids) => other = ids[0]! });
  const swapped = {
    [FEBRUARY!]: (ids: number[]) => ids[0] = other,
    [MARCH!]: (ids: number[]) => ids[0] = one,
  };
  const { message, url } = await saidOf(swapped, "deferred");
  assertMatch(message, /2024-02\.csv: it has \d+ rows, expected \d+ with ids from/);
  assertEquals(await relationsOf(url), 0);
});

Deno.test("the dataset as it was made is loaded with these very ids", async () => {
  const { tables } = await readDataset(folder);
  const url = await freshDatabase();
  await load(folder, { url, method: "deferred" });
  const { first, last } = idsOfRows(tables[DEATHS]!);
  const { rows } = tables[DEATHS]!;
  assertEquals(
    await ask(url, `select min(id)::int, max(id)::int, count(*)::int from ${DEATHS}`),
    [[first, last, rows]],
  );
});
