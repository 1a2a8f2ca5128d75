/** A dataset is packed into one file, the same whoever packs it, and comes back to the byte. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { extractArchive } from "../../src/archive/extract.ts";
import { filesOf } from "../../src/archive/files_of.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { answersOf } from "../../src/archive/pool.ts";
import type { Renderer } from "../../src/generate/pool.ts";
import { archiveDataset } from "../../src/archive/pack.ts";
import { digestOfDataset } from "../../src/dataset/manifest_digest.ts";
import { PartChanged } from "../../src/dataset/part_file.ts";
import { ReddError } from "../../src/errors.ts";
import { digestsIn } from "../generate/files.ts";
import { archived, farm, manifest, place, removePlace } from "./farm_archive.ts";
import { entriesIn, namesBelow } from "./tars.ts";

Deno.test.afterAll(removePlace);

const at = (name: string) => join(place, name);

async function refused(work: () => Promise<unknown>): Promise<ReddError> {
  return await assertRejects(work, ReddError);
}

/** Runs a test in which some file of the dataset has other bytes. */
async function withFile(path: string, bytes: Uint8Array, work: () => Promise<void>): Promise<void> {
  const whole = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes);
  try {
    await work();
  } finally {
    Deno.writeFileSync(path, whole);
  }
}

Deno.test("an archive holds the manifest, the files beside the tables, and every part in load order", () => {
  const names = entriesIn(Deno.readFileSync(archived.output)).map(({ name }) => name);
  const parts = Object.values(manifest.tables).flatMap(({ parts }) => parts);
  assertEquals(names, [
    "datapackage.json",
    ...manifest.files!.map(({ path }) => path),
    ...parts.map(({ path }) => `${path}.zst`),
  ]);
});

Deno.test("what packs slowly is packed beside, where it keeps no signal waiting", async () => {
  const part = { path: "nowhere.csv", bytes: 2_000_000, sha256: "0".repeat(64) };
  const opened = async (level: number) => {
    let count = 0;
    const open = () => {
      count++;
      const renderer: Renderer = {
        onmessage: null,
        onerror: null,
        postMessage() {
          const data = { kind: "done" } as const;
          queueMicrotask(() => renderer.onmessage?.(new MessageEvent("message", { data })));
        },
        terminate() {},
      };
      return renderer;
    };
    const job = { kind: "pack", folder: "nowhere", part, level } as const;
    for await (const _ of answersOf([job], part.bytes, "archive", { open }));
    return count;
  };
  assertEquals([await opened(6), await opened(19)], [0, 1]);
});

Deno.test("the same dataset gives the same bytes with any number of workers, wherever it lies", async () => {
  const whole = Deno.readFileSync(archived.output);
  assertEquals([archived.output, archived.bytes], [at("farm.redd.tar"), whole.length]);
  assertEquals(
    Deno.readTextFileSync(at("farm.redd.tar.sha256")),
    `${archived.sha256}  farm.redd.tar\n`,
  );
  const copy = at("elsewhere");
  await extractArchive(archived.output, { out: copy, workers: 2 });
  // The first one was packed without a worker.
  const output = at("again.tar");
  const again = await archiveDataset(copy, { output, workers: 3 });
  assertEquals(again.sha256, archived.sha256);
  assertEquals(Deno.readFileSync(output), whole);
  const higher = await archiveDataset(copy, { output: at("higher.tar"), level: 9, workers: 0 });
  assert(higher.bytes < archived.bytes);
  assertEquals(higher.digest, archived.digest);
  Deno.removeSync(copy, { recursive: true });
});

Deno.test("what is extracted is the dataset, byte for byte, and nothing lies beside it", async () => {
  const before = namesBelow(place);
  const out = at("copy");
  const { folder, digest } = await extractArchive(archived.output, { out, workers: 0 });
  assertEquals([folder, digest], [out, digestOfDataset(manifest)]);
  assertEquals(digestsIn(out), digestsIn(farm));
  Deno.removeSync(out, { recursive: true });
  assertEquals(namesBelow(place), before);
});

