/** The user's own copy of PostgreSQL's binaries, from which alone they are run. */
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { type Account } from "./account.ts";
import { type Binaries } from "./binaries.ts";
import { contentsOf, isCopy, makeCopy } from "./copy.ts";
import { onDisk } from "./disk.ts";
import { type FileLock, waitForLock } from "./lock.ts";
import { userFolder } from "./user_folders.ts";
import { tellOfWaiting, throwIfInterrupted, type Waits } from "./waiting.ts";

/** How long another run may take to make the same copy, in ms. */
const PATIENCE = 120_000;

/** Signs that a shell reads between double quotes, in which `pg_ctl` puts the path of the binaries. */
const SHELL = /["$`\\\p{Cc}]/u;

/**
 * Finds the copy of the binaries, or makes it.
 *
 * @returns its folder.
 * @throws {ReddError} environment, when there is no place for it; interrupted.
 */
export async function cachedBinaries(
  binaries: Binaries,
  account: Account,
  waits: Waits,
): Promise<string> {
  const cache = await userFolder("cache", account);
  const copy = copyOf(binaries, cache);
  if (SHELL.test(copy)) {
    throw new ReddError("environment", "CACHE_NAME", {
      cannot: `run the embedded server's programs in ${copy}`,
      because: "its name has characters that a shell would read",
      remedy: "Name another folder with XDG_CACHE_HOME",
    });
  }
  const contents = contentsOf(binaries.native);
  if (await isCopy(binaries.native, copy, contents, waits)) return copy;
  const writing = {
    cannot: `copy the binaries of PostgreSQL to ${cache}`,
    room: "about 70 MB there",
    elsewhere: "name a folder on another disk with XDG_CACHE_HOME",
  };
  const lock = await onDisk(writing, () => lockCache(cache, waits));
  try {
    // Another run may have made it meanwhile.
    if (await isCopy(binaries.native, copy, contents, waits)) return copy;
    await onDisk(writing, () => makeCopy(binaries.native, copy, contents, waits));
    return copy;
  } finally {
    lock.release();
  }
}

/** Where the copy lies in the user's cache. */
export function copyOf({ release }: Binaries, cache: string): string {
  return join(cache, `postgresql-${release}`);
}

async function lockCache(cache: string, waits: Waits): Promise<FileLock> {
  const quiet = tellOfWaiting("another run that copies the binaries of PostgreSQL", waits);
  const patience = () => waits.signal?.aborted ? 0 : PATIENCE;
  const lock = await waitForLock(join(cache, "copy.lock"), patience).finally(quiet);
  if ("release" in lock) return lock;
  throwIfInterrupted(waits);
  throw new ReddError("environment", "COPY_IN_USE", {
    cannot: `copy the binaries of PostgreSQL to ${cache}`,
    because: `another run of Redd has been at it for ${PATIENCE / 1000} s (${lock.holder})`,
    remedy: "End that run and try again",
  });
}
