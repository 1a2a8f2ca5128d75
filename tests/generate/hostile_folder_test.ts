/** Folders, records and links that somebody else has made: nothing outside is written, nothing damaged is signed. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { dirname } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { lockDataset } from "../../src/generate/lock.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { datasetIdentity } from "../../src/generate/prepare.ts";
import { recordedWindow } from "../../src/generate/records.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, filesIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";
import { fc } from "../random.ts";

const recipe = { schedule: small, fixtures: lean, seed: 7 };

async function refused(work: () => Promise<unknown>): Promise<ReddError> {
  return await assertRejects(work, ReddError);
}

/** A dataset that one of two shards has begun. */
async function begin(folder: string): Promise<void> {
  await generateShard({ ...recipe, folder, workers: 1 }, { number: 1, of: 2 });
}

/** Turns a bit of a file's last byte but one, which is a digit or a letter. */
function damage(path: string): void {
  const bytes = Deno.readFileSync(path);
  bytes[bytes.length - 2]! ^= 1;
  Deno.writeFileSync(path, bytes);
}

Deno.test("a link at any name that a run writes is never written through", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/whole`);
    const names = [
      ...filesIn(`${folder}/whole`).keys(),
      "work/identity.json",
      "work/2024-01.json",
      "data/batch_mortalityevent/2024-02.csv.partial",
      "datapackage.json.partial",
    ];
    const every = Math.max(1, Math.floor(names.length / 25));
    for (const name of names.filter((path, i) => i % every === 0 || !path.startsWith("data/"))) {
      const out = `${folder}/out`;
      await begin(out);
      Deno.writeTextFileSync(`${folder}/target`, "mine");
      Deno.mkdirSync(dirname(`${out}/${name}`), { recursive: true });
      try {
        Deno.removeSync(`${out}/${name}`);
      } catch {
        // It was not there.
      }
      Deno.symlinkSync(`${folder}/target`, `${out}/${name}`);
      await generateSmall(out).catch((error) => assert(error instanceof ReddError, name));
      assertEquals(Deno.readTextFileSync(`${folder}/target`), "mine", name);
      Deno.removeSync(out, { recursive: true });
    }
  }));

Deno.test("a link in the place of a folder is refused, and with force only the link goes", () =>
  inTempFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/outside`);
    Deno.writeTextFileSync(`${folder}/outside/mine.csv`, "mine");
    for (const name of ["data", "batches", "work", "data/batch_mortalityevent"]) {
      const out = `${folder}/out`;
      await begin(out);
      Deno.removeSync(`${out}/${name}`, { recursive: true });
      Deno.symlinkSync(`${folder}/outside`, `${out}/${name}`);
      const error = await refused(() => generateSmall(out));
      assertEquals(error.fault, "input", name);
      assertEquals([...filesIn(`${folder}/outside`).keys()], ["mine.csv"], name);
      await generateSmall(out, { force: true }).catch((thrown) =>
        assert(thrown instanceof ReddError)
      );
      assertEquals([...filesIn(`${folder}/outside`).keys()], ["mine.csv"], name);
      Deno.removeSync(out, { recursive: true });
    }
  }));

Deno.test("a shard whose record is not as Redd writes it is refused by name, and nothing is written outside", () =>
  inTempFolder(async (folder) => {
    await begin(`${folder}/shard`);
    const path = `${folder}/shard/work/2024-01.json`;
    const record = JSON.parse(Deno.readTextFileSync(path));
    Deno.writeTextFileSync(`${folder}/victim`, "mine");
    record.parts[0].path = "../victim";
    for (const text of [JSON.stringify(record), "null", "{"]) {
      Deno.writeTextFileSync(path, text);
      const error = await refused(() =>
        mergeShards(`${folder}/into`, shardFolders([`${folder}/shard`]), recipe)
      );
      assertEquals(error.code, "CANNOT_MERGE");
      assertMatch(error.message, /its record work\/2024-01\.json is damaged/);
      assertEquals(Deno.readTextFileSync(`${folder}/victim`), "mine");
    }
  }));

Deno.test("recordedWindow() takes a record as Redd writes it and no other", () =>
  inTempFolder(async (folder) => {
    await begin(folder);
    const identity = datasetIdentity(recipe);
    const path = `${folder}/work/2024-01.json`;
    const text = Deno.readTextFileSync(path);
    assert(recordedWindow(folder, "2024-01", identity) !== undefined);
    const places = fc.constantFrom("path", "table", "rows", "bytes", "sha256");
    const values = fc.oneof(
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.integer({ max: -1 }),
      fc.constantFrom("../../.bashrc", "/etc/passwd", "data/batch_batch.csv", "0".repeat(65)),
    );
    fc.assert(fc.property(places, values, fc.nat(42), (key, value, at) => {
      const record = JSON.parse(text);
      const part = record.parts[at % record.parts.length];
      fc.pre(part[key] !== value && !(key !== "path" && key !== "table" && isFine(key, value)));
      part[key] = value;
      Deno.writeTextFileSync(path, JSON.stringify(record));
      assertEquals(recordedWindow(folder, "2024-01", identity), undefined, `${key} ${value}`);
    }));
    for (
      const broken of ["null", "[]", "{}", text.replace('"parts":[', '"parts":[null,'), "{", ""]
    ) {
      Deno.writeTextFileSync(path, broken);
      assertEquals(recordedWindow(folder, "2024-01", identity), undefined);
    }
  }));

