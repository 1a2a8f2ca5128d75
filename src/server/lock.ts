/**
 * One run per folder. The operating system holds the lock and lets go of it when the process ends,
 * however it ends; the text in the file is only there to name the holder.
 */
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { kindOf, NotRegular, readRegularText } from "../files/regular.ts";
import { EMPTY_SERVER, onDisk } from "./disk.ts";
import { lstat } from "./trusted_path.ts";

/** A lock that is held. */
export interface FolderLock {
  /** Says where the holder's server can be reached, for the message to the next run. */
  describe(port: number): void;
  release(): void;
}

/** The most bytes of a lock file, and what stands in one. */
const CAP = 256;
const TEXT = /^process \d+(, port \d+)?$/;

/**
 * Takes the lock of a server's folder without waiting for it.
 *
 * @throws {ReddError} environment, when another run holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const cannot = `start the embedded server in ${folder}`;
  const writing = {
    cannot,
    room: EMPTY_SERVER,
    elsewhere: "give a folder on another disk with --data-dir",
  };
  const lock = await onDisk(writing, () => tryLockFile(join(folder, "redd.lock")));
  if ("release" in lock) return lock;
  throw new ReddError("environment", "DATA_FOLDER_IN_USE", {
    cannot,
    because: `another run of Redd uses it (${lock.holder})`,
    remedy: "Give that server's URL with --database-url, end the other run, " +
      "or give another folder with --data-dir",
  });
}

/**
 * Takes the lock that a file stands for, without waiting for it.
 *
 * @returns the lock, or who holds it.
 * @throws {ReddError} environment, where something else lies at the path.
 */
export async function tryLockFile(path: string): Promise<FolderLock | { holder: string }> {
  const file = openLock(path);
  try {
    if (!await file.tryLock(true)) {
      file.close();
      return { holder: holderIn(path) };
    }
    write(file, `process ${Deno.pid}`);
  } catch (error) {
    try {
      file.close();
    } catch {
      // It is closed.
    }
    throw error;
  }
  let held = true;
  return {
    describe: (port) => write(file, `process ${Deno.pid}, port ${port}`),
    release() {
      if (!held) return;
      held = false;
      file.close();
    },
  };
}

function write(file: Deno.FsFile, text: string): void {
  file.truncateSync();
  file.seekSync(0, Deno.SeekMode.Start);
  file.writeSync(new TextEncoder().encode(text));
}

function holderIn(path: string): string {
  try {
    const text = readRegularText(path, CAP).trim();
    return TEXT.test(text) ? text : "it does not say which";
  } catch {
    return "it does not say which";
  }
}

/** Opens the file or makes it; one that is reached through a link, or under two names, is none. */
function openLock(path: string): Deno.FsFile {
  try {
    return createLock(path) ?? reopenLock(path) ?? createLock(path) ?? raced(path);
  } catch (cause) {
    if (!(cause instanceof NotRegular || cause instanceof Deno.errors.PermissionDenied)) {
      throw cause;
    }
    throw new ReddError("environment", "LOCK_STRANGE", {
      cannot: "lock the embedded server's folder",
      because: cause instanceof NotRegular ? cause.message : `${path} belongs to another user`,
      remedy: `Remove it, or give another folder with --data-dir`,
      cause,
    });
  }
}

function createLock(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path, { read: true, write: true, createNew: true, mode: 0o600 });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    throw error;
  }
}

function raced(path: string): never {
  throw new NotRegular(path, "made and removed by somebody else again and again");
}

/** Opens what is there; undefined when it has just gone. */
function reopenLock(path: string): Deno.FsFile | undefined {
  const seen = lstat(path);
  if (seen === undefined) return undefined;
  if (!seen.isFile) throw new NotRegular(path, kindOf(seen));
  if (seen.uid !== Deno.uid()) throw new NotRegular(path, "a file of another user");
  const file = Deno.openSync(path, { read: true, write: true });
  const { dev, ino, nlink } = file.statSync();
  if (dev === seen.dev && ino === seen.ino && nlink === 1) return file;
  file.close();
  throw new NotRegular(
    path,
    nlink === 1 ? "another file than a moment ago" : "one of several links",
  );
}
