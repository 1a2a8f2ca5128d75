/** Making files and folders where somebody else may have left a trap: nothing is written through a link. */
import { dirname } from "node:path";
import { kindOf, NotRegular } from "./regular.ts";
import { isThere } from "./there.ts";

/**
 * Creates a file for writing. What bears the name is removed first, never opened: of a link the link
 * goes and its target stays. Needs permission to write only.
 *
 * @param mode The permissions of the file, such as `0o600`.
 * @throws what Deno throws, AlreadyExists where somebody was faster.
 */
export function createNew(path: string, mode?: number): Deno.FsFile {
  removeFile(path);
  return Deno.openSync(path, {
    write: true,
    createNew: true,
    ...(mode === undefined ? {} : { mode }),
  });
}

/**
 * Removes a file, a link or an empty folder, if there is one.
 *
 * @throws {NotRegular} for a folder in which something is.
 */
export function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return;
    if ((thrown as { code?: unknown }).code !== "ENOTEMPTY") throw thrown;
    throw new NotRegular(path, "a folder");
  }
}

/** How often a folder is emptied anew, and how long is waited in between, in milliseconds. */
const AGAIN = { times: 100, pause: 20 } as const;

/**
 * Removes a folder with all in it, if it is there; of a link the link alone. A worker that has just
 * been ended may finish the file that it was writing, so what has come meanwhile is removed, too, for
 * two seconds at most.
 *
 * @throws what Deno throws, where it cannot be removed.
 */
export function removeFolder(path: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let time = 1;; time++) {
    try {
      return Deno.removeSync(path, { recursive: true });
    } catch (thrown) {
      if (thrown instanceof Deno.errors.NotFound && !isThere(path)) return;
      if (time === AGAIN.times) throw thrown;
      Atomics.wait(clock, 0, 0, AGAIN.pause);
    }
  }
}

/**
 * Makes a folder, or sees that there is a real one; its parent must be there.
 *
 * @throws {NotRegular} where a link or something else is in its way.
 */
export function makeFolder(path: string, mode?: number): void {
  try {
    Deno.mkdirSync(path, mode === undefined ? {} : { mode });
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.AlreadyExists)) throw thrown;
    const info = Deno.lstatSync(path);
    if (!info.isDirectory) throw new NotRegular(path, kindOf(info), "a folder");
  }
}

/** Writes all of some bytes. */
export function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += file.writeSync(done === 0 ? bytes : bytes.subarray(done));
  }
}

/**
 * Writes a file so that it is there as a whole or not at all, also after a power cut.
 *
 * @param partial The name it has until then; one for each of several writers.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  partial = `${path}.partial`,
): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  {
    using file = createNew(partial);
    writeAll(file, bytes);
    file.syncSync();
  }
  Deno.renameSync(partial, path);
  syncFolder(dirname(path));
}

/** Writes a file under its own name; what bore the name is removed. */
export function writeNew(path: string, text: string): void {
  using file = createNew(path);
  writeAll(file, new TextEncoder().encode(text));
}

/** How many files are synced at once: one after the other takes four times as long. */
const AT_ONCE = 16;

/**
 * Has the content of files reach the disk.
 *
 * @param onFile Called after each.
 */
export async function syncFiles(
  paths: readonly string[],
  onFile: () => void = () => {},
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      using file = await Deno.open(path, { read: true });
      await file.sync();
      onFile();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Has the names in a folder reach the disk; nothing on systems that cannot open a folder. */
export function syncFolder(path: string): void {
  if (Deno.build.os === "windows") return;
  using folder = Deno.openSync(path, { read: true });
  folder.syncSync();
}
