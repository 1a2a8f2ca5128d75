/** The file of an archive: written as a whole or not at all, with its sha256 beside it. */
import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";
import { ReddError } from "../errors.ts";
import { onEarlyExit } from "../early_exit.ts";
import { createNew, removeFile, syncFolder, writeAll, writeWhole } from "../files/create.ts";
import { kindOf, readRegular } from "../files/regular.ts";
import { MANIFEST_FILE } from "../dataset/manifest.ts";
import { refuseInDataset } from "../schedule/write.ts";
import { BLOCK, headerFault } from "./tar.ts";

/** What follows the name of an archive in that of the file with its sha256. */
export const SUM_SUFFIX = ".sha256";

/** What `sha256sum` writes is not longer. */
const LONGEST_SUM = 5000;

/** A file that is being written. */
export interface ArchiveOutput extends Disposable {
  write(bytes: Uint8Array): void;
  /** Has it reach the disk under its own name; returns its sha256 and its length in bytes. */
  finish(): { readonly sha256: string; readonly bytes: number };
}

/**
 * Begins the file of an archive beside its own place. Disposed before it is finished, nothing is left.
 *
 * @param force Replaces an archive of Redd's; any other file is never touched.
 * @throws {ReddError} input, when there is a file, or it would lie in a dataset.
 */
export function openOutput(path: string, force: boolean): ArchiveOutput {
  const cannot = `write the archive ${path}`;
  refuseInDataset(path, cannot, "Give a file elsewhere with --output");
  refuseUnreadable(path, cannot);
  refuseOthers(path, cannot, force);
  const partial = `${path}.partial`;
  refuseBegun(partial, cannot);
  const file = createNew(partial);
  hold(file);
  const forget = onEarlyExit(() => removeFile(partial), { signals: false });
  const hash = createHash("sha256");
  let [bytes, done] = [0, false];
  return {
    write(piece) {
      writeAll(file, piece);
      hash.update(piece);
      bytes += piece.length;
    },
    finish() {
      file.syncSync();
      refuseOthers(path, cannot, force);
      // Where files cannot be locked, another run may have begun in this one's place.
      if (file.statSync().ino !== lstat(partial)?.ino) throw begunElsewhere(partial, cannot);
      const sha256 = hash.digest("hex");
      const sum = `${path}${SUM_SUFFIX}`;
      // Killed at any time, no archive has the sum of another beside it: a new one has its own first,
      // one that is replaced loses its own before.
      const replaced = lstat(path) !== undefined;
      if (replaced) {
        removeFile(sum);
        syncFolder(dirname(path));
      } else writeWhole(sum, sumLine(sha256, path));
      Deno.renameSync(partial, path);
      done = true;
      if (replaced) writeWhole(sum, sumLine(sha256, path));
      syncFolder(dirname(path));
      return { sha256, bytes };
    },
    [Symbol.dispose]() {
      forget();
      if (!done && file.statSync().ino === lstat(partial)?.ino) removeFile(partial);
      file.close();
    },
  };
}

/** @throws {ReddError} input, for a name of which programs make several lines. */
function refuseUnreadable(path: string, cannot: string): void {
  if (!/\p{Cc}/u.test(basename(path))) return;
  throw new ReddError("input", "NAME_INVALID", {
    cannot,
    because: "its name has a control character, which sha256sum and others do not read back",
    remedy: "Give another name with --output",
  });
}

/** What `sha256sum` writes of a file: a name with a backslash is escaped, and the line says so. */
function sumLine(sha256: string, path: string): string {
  const name = basename(path);
  const escaped = name.replaceAll("\\", "\\\\");
  return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}\n`;
}

/** @throws {ReddError} input, where a file is in the way that must stay. */
function refuseOthers(path: string, cannot: string, force: boolean): void {
  const there = lstat(path);
  if (there !== undefined && !(force && isOwnArchive(path, there))) {
    throw new ReddError("input", "ARCHIVE_EXISTS", {
      cannot,
      because: force || !there.isFile
        ? `${kindOf(there)} is there that is no archive`
        : lstat(`${path}${SUM_SUFFIX}`) === undefined
        ? "it is there already, without its sha256, as a run leaves it that is killed"
        : "it is there already",
      remedy: force || !there.isFile
        ? "Move that away, or give another file with --output"
        : "Give another file with --output, or --force to replace an archive",
    });
  }
  const sum = `${path}${SUM_SUFFIX}`;
  const beside = lstat(sum);
  if (beside !== undefined && !isSum(sum, beside)) {
    throw new ReddError("input", "ARCHIVE_EXISTS", {
      cannot,
      because: `${sum}, where its sha256 would be written, is somebody's own`,
      remedy: "Move that away, or give another file with --output",
    });
  }
}

/** Holds a file against other runs, as long as it is open; tells whether nobody else does. */
function hold(file: Deno.FsFile): boolean {
  try {
    return file.tryLockSync(true);
  } catch {
    // Only the file system can refuse to try.
    return true;
  }
}

/** @throws {ReddError} where what another run has begun, or a file of somebody's, is in the way. */
function refuseBegun(partial: string, cannot: string): void {
  const there = lstat(partial);
  if (there === undefined) return;
  if (!there.isFile || (there.size > 0 && !isOwnArchive(partial, there))) {
    throw new ReddError("input", "ARCHIVE_EXISTS", {
      cannot,
      because: `${partial}, where it would begin, is somebody's own`,
      remedy: "Move that away, or give another file with --output",
    });
  }
  using file = Deno.openSync(partial, { read: true });
  if (!hold(file)) throw begunElsewhere(partial, cannot);
}

function begunElsewhere(partial: string, cannot: string): ReddError {
  return new ReddError("environment", "ARCHIVE_IN_USE", {
    cannot,
    because: `another run is writing ${partial}`,
    remedy: "Wait for that run, or give another file with --output",
  });
}

function lstat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

function isOwnArchive(path: string, { isFile }: Deno.FileInfo): boolean {
  if (!isFile) return false;
  using file = Deno.openSync(path, { read: true });
  const header = new Uint8Array(BLOCK);
  return file.readSync(header) === BLOCK && headerFault(header, MANIFEST_FILE) === undefined;
}

/** Whether an archive, by its beginning, is what a path names; links are followed. */
export function isArchiveFile(path: string): boolean {
  try {
    const file = Deno.statSync(path);
    return isOwnArchive(path, file);
  } catch {
    return false;
  }
}

/** Whether a file is what stands beside an archive. */
function isSum(path: string, { isFile, size }: Deno.FileInfo): boolean {
  if (!isFile || size > LONGEST_SUM) return false;
  return /^\\?[0-9a-f]{64} {2}[^\n]*\n$/.test(
    new TextDecoder().decode(readRegular(path, LONGEST_SUM)),
  );
}