Deno.test("a record that tells of no rows where the farm has some is none, and nothing is lost", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/whole`);
    const whole = digestsIn(`${folder}/whole`);
    const tell = async (out: string) => {
      await begin(out);
      const path = `${out}/work/2024-01.json`;
      const record = JSON.parse(Deno.readTextFileSync(path));
      const sha256 = record.parts.find(({ rows }: { rows: number }) => rows === 0).sha256;
      for (const part of record.parts) {
        if (part.table === "batch_mortalityevent") {
          Object.assign(part, { rows: 0, bytes: 0, sha256 });
        }
      }
      Deno.writeTextFileSync(path, JSON.stringify(record));
    };
    await tell(`${folder}/resumed`);
    await generateSmall(`${folder}/resumed`);
    assertEquals(digestsIn(`${folder}/resumed`), whole);
    await tell(`${folder}/shard`);
    const error = await refused(() =>
      mergeShards(`${folder}/into`, shardFolders([`${folder}/shard`]), recipe)
    );
    assertEquals(error.code, "WINDOWS_MISSING");
    assertMatch(error.because, /2024-01/);
  }));

/** A value that the file itself has to contradict, since a record could have it. */
function isFine(key: string, value: unknown): boolean {
  return key === "sha256"
    ? /^[0-9a-f]{64}$/.test(String(value))
    : Number.isSafeInteger(value) && (value as number) >= 0;
}

Deno.test("a damaged identity is said to be so, and replaced with force", () =>
  inTempFolder(async (folder) => {
    const broken = ["null", "[]", '{"seed":7}', "{", "7", `"${"x".repeat(20_000)}"`];
    for (const [i, text] of broken.entries()) {
      const out = `${folder}/${i}`;
      Deno.mkdirSync(`${out}/work`, { recursive: true });
      Deno.mkdirSync(`${out}/data`);
      Deno.writeTextFileSync(`${out}/work/identity.json`, text);
      const error = await refused(() => generateSmall(out));
      assertEquals(error.code, "DATASET_BROKEN");
      assertMatch(error.message, /work\/identity\.json/);
      assertEquals((await generateSmall(out, { force: true })).manifest.seed, 7);
    }
  }));

Deno.test("what is damaged in a begun dataset is made anew before it is signed", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/whole`);
    const whole = digestsIn(`${folder}/whole`);
    const damages = [
      "data/environmental_environmentalreading/2024-01.csv",
      "work/batch_creationaction/2024-01.csv",
      "work/inventory_feedpurchase/2024-01.csv",
    ];
    for (const path of damages) {
      const out = `${folder}/out`;
      await begin(out);
      const name = `${out}/${path}`;
      damage(name);
      const said: string[] = [];
      await generateSmall(out, { onDamage: (text) => said.push(text) });
      assertEquals(said.length, 1);
      assertMatch(said[0]!, new RegExp(`^${path} is damaged: it has the sha256 `));
      assertEquals(digestsIn(out), whole);
      Deno.removeSync(out, { recursive: true });
    }
  }));

Deno.test("an extension signs no joined table that was altered", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/out`;
    await generate({ ...recipe, folder: out });
    damage(`${out}/data/batch_creationaction.csv`);
    const before = digestsIn(out);
    const later = "2024-08-01";
    const error = await refused(() => extend(out, small, later, lean));
    assertEquals(error.code, "DATASET_BROKEN");
    assertMatch(error.message, /data\/batch_creationaction\.csv is damaged/);
    assertEquals(digestsIn(out), before);
  }));

Deno.test("who writes a dataset alone keeps all others out, and shards keep out whom they must", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/out`;
    {
      using _alone = lockDataset(out, "alone");
      for (const force of [false, true]) {
        assertEquals((await refused(() => generateSmall(out, { force }))).code, "DATASET_IN_USE");
      }
      const shard = () => generateShard({ ...recipe, folder: out }, { number: 1, of: 2 });
      assertEquals((await refused(shard)).code, "DATASET_IN_USE");
    }
    await begin(out);
    {
      using _shard = lockDataset(out, "shared");
      await generateShard({ ...recipe, folder: out }, { number: 1, of: 2 });
      assertEquals(
        (await refused(() => generateSmall(out, { force: true }))).code,
        "DATASET_IN_USE",
      );
      const merge = () => mergeShards(`${folder}/into`, shardFolders([out]), recipe);
      assertEquals((await refused(merge)).code, "WINDOWS_MISSING");
    }
    await generateSmall(out);
    using _reader = lockDataset(out, "alone");
    assertEquals((await generateSmall(out)).found, "finished");
  }));

