/**
 * Locks that files stand for. The operating system holds a lock and lets go of it when the process
 * ends, however it ends; the text in the file is only there to name the holder.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ReddError } from "../errors.ts";
import { kindOf, NotRegular, readRegularText } from "../files/regular.ts";
import { lstat } from "./trusted_path.ts";

/** A lock that is held. */
export interface FileLock {
  /** Lets go of it. Calling it again does nothing. */
  release(): void;
}

/** Who has a lock: `process 4711`. */
export interface Taken {
  readonly holder: string;
}

/** The most bytes of a lock file, and what stands in one. */
const CAP = 256;
const TEXT = /^process \d+(, port \d+)?$/;

/** Milliseconds between two attempts. */
const LOOK = 50;

/**
 * Takes the lock that a file stands for, as soon as it is free.
 *
 * @param patience How long that may take, in ms from the first attempt; asked anew before each other.
 * @returns the lock, or who still holds it.
 * @throws {ReddError} environment, where something else lies at the path.
 */
export async function waitForLock(
  path: string,
  patience: () => number,
): Promise<FileLock | Taken> {
  for (const began = performance.now();;) {
    const lock = tryLockFile(path);
    if ("release" in lock || performance.now() - began >= patience()) return lock;
    await sleep(LOOK);
  }
}

/** The same for a process that is about to end: without the event loop. */
export function waitForLockSync(path: string, ms: number): FileLock | Taken {
  const pausing = new Int32Array(new SharedArrayBuffer(4));
  for (const began = performance.now();;) {
    const lock = tryLockFile(path);
    if ("release" in lock || performance.now() - began >= ms) return lock;
    Atomics.wait(pausing, 0, 0, LOOK);
  }
}

/**
 * Takes the lock that a file stands for, without waiting for it.
 *
 * @returns the lock, or who holds it.
 * @throws {ReddError} environment, where something else lies at the path.
 */
export function tryLockFile(path: string): FileLock | Taken {
  const file = openLock(path);
  try {
    if (!file.tryLockSync(true)) {
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

/**
 * Opens the file of a lock or makes it; one that is reached through a link, or under two names, is
 * none.
 *
 * @throws {ReddError} environment, where something else lies at the path.
 */
export function openLock(path: string): Deno.FsFile {
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
