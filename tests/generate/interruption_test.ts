// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { generate } from "../../src/generate/generate.ts";
import { MANIFEST_FILE } from "../../src/dataset/manifest.ts";
import { fixtures, lean } from "../small_farm.ts";
import { digestsIn, filesIn, inTempFolder } from "./files.ts";
import { generateSmall, longer } from "./small_dataset.ts";

const CHILD = new URL("./generate_in_child.ts", import.meta.url).pathname;
const CONFIG = new URL("../deno.json", import.meta.url).pathname;

/** How many windows are recorded as complete in a folder. */
function recorded(folder: string): number {
  try {
    return Array.from(Deno.readDirSync(`${folder}/work`))
      .filter(({ name }) => /^\d{4}-\d{2}\.json$/.test(name)).length;
  } catch {
    return 0;
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Starts the child and kills it as soon as it has completed so many more windows. */
async function killedAfter(folder: string, windows: number): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, folder],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const enough = recorded(folder) + windows;
  const ended = child.status.then(() => true);
  const tick = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 1));
  while (recorded(folder) < enough && !await Promise.race([ended, tick()]));
  child.kill("SIGKILL");
  assertEquals((await child.status).signal, "SIGKILL");
}

Deno.test("a run that is killed again and again ends in the bytes of an undisturbed one", () =>
  inTempFolder(async (folder) => {
    const killed = `${folder}/killed`;
    for (const windows of [1, 3, 1]) await killedAfter(killed, windows);
    const done = recorded(killed);
    assert(done >= 5 && !exists(`${killed}/${MANIFEST_FILE}`), `${done} windows were done`);

    // One part of a completed window is cut, as if the disk had lost its end.
    const deaths = "data/batch_mortalityevent";
    const [cut, ...kept] = Array.from(Deno.readDirSync(`${killed}/${deaths}`), ({ name }) => name)
      .filter((name) => exists(`${killed}/work/${name.replace(".csv", ".json")}`)).sort();
    Deno.truncateSync(`${killed}/${deaths}/${cut}`, 100);

    const before = filesIn(killed);
    const options = { schedule: longer, fixtures: lean, seed: 7, workers: 2 };
    assertEquals((await generate({ ...options, folder: killed })).found, "begun");
    const after = filesIn(killed);
    assert(kept.length >= 4);
    for (const name of kept) {
      const path = `${deaths}/${name}`;
      assertEquals(after.get(path), before.get(path), "what was complete is kept");
    }
    await generate({ ...options, folder: `${folder}/whole` });
    assertEquals(digestsIn(killed), digestsIn(`${folder}/whole`));
  }));

Deno.test("a run that is aborted keeps what it has completed, and the next one goes on", () =>
  inTempFolder(async (folder) => {
    const options = { schedule: longer, fixtures: lean, seed: 7, workers: 2 };
    const stopped = `${folder}/stopped`;
    const abort = new AbortController();
    const watch = setInterval(() => recorded(stopped) > 0 && abort.abort(), 1);
    const run = () => generate({ ...options, folder: stopped, signal: abort.signal });
    const error = await assertRejects(run, ReddError);
    clearInterval(watch);
    assertEquals([error.fault, error.code], ["interrupted", "INTERRUPTED"]);
    assertEquals(
      error.message,
      `Cannot finish the dataset ${stopped}: it was interrupted. ` +
        "Run the same command again to go on.",
    );
    assert(recorded(stopped) > 0 && !exists(`${stopped}/${MANIFEST_FILE}`));
    await generate({ ...options, folder: stopped });
    await generate({ ...options, folder: `${folder}/whole` });
    assertEquals(digestsIn(stopped), digestsIn(`${folder}/whole`));
  }));

/** Runs a command; tells whether it succeeded. */
function succeeds(command: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(command, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Runs a test on a small disk in memory; where none may be mounted, says so. */
async function onSmallDisk(size: string, test: (disk: string) => Promise<void>): Promise<void> {
  await inTempFolder(async (folder) => {
    const disk = `${folder}/disk`;
    Deno.mkdirSync(disk);
    if (!succeeds("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk)) {
      throw new Error("mounted before, refused now");
    }
    try {
      await test(disk);
    } finally {
      succeeds("umount", "-l", disk);
    }
  });
}

/** Whether this machine lets the tests mount a small disk. */
const mountable = (() => {
  const folder = Deno.makeTempDirSync();
  const mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
  if (mounted) succeeds("umount", folder);
  Deno.removeSync(folder);
  return mounted;
})();
const why = mountable ? "" : " (ignored: a small disk cannot be mounted here)";

/** Generates on a full disk, then on the same disk grown. */
async function fullThenGrown(size: string): Promise<void> {
  await onSmallDisk(size, async (disk) => {
    const out = `${disk}/dataset`;
    const error = await assertRejects(
      () => generateSmall(out, { fixtures, workers: 2 }),
      ReddError,
    );
    assertEquals([error.fault, error.code, error.exitCode], ["environment", "DISK_FULL", 3]);
    assertEquals(
      error.message,
      `Cannot write the dataset ${out}: the disk is full. Free some space and run the same ` +
        "command again: it goes on where it stopped.",
    );
    assert(!exists(`${out}/${MANIFEST_FILE}`), "nothing half-done looks done");
    assert(succeeds("mount", "-o", "remount,size=200m", disk));
    assertEquals((await generateSmall(out, { fixtures })).found, "begun");
    await generateSmall(`${disk}/whole`, { fixtures });
    assertEquals(digestsIn(out), digestsIn(`${disk}/whole`));
  });
}

Deno.test({
  name: `a disk that fills up while windows are written is named, and a rerun completes${why}`,
  ignore: !mountable,
  fn: () => fullThenGrown("2m"),
});

Deno.test({
  name: `a disk that fills up while tables are joined is named, and a rerun completes${why}`,
  ignore: !mountable,
  fn: () => fullThenGrown("7m"),
});

Deno.test({
  name: `a disk that is full from the beginning is named, and a rerun completes${why}`,
  ignore: !mountable,
  fn: () =>
    onSmallDisk("64k", async (disk) => {
      try {
        Deno.writeFileSync(`${disk}/ballast`, new Uint8Array(100_000));
      } catch {
        // The disk is full now, as it should be.
      }
      const error = await assertRejects(() => generateSmall(`${disk}/dataset`), ReddError);
      assertEquals([error.fault, error.code], ["environment", "DISK_FULL"]);
      Deno.removeSync(`${disk}/ballast`);
      assert(succeeds("mount", "-o", "remount,size=200m", disk));
      await generateSmall(`${disk}/dataset`);
      assert(exists(`${disk}/dataset/${MANIFEST_FILE}`));
    }),
});