Deno.test("a dataset in an archive is what it is in a folder, part by part", async () => {
  const dataset = await openDataset(archived.output);
  assertEquals([dataset.title, dataset.manifest], ["farm", manifest]);
  const buffer = new Uint8Array(9973);
  for (const part of Object.values(manifest.tables).flatMap(({ parts }) => parts)) {
    const pieces: number[] = [];
    using file = dataset.open(part);
    for (let n = file.readSync(buffer); n !== undefined; n = file.readSync(buffer)) {
      pieces.push(...buffer.subarray(0, n));
    }
    file.requireSigned();
    assertEquals(pieces.length, part.bytes);
  }
  const other = { ...manifest.tables.batch_batch!.parts[0]!, path: "data/none.csv" };
  try {
    dataset.open(other);
    assert(false);
  } catch (thrown) {
    assert(thrown instanceof PartChanged);
  }
});

Deno.test("readers of files get those of an archive for as long as they need them", async () => {
  const dataset = await openDataset(archived.output);
  const own = at("work");
  const path = await (async () => {
    await using filed = await filesOf(dataset, { place: own, workers: 0 });
    assertEquals([filed.name, filed.title], [archived.output, "farm"]);
    const path = filed.fileOf!(manifest.tables.batch_batch!.parts[0]!);
    assertEquals(
      Deno.readTextFileSync(path),
      Deno.readTextFileSync(`${farm}/data/batch_batch.csv`),
    );
    return path;
  })();
  assert(path.startsWith(own));
  assertEquals(namesBelow(own), []);
  // A run that was killed has left its folder, without the lock; one under way holds it.
  Deno.mkdirSync(`${own}/run-killed`);
  Deno.writeTextFileSync(`${own}/run-killed/lock`, "");
  await using running = await filesOf(dataset, { place: own, workers: 0 });
  await using _ = await filesOf(dataset, { place: own, workers: 0 });
  assertEquals([...Deno.readDirSync(own)].length, 2);
  assertEquals(Deno.statSync(running.fileOf!({ path: "data/batch_batch.csv" })).isFile, true);
  // A folder is its own.
  await using folder = await filesOf(await openDataset(farm), { place: "/nowhere" });
  assertEquals(folder.fileOf!({ path: "data/batch_batch.csv" }), `${farm}/data/batch_batch.csv`);
});

Deno.test("an archive that has no room to be unpacked is refused before a byte is written", async () => {
  const dataset = await openDataset(archived.output);
  const own = at("full");
  const asked: string[] = [];
  const filed = (free: number) =>
    filesOf(dataset, {
      place: own,
      workers: 0,
      freeAt(folder) {
        asked.push(folder);
        return free;
      },
      onProgress: () => {
        throw new Error("it was unpacked");
      },
    });
  const { code, fault, because, remedy } = await refused(() => filed(manifest.bytes - 1));
  assertEquals([code, fault], ["DISK_FULL", "environment"]);
  assertEquals(
    because,
    `the dataset has ${manifest.bytes} bytes, and ${manifest.bytes - 1} are free`,
  );
  assertMatch(remedy!, /TMPDIR/);
  assert(asked.every((folder) => folder.startsWith(own)));
  assertEquals(namesBelow(own), []);
  await assertRejects(() => filed(manifest.bytes), Error, "it was unpacked");
});

Deno.test("a temporary folder that cannot be made is told in plain words, with what helps", async () => {
  const dataset = await openDataset(archived.output);
  const { code, fault, because, remedy } = await refused(() =>
    filesOf(dataset, { place: `${archived.output}/x` })
  );
  assertEquals([code, fault], ["NO_WORK_FOLDER", "environment"]);
  assert(!/os error/.test(because), because);
  assertMatch(remedy!, / TMPDIR=\S+ deno task /);
});

Deno.test("an archive is not packed again, and says so", async () => {
  const { code, because, remedy } = await refused(() => archiveDataset(archived.output));
  assertEquals([code, because], ["IS_ARCHIVE", "it is an archive already"]);
  assertMatch(remedy!, /deno task extract/);
});

