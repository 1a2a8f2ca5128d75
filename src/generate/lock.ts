/**
 * Who writes a dataset. The lock is the operating system's, on the folder itself: it leaves nothing
 * behind, and it goes with the process, however that ends. Where a folder cannot be locked, as on
 * Windows and some network file systems, a file beside it is, and stays there. It holds on one
 * machine; on a network file system two machines may not see each other's. Readers of a finished
 * dataset take none, since it may lie on a disk that cannot be written to.
 */
import { ReddError } from "../errors.ts";
import { openRegular } from "../files/regular.ts";
import { writing } from "./write_error.ts";
import { isThere } from "../files/there.ts";

/**
 * `alone` for a whole run, a merge or an extension; `shared` for a shard beside others; `source` for
 * a shard that is merged: as `shared`, and nothing is made for it.
 */
export type Hold = "alone" | "shared" | "source";

/** A lock that is held. */
export interface DatasetLock extends Disposable {
  /** The folder, its links followed. */
  readonly folder: string;
}

function inUse(folder: string): ReddError {
  return new ReddError("environment", "DATASET_IN_USE", {
    cannot: `write the dataset ${folder}`,
    because: "another run is writing it",
    remedy: "Wait for that run, or give another folder with --out",
  });
}

/** The folder, its links followed. A shard that is merged is there, and may not be written to. */
function madeFolder(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    try {
      Deno.mkdirSync(path, { recursive: true });
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.AlreadyExists)) throw thrown;
      // What cannot be followed and yet cannot be made is a link, here or on the way.
      throw deadLink(path, thrown);
    }
    return Deno.realPathSync(path);
  }
}

/**
 * Makes sure that a folder which is not there could be made where its path leads.
 *
 * @throws {ReddError} input, where the path is a link that leads nowhere.
 */
export function refuseDeadLink(path: string): void {
  try {
    Deno.realPathSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound && isThere(path)) throw deadLink(path, thrown);
  }
}

function deadLink(path: string, cause: unknown): ReddError {
  const itself = isThere(path);
  return new ReddError("input", "LINK_IN_DATASET", {
    cannot: `write the dataset ${path}`,
    because: itself
      ? "it is a link that leads nowhere"
      : "a folder on its way is a link that leads nowhere",
    remedy: "Make the folder that the link leads to, remove the link, or give another folder " +
      "with --out",
    cause,
  });
}

/** Where the file lies that is locked in the place of a folder. */
export function lockBeside(folder: string): string {
  return `${folder}.lock`;
}

/** Opens and locks a folder, and tells whether nobody else has; undefined where folders cannot be. */
function lockedItself(folder: string, exclusive: boolean): [Deno.FsFile, boolean] | undefined {
  if (Deno.build.os === "windows") return undefined;
  const file = Deno.openSync(folder, { read: true });
  try {
    return [file, file.tryLockSync(exclusive)];
  } catch {
    // Only the file system can refuse to try.
    file.close();
    return undefined;
  }
}

/** Opens the file beside a folder; it is never removed, since another run may hold it. */
function openBeside(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, createNew: true });
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.AlreadyExists)) throw thrown;
    return openRegular(path);
  }
}

/**
 * Makes the folder where there is none, and locks it without waiting.
 *
 * @throws {ReddError} environment, when another run holds it or the folder cannot be made.
 */
export function lockDataset(path: string, hold: Hold): DatasetLock {
  return writing(path, () => {
    const folder = hold === "source" ? Deno.realPathSync(path) : madeFolder(path);
    const exclusive = hold === "alone";
    const itself = lockedItself(folder, exclusive);
    const [file, locked] = itself ?? lockedBeside(folder, hold);
    const held = { folder, [Symbol.dispose]: () => file?.close() };
    // A run that replaced the folder itself meanwhile has another one.
    if (locked && (itself === undefined || isStill(folder, itself[0]))) return held;
    file?.close();
    throw inUse(path);
  });
}

/** Locks the file beside a folder; of a shard that is merged, only one that is there. */
function lockedBeside(folder: string, hold: Hold): [Deno.FsFile | undefined, boolean] {
  const path = lockBeside(folder);
  if (hold === "source" && !isThere(path)) return [undefined, true];
  const file = hold === "source" ? openRegular(path) : openBeside(path);
  return [file, file.tryLockSync(hold === "alone")];
}

/** Whether a path still names the file that was opened and locked. */
function isStill(path: string, file: Deno.FsFile): boolean {
  const [locked, there] = [file.statSync(), Deno.statSync(path)];
  return locked.ino === there.ino && locked.dev === there.dev;
}