Deno.test("two runs that force at once leave the dataset of one of them", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/out`;
    await generateSmall(out);
    const ends = await Promise.allSettled(
      [8, 9].map((seed) => generateSmall(out, { seed, force: true })),
    );
    const done = ends.flatMap((end) => end.status === "fulfilled" ? [end.value.manifest.seed] : []);
    assertEquals(done.length, 1);
    await generateSmall(`${folder}/same`, { seed: done[0]! });
    assertEquals(digestsIn(out), digestsIn(`${folder}/same`));
  }));

Deno.test("a finished dataset holds nothing of an earlier one or of a killed run", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/whole`);
    const out = `${folder}/out`;
    await begin(out);
    for (
      const name of [
        "data/batch_mortalityevent/2019-01.csv",
        "data/batch_mortalityevent/2024-02.csv.partial",
        "data/batch_batch.csv.partial",
        "batches/FI-2019-001.log",
        // A month without rows, and one of a table that keeps the header of another.
        "data/inventory_feedingevent/2024-02.csv",
        "data/health_licecount/2024-03.csv",
        "load_duckdb.sql",
        "pandas_dtypes.json.partial",
      ]
    ) Deno.writeTextFileSync(`${out}/${name}`, "left over");
    await generateSmall(out);
    assertEquals(digestsIn(out), digestsIn(`${folder}/whole`));
  }));

Deno.test("what somebody keeps in a folder called work stays, whatever is run there", () =>
  inTempFolder(async (folder) => {
    const thesis = (at: string) => {
      Deno.mkdirSync(`${at}/work/sub`, { recursive: true });
      Deno.writeTextFileSync(`${at}/work/thesis.txt`, "precious");
      Deno.writeTextFileSync(`${at}/work/sub/2024-01.csv`, "precious");
    };
    const kept = (at: string) =>
      ["thesis.txt", "sub/2024-01.csv"].map((name) => Deno.readTextFileSync(`${at}/work/${name}`));
    const PRECIOUS = ["precious", "precious"];
    const finished = `${folder}/finished`;
    await generateSmall(finished);
    const before = digestsIn(finished);
    thesis(finished);
    assertEquals((await generateSmall(finished)).found, "finished");
    assertEquals(kept(finished), PRECIOUS);
    const whole = `${folder}/begun`;
    await begin(whole);
    thesis(whole);
    const stranger = `${folder}/stranger`;
    thesis(stranger);
    Deno.writeTextFileSync(`${stranger}/datapackage.json`, '{"redd":{}}');
    for (
      const [at, work] of [
        [finished, () => generateSmall(finished, { force: true })],
        [finished, () => extend(finished, small, "2024-06-20", lean)],
        [whole, () => generateSmall(whole)],
        [stranger, () => generateSmall(stranger, { force: true })],
      ] as const
    ) {
      const error = await refused(work);
      assertEquals([error.code, error.because], [
        "FOREIGN_FILE",
        "it holds work/sub/2024-01.csv, which is none of the dataset's",
      ]);
      assertEquals(kept(at), PRECIOUS);
    }
    Deno.removeSync(`${finished}/work`, { recursive: true });
    assertEquals(digestsIn(finished), before);
  }));

Deno.test("what a finished dataset's manifest does not name is refused by an extension, and stays", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/out`;
    await generateSmall(out);
    for (
      const path of [
        "work.partial",
        "batches/FI-1999-777.log",
        "data/batch_mortalityevent/1999-01.csv",
        "data/batch_batch.csv.partial",
      ]
    ) {
      Deno.writeTextFileSync(`${out}/${path}`, "mine");
      const error = await refused(() => extend(out, small, "2024-06-20", lean));
      assertEquals([error.code, error.because], [
        "FOREIGN_FILE",
        `it holds ${path}, which is none of the dataset's`,
      ]);
      assertEquals(Deno.readTextFileSync(`${out}/${path}`), "mine");
      Deno.removeSync(`${out}/${path}`);
    }
    Deno.writeTextFileSync(`${out}/work`, "mine");
    assertEquals((await refused(() => generateSmall(out, { force: true }))).code, "FOREIGN_FILE");
    assertEquals(Deno.readTextFileSync(`${out}/work`), "mine");
  }));

Deno.test("a folder with a name that only looks like a run's own is never begun", () =>
  inTempFolder(async (folder) => {
    for (const [at, name] of ["identity.json.mine.partial", "identity.json"].entries()) {
      const out = `${folder}/${at}`;
      Deno.mkdirSync(`${out}/work`, { recursive: true });
      Deno.writeTextFileSync(`${out}/work/${name}`, "mine");
      const error = await refused(() => generateSmall(out));
      assertEquals(error.fault, "input");
      assertEquals([...filesIn(out).keys()], [`work/${name}`]);
    }
    const out = `${folder}/folder`;
    Deno.mkdirSync(`${out}/work/identity.json.partial`, { recursive: true });
    assertEquals((await refused(() => generateSmall(out))).code, "NOT_A_DATASET");
  }));

Deno.test("an extension of a dataset that another run has begun and holds is told so", () =>
  inTempFolder(async (folder) => {
    await begin(folder);
    using _ = lockDataset(folder, "shared");
    const error = await refused(() => extend(folder, small, "2024-09-01", lean));
    assertEquals([error.fault, error.code], ["environment", "DATASET_IN_USE"]);
  }));