Deno.test("the sha256 of any name is one that sha256sum reads, or the name is refused", async () => {
  for (const name of ["a\nb", "a\rb", "a\u001b[31mb"]) {
    const output = at(`${name}.redd.tar`);
    assertEquals((await refused(() => archiveDataset(farm, { output }))).code, "NAME_INVALID");
  }
  const output = at("back\\slash\\n.redd.tar");
  const pack = () => archiveDataset(farm, { output, workers: 0, force: true });
  const { sha256 } = await pack();
  assertEquals(
    Deno.readTextFileSync(`${output}.sha256`),
    `\\${sha256}  back\\\\slash\\\\n.redd.tar\n`,
  );
  // It is known again as a sum of Redd's.
  await pack();
  for (const path of [output, `${output}.sha256`]) Deno.removeSync(path);
});

Deno.test("a replaced archive is never beside the sum of another, whenever its run is killed", async () => {
  const output = at("again.redd.tar");
  const pack = (force: boolean) => archiveDataset(farm, { output, workers: 0, force });
  await pack(false);
  const { renameSync } = Deno;
  const seen: [string, boolean][] = [];
  Deno.renameSync = (from, to) => {
    const beside = namesBelow(place).includes("again.redd.tar.sha256");
    seen.push([String(to).slice(output.length), beside]);
    renameSync(from, to);
  };
  try {
    await pack(true);
  } finally {
    Deno.renameSync = renameSync;
  }
  assertEquals(seen, [["", false], [".sha256", false]]);
  // As a run leaves it that is killed then: the next one says so, and mends it.
  Deno.removeSync(`${output}.sha256`);
  assertMatch((await refused(() => pack(false))).because, /without its sha256/);
  const { sha256 } = await pack(true);
  assertEquals(Deno.readTextFileSync(`${output}.sha256`), `${sha256}  again.redd.tar\n`);
  for (const path of [output, `${output}.sha256`]) Deno.removeSync(path);
});

Deno.test("a place for temporary files that others may write to is refused", async () => {
  const open = at("open");
  Deno.mkdirSync(open);
  Deno.chmodSync(open, 0o777);
  const dataset = await openDataset(archived.output);
  const { code, because } = await refused(() => filesOf(dataset, { place: open }));
  assertEquals([code, because], ["NO_WORK_FOLDER", "others may write into it"]);
  assertEquals(namesBelow(open), []);
  Deno.symlinkSync(open, at("link"));
  const link = await refused(() => filesOf(dataset, { place: at("link") }));
  assertEquals(link.because, "it is a link, expected a folder");
  assertEquals(namesBelow(open), []);
  Deno.removeSync(at("link"));
  Deno.removeSync(open);
});

Deno.test("a part that is not the one that was generated is not packed, and nothing is left", async () => {
  const output = at("never.redd.tar");
  const [part] = manifest.tables.environmental_environmentalreading!.parts;
  const path = `${farm}/${part!.path}`;
  const turned = Deno.readFileSync(path);
  turned[turned.length - 3]! ^= 1;
  const before = namesBelow(place);
  await withFile(path, turned, async () => {
    for (const workers of [0, 2]) {
      const error = await refused(() => archiveDataset(farm, { output, workers }));
      assertEquals([error.code, error.fault], ["PART_CHANGED", "input"]);
      assertMatch(error.because, new RegExp(`^${part!.path} is damaged: its sha256 is `));
    }
  });
  assertEquals(namesBelow(place), before);
});

Deno.test("an archive that is interrupted leaves nothing", async () => {
  const output = at("never.redd.tar");
  const before = namesBelow(place);
  for (const workers of [0, 2, 2, 2]) {
    const stop = new AbortController();
    const options = { output, workers, signal: stop.signal, onProgress: () => stop.abort() };
    const error = await refused(() => archiveDataset(farm, options));
    assertEquals(error.fault, "interrupted");
    const out = at("never");
    const again = new AbortController();
    const extracting = { out, workers, signal: again.signal, onProgress: () => again.abort() };
    assertEquals(
      (await refused(() => extractArchive(archived.output, extracting))).fault,
      "interrupted",
    );
  }
  assertEquals(namesBelow(place), before);
});

