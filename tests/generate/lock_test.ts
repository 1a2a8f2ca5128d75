/** Locks: who holds one, and what counts is what is there under it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { extend } from "../../src/generate/extend.ts";
import { generateShard } from "../../src/generate/generate.ts";
import { lockBeside, lockDataset } from "../../src/generate/lock.ts";
import { renderAll } from "../../src/generate/pool.ts";
import type { Renderer } from "../../src/generate/pool.ts";
import { passOver } from "../../src/generate/pass.ts";
import { lean, worldOf } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";

const namesIn = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

/** Runs a test on a system that cannot lock folders. */
function withoutFolderLocks(test: () => void): void {
  const { prototype } = Deno.FsFile;
  const { tryLockSync } = prototype;
  prototype.tryLockSync = function (exclusive) {
    if (this.statSync().isDirectory) throw new Error("Bad file descriptor (os error 9)");
    return tryLockSync.call(this, exclusive);
  };
  try {
    test();
  } finally {
    prototype.tryLockSync = tryLockSync;
  }
}

/** Holds that keep each other out, and that go together. */
function holdsHold(out: string): void {
  for (
    const [first, second, together] of [
      ["alone", "alone", false],
      ["alone", "shared", false],
      ["shared", "alone", false],
      ["shared", "shared", true],
      ["alone", "source", false],
      ["shared", "source", true],
    ] as const
  ) {
    using _first = lockDataset(out, first);
    const both = () => lockDataset(out, second)[Symbol.dispose]();
    if (together) both();
    else {
      const { code, exitCode } = assertThrows(both, ReddError, "another run is writing it");
      assertEquals([code, exitCode], ["DATASET_IN_USE", 3], `${first}, ${second}`);
    }
  }
  lockDataset(out, "alone")[Symbol.dispose]();
}

Deno.test("a lock is on the folder itself and leaves nothing behind", () =>
  inTempFolder((folder) => {
    holdsHold(`${folder}/out`);
    assertEquals([namesIn(folder), namesIn(`${folder}/out`)], [["out"], []]);
    return Promise.resolve();
  }));

Deno.test("where folders cannot be locked, a file beside is, through no link and for no source", () =>
  inTempFolder((folder) => {
    withoutFolderLocks(() => {
      const out = `${folder}/out`;
      Deno.mkdirSync(out);
      lockDataset(out, "source")[Symbol.dispose]();
      assertEquals(namesIn(folder), ["out"]);
      holdsHold(out);
      assertEquals([namesIn(folder), namesIn(out)], [["out", "out.lock"], []]);
      Deno.removeSync(lockBeside(out));
      Deno.writeTextFileSync(`${folder}/mine`, "mine");
      Deno.symlinkSync(`${folder}/mine`, lockBeside(out));
      assertThrows(() => lockDataset(out, "alone"), ReddError, "out.lock is a link");
      assertEquals(Deno.readTextFileSync(`${folder}/mine`), "mine");
    });
    return Promise.resolve();
  }));

Deno.test("a shard that replaces a dataset is alone", () =>
  inTempFolder(async (folder) => {
    const recipe = { schedule: small, fixtures: lean, seed: 7, workers: 1, folder };
    await generateShard(recipe, { number: 1, of: 2 });
    const before = digestsIn(folder);
    {
      using _shard = lockDataset(folder, "shared");
      const work = () => generateShard({ ...recipe, force: true }, { number: 2, of: 2 });
      assertEquals((await assertRejects(work, ReddError)).code, "DATASET_IN_USE");
    }
    assertEquals(digestsIn(folder), before);
  }));

Deno.test("extend() decides on what is there under the lock", () =>
  inTempFolder(async (folder) => {
    await generateSmall(folder);
    const { tryLockSync } = Deno.FsFile.prototype;
    // Another run replaces the dataset at the last moment before the lock.
    Deno.FsFile.prototype.tryLockSync = function (exclusive) {
      const path = `${folder}/datapackage.json`;
      Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace('"seed": 7', '"seed": 8'));
      return tryLockSync.call(this, exclusive);
    };
    try {
      const error = await assertRejects(
        () => extend(folder, small, "2024-08-01", lean),
        ReddError,
        "another run has changed it meanwhile",
      );
      assertEquals(error.code, "DATASET_IN_USE");
    } finally {
      Deno.FsFile.prototype.tryLockSync = tryLockSync;
    }
    assert(!namesIn(folder).includes("work"));
  }));

Deno.test("an abort ends workers that go on with a window, and pauses before another try", () =>
  inTempFolder(async (folder) => {
    const world = worldOf(small);
    const { windows, snapshots } = passOver(world);
    const job = {
      kind: "job",
      window: windows[0]!,
      snapshot: snapshots[0]!,
      expected: snapshots[1]!.numbers,
    } as const;
    for (const fails of [false, true]) {
      const abort = new AbortController();
      let ended = 0;
      const open = (): Renderer => ({
        onmessage: null,
        onerror: null,
        postMessage({ kind }) {
          if (kind === "begin") return;
          // It never says that it is done; or it fails, and would be tried again for hours.
          queueMicrotask(() => {
            const data = { kind: "failed", message: "no" } as const;
            if (fails) this.onmessage?.(new MessageEvent("message", { data }));
            setTimeout(() => abort.abort(), 0);
          });
        },
        terminate: () => ended++,
      });
      const counters = new BigInt64Array(new SharedArrayBuffer(16));
      const { signal } = abort;
      const options = { folder, world, workers: 1, retries: 100, counters, open, signal };
      const error = await assertRejects(
        () => renderAll([job], { ...options, onWindow() {} }),
        ReddError,
      );
      assertEquals([error.code, ended > 0], ["INTERRUPTED", true], `${fails}`);
    }
  }));

Deno.test("a folder that is, or lies behind, a link to nothing is named as such", () =>
  inTempFolder((cwd) => {
    Deno.symlinkSync(`${cwd}/nothing`, `${cwd}/link`);
    for (
      const [out, because] of [
        [`${cwd}/link`, "it is a link that leads nowhere"],
        [`${cwd}/link/farm`, "a folder on its way is a link that leads nowhere"],
      ] as const
    ) {
      const error = assertThrows(() => lockDataset(out, "alone"), ReddError);
      assertEquals([error.fault, error.code, error.because], ["input", "LINK_IN_DATASET", because]);
    }
    assertEquals(namesIn(cwd), ["link"]);
    return Promise.resolve();
  }));
