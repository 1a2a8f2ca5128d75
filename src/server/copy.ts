/**
 * A copy of the package with PostgreSQL's binaries, and whether one is like the package.
 *
 * A copy is needed because the account that runs the server can seldom read the package, and because
 * the links between the libraries, which the package's install script would make, are not in it: that
 * script never runs. Before it is used, the copy is compared with the package byte by byte (a tenth of
 * a second): what a disk or a person has damaged is made anew.
 */
import { Buffer } from "node:buffer";
import { dirname, join, relative } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "../packages/zod.ts";
import { ReddError } from "../errors.ts";
import { syncFolder } from "../files/create.ts";
import { readRegular, readRegularText } from "../files/regular.ts";
import { throwIfInterrupted, type Waits } from "./waiting.ts";

/** The paths begin with `native/`. */
const linksSchema = z.array(z.object({
  source: z.string().regex(/^native\/(?!.*\.\.)/),
  target: z.string().regex(/^native\/(?!.*\.\.)/),
}));

/** The most bytes of a file of the package. */
const CAP = 256 << 20;

/** What a copy has to hold: relative paths. */
export interface Contents {
  readonly folders: readonly string[];
  /** The rights of every file. */
  readonly files: ReadonlyMap<string, number>;
  /**
   * The file that every link stands for. In the copy these are second names of the files: Deno makes
   * links only for programs that may read and write everything.
   */
  readonly links: ReadonlyMap<string, string>;
}

/** Reads what the package holds. Links that its install script has made are those of its list. */
export function contentsOf(native: string): Contents {
  const list: unknown = JSON.parse(readRegularText(join(native, "pg-symlinks.json"), CAP));
  const links = new Map<string, string>();
  for (const { source, target } of linksSchema.parse(list)) {
    links.set(relative("native", target), relative("native", source));
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
export async function isCopy(
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
    for (const [path, source] of links) {
      if (!isSame(Deno.lstatSync(join(copy, path)), Deno.lstatSync(join(copy, source)))) {
        return false;
      }
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

function isSame(one: Deno.FileInfo, other: Deno.FileInfo): boolean {
  return one.isFile && one.ino !== null && one.ino === other.ino && one.dev === other.dev;
}

function isOurs(info: Deno.FileInfo, kind: "isFile" | "isDirectory", mode: number): boolean {
  return info[kind] && info.uid === Deno.uid() &&
    (info.mode === null || (info.mode & 0o7777) === mode);
}

/**
 * Makes the copy, which appears by renaming. The caller keeps other runs away.
 *
 * @throws {ReddError} interrupted; what Deno throws where it cannot be written.
 */
export async function makeCopy(
  native: string,
  copy: string,
  contents: Contents,
  waits: Waits,
): Promise<void> {
  const partial = `${copy}.partial`;
  try {
    await fill(native, partial, contents, waits);
  } catch (error) {
    // A full disk is not left fuller.
    removeTree(partial);
    throw error;
  }
  const old = `${copy}.old`;
  removeTree(old);
  try {
    Deno.renameSync(copy, old);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  Deno.renameSync(partial, copy);
  syncFolder(dirname(copy));
  removeTree(old);
}

async function fill(
  native: string,
  partial: string,
  contents: Contents,
  waits: Waits,
): Promise<void> {
  removeTree(partial);
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
  for (const [path, source] of contents.links) {
    Deno.linkSync(join(partial, source), join(partial, path));
  }
  for (const path of contents.files.keys()) {
    await breathe(++nth, waits);
    using file = Deno.openSync(join(partial, path));
    file.syncSync();
  }
  for (const folder of contents.folders) syncFolder(join(partial, folder));
}

function removeTree(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