Deno.test("a file that is there is replaced by --force alone, and only an archive", async () => {
  const output = at("there.redd.tar");
  const archive = (force: boolean) => archiveDataset(farm, { output, force, workers: 0 });
  Deno.writeTextFileSync(output, "somebody's own");
  for (const force of [false, true]) {
    const { code, fault } = await refused(() => archive(force));
    assertEquals([code, fault], ["ARCHIVE_EXISTS", "input"]);
    assertEquals(Deno.readTextFileSync(output), "somebody's own");
  }
  Deno.removeSync(output);
  Deno.symlinkSync(archived.output, output);
  assertEquals((await refused(() => archive(true))).because, "a link is there that is no archive");
  Deno.removeSync(output);
  Deno.writeTextFileSync(`${output}.sha256`, "somebody's own\n");
  assertEquals((await refused(() => archive(true))).code, "ARCHIVE_EXISTS");
  Deno.removeSync(`${output}.sha256`);
  Deno.writeTextFileSync(`${output}.partial`, "somebody's own");
  assertMatch((await refused(() => archive(true))).because, /\.partial, .* is somebody's own$/);
  // What a run that was killed has left goes, and nothing that another is writing.
  Deno.writeFileSync(`${output}.partial`, Deno.readFileSync(archived.output).subarray(0, 5000));
  {
    using other = Deno.openSync(`${output}.partial`, { read: true });
    other.lockSync(true);
    assertEquals((await refused(() => archive(false))).code, "ARCHIVE_IN_USE");
  }
  await archive(false);
  assertEquals((await refused(() => archive(false))).because, "it is there already");
  assertEquals((await archive(true)).sha256, archived.sha256);
  const inside = await refused(() => archiveDataset(farm, { output: `${farm}/data/x.redd.tar` }));
  assertMatch(inside.because, /^it would lie in the dataset /);
  Deno.removeSync(output);
  Deno.removeSync(`${output}.sha256`);
});

Deno.test("a folder that is there is never written to; the remains of an extraction go", async () => {
  const out = at("there");
  const extract = () => extractArchive(archived.output, { out, workers: 0 });
  Deno.mkdirSync(out);
  assertEquals((await refused(extract)).code, "OUT_EXISTS");
  Deno.removeSync(out);
  const before = `${out}.partial`;
  Deno.mkdirSync(before);
  Deno.writeTextFileSync(`${before}/letter.txt`, "mine");
  assertMatch((await refused(extract)).because, /is somebody's own$/);
  assertEquals(Deno.readTextFileSync(`${before}/letter.txt`), "mine");
  Deno.removeSync(`${before}/letter.txt`);
  Deno.mkdirSync(`${before}/data`);
  Deno.writeTextFileSync(`${before}/data/batch_batch.csv`, "half");
  // Names of Redd's do not make it Redd's: the mark of an extraction does.
  assertMatch((await refused(extract)).because, /is somebody's own$/);
  Deno.writeTextFileSync(`${before}/redd.extracting`, "");
  {
    using lock = Deno.openSync(before, { read: true });
    lock.lockSync(true);
    assertEquals((await refused(extract)).code, "OUT_IN_USE");
  }
  await extract();
  assertEquals(digestsIn(out), digestsIn(farm));
  assertEquals([...Deno.readDirSync(place)].some(({ name }) => name.endsWith(".partial")), false);
  Deno.removeSync(out, { recursive: true });
  const { code } = await refused(() => extractArchive(archived.output, { out, free: 1000 }));
  assertEquals(code, "DISK_FULL");
});

Deno.test("a digest names a dataset, and another one is refused before anything is read", async () => {
  const digest = digestOfDataset(manifest);
  assertEquals(archived.digest, digest);
  assertMatch(digest, /^sha256:[0-9a-f]{64}$/);
  const other = digestOfDataset({ ...manifest, seed: manifest.seed + 1 });
  const out = at("never");
  for (
    const work of [
      () => openDataset(farm, { expect: other }),
      () => openDataset(archived.output, { expect: other }),
      () => extractArchive(archived.output, { out, expect: other }),
    ]
  ) {
    const { code, because } = await refused(work);
    assertEquals([code, because], [
      "ANOTHER_DIGEST",
      `its digest is ${digest}, expected ${other}`,
    ]);
  }
  for (const path of [farm, archived.output]) await openDataset(path, { expect: digest });
});
