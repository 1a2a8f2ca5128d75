/**
 * The user's own copy of the binaries, from which alone they are run.
 *
 * A copy is needed because the account that runs the server can seldom read the package, and because
 * the links between the libraries, which the package's install script would make, are not in it: that
 * script never runs. Before it is used, the copy is compared with the package byte by byte (a tenth of
 * a second): what a disk or a person has damaged is made anew.
 */
import { Buffer } from "node:buffer";
import { dirname, join, relative } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { ReddError } from "../errors.ts";
import { syncFolder } from "../files/create.ts";
import { readRegular, readRegularText } from "../files/regular.ts";
import { type Account } from "./account.ts";
import { type Binaries } from "./binaries.ts";
import { onDisk } from "./disk.ts";
import { type FolderLock, tryLockFile } from "./lock.ts";
import { userFolder } from "./user_folders.ts";
import { pause, tellOfWaiting, throwIfInterrupted, type Waits } from "./waiting.ts";

/** The paths begin with `native/`. */
const linksSchema = z.array(z.object({
  source: z.string().regex(/^native\/(?!.*\.\.)/),
  target: z.string().regex(/^native\/(?!.*\.\.)/),
}));

/** The most bytes of a file of the package. */
const CAP = 256 << 20;

/** How long another run may take to make the same copy, in ms. */
const PATIENCE = 120_000;

/** Signs that a shell reads between double quotes, in which `pg_ctl` puts the path of the binaries. */
// deno-lint-ignore no-control-regex
const SHELL = /["$`\\\x00-\x1f]/;

/** What a copy has to hold: relative paths. */
interface Contents {
  readonly folders: readonly string[];
  /** The rights of every file. */
  readonly files: ReadonlyMap<string, number>;
  /** What every link points to, relative to the folder it is in. */
  readonly links: ReadonlyMap<string, string>;
}

/**
 * Finds the copy of the binaries, or makes it.
 *
 * @returns its folder.
 * @throws {ReddError} environment, when there is no place for it; interrupted.
 */
export async function copyBinaries(
  binaries: Binaries,
  account: Account,
  waits: Waits,
): Promise<string> {
  const cache = await userFolder("cache", account);
  const copy = copyOf(binaries, cache);
  if (SHELL.test(copy)) {
    throw new ReddError("environment", "CACHE_NAME", {
      cannot: `run the embedded server's programs in ${copy}`,
      because: "its name has signs that a shell would read",
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
    await onDisk(writing, () => make(binaries.native, copy, contents, waits));
    return copy;
  } catch (error) {
    // A full disk is not left fuller.
    removeTree(partialOf(copy));
    throw error;
  } finally {
    lock.release();
  }
}

/** Where the copy lies in the user's cache. */
export function copyOf({ release }: Binaries, cache: string): string {
  return join(cache, `postgresql-${release}`);
}

function partialOf(copy: string): string {
  return `${copy}.partial`;
}

async function lockCache(cache: string, waits: Waits): Promise<FolderLock> {
  const began = performance.now();
  const quiet = tellOfWaiting("another run that copies the binaries of PostgreSQL", waits);
  try {
    for (;;) {
      const lock = await tryLockFile(join(cache, "copy.lock"));
      if ("release" in lock) return lock;
      if (performance.now() - began > PATIENCE) {
        throw new ReddError("environment", "COPY_IN_USE", {
          cannot: `copy the binaries of PostgreSQL to ${cache}`,
          because: `another run of Redd has been at it for ${PATIENCE / 1000} s (${lock.holder})`,
          remedy: "End that run and try again",
        });
      }
      await pause(100, waits.signal);
      throwIfInterrupted(waits);
    }
  } finally {
    quiet();
  }
}

/** Reads what the package holds. Links that its install script has made are those of its list. */
function contentsOf(native: string): Contents {
  const list: unknown = JSON.parse(readRegularText(join(native, "pg-symlinks.json"), CAP));
  const links = new Map<string, string>();
  for (const { source, target } of linksSchema.parse(list)) {
    links.set(relative("native", target), relative(dirname(target), source));
  }
  const folders: string[] = [];
  const files = new Map<string, number>();
  const walk = (folder: string) => {
    folders.push(folder);
    for (const { name, isDirectory } of Deno.readDirSync(join(native, folder))) {
      const path = join(folder, name);
      if (links.has(path)) continue;
      if (isDirectory) walk(path);
      else files.set(path, (Deno.lstatSync(join(native, path)).mode ?? 0) & 0o100 ? 0o755 : 0o644);
    }
  };
  walk("");
  return { folders, files, links };
}

/** Gives the timers and the signal their turn, while many files are gone through. */
async function breathe(nth: number, waits: Waits): Promise<void> {
  if (nth % 32 !== 0) return;
  await nextTurn();
  throwIfInterrupted(waits);
}

/** Is there a copy that holds the same files and links, with the same bytes, and nothing besides? */
async function isCopy(
  native: string,
  copy: string,
  { folders, files, links }: Contents,
  waits: Waits,
): Promise<boolean> {
  try {
    let entries = 0;
    for (const folder of folders) {
      if (!isOurs(Deno.lstatSync(join(copy, folder)), "isDirectory", 0o755)) return false;
      entries += [...Deno.readDirSync(join(copy, folder))].length;
    }
    if (entries !== folders.length - 1 + files.size + links.size) return false;
    for (const [path, target] of links) {
      if (Deno.readLinkSync(join(copy, path)) !== target) return false;
    }
    let nth = 0;
    for (const [path, mode] of files) {
      await breathe(++nth, waits);
      if (!isOurs(Deno.lstatSync(join(copy, path)), "isFile", mode)) return false;
      const [wanted, found] = [native, copy].map((at) => readRegular(join(at, path), CAP));
      if (Buffer.compare(wanted!, found!) !== 0) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof ReddError) throw error;
    return false;
  }
}

function isOurs(info: Deno.FileInfo, kind: "isFile" | "isDirectory", mode: number): boolean {
  return info[kind] && info.uid === Deno.uid() &&
    (info.mode === null || (info.mode & 0o7777) === mode);
}

/** Makes the copy, which appears by renaming. The caller holds the lock. */
async function make(native: string, copy: string, contents: Contents, waits: Waits): Promise<void> {
  const partial = partialOf(copy);
  const old = `${copy}.old`;
  removeTree(partial);
  removeTree(old);
  for (const folder of contents.folders) {
    Deno.mkdirSync(join(partial, folder));
    Deno.chmodSync(join(partial, folder), 0o755);
  }
  let nth = 0;
  for (const [path, mode] of contents.files) {
    await breathe(++nth, waits);
    Deno.copyFileSync(join(native, path), join(partial, path));
    Deno.chmodSync(join(partial, path), mode);
  }
  for (const [path, target] of contents.links) Deno.symlinkSync(target, join(partial, path));
  for (const path of contents.files.keys()) {
    await breathe(++nth, waits);
    using file = Deno.openSync(join(partial, path));
    file.syncSync();
  }
  for (const folder of contents.folders) syncFolder(join(partial, folder));
  try {
    Deno.renameSync(copy, old);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  Deno.renameSync(partial, copy);
  syncFolder(dirname(copy));
  removeTree(old);
}

function removeTree(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
