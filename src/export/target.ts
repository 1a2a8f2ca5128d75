/**
 * Where an export goes. It is made in a folder beside, which takes the place of nothing: what bears
 * the name of the target stays, whoever has put it there.
 */
import { dirname, join, resolve } from "node:path";
import { messageOf, ReddError } from "../errors.ts";
import { makeFolder, syncFiles, syncFolder } from "../files/create.ts";
import { isThere } from "../files/there.ts";
import { codeOfRefusal, type Goal, writeFailure } from "../files/write_failure.ts";
import { refuseInDataset } from "../schedule/write.ts";

/** The folder in which the export to a path is made. */
export function workOf(target: string): string {
  return `${target}.partial`;
}

/** What an export's work may hold, and how files of it begin: whatever else lies there is another's. */
const OWN: readonly (readonly [path: RegExp, start: string, at: number])[] = [
  [/^datapackage\.json$/, "{", 0],
  [/^(?:(?<table>[a-z\d_]+)\/)?(?:[a-z\d_]+|\d{4}-\d{2})\.parquet$/, "PAR1", 0],
  [/^(?<table>[a-z\d_]+)\/month=\d{4}-\d{2}\/\k<table>\.parquet$/, "PAR1", 0],
  [/^export\.duckdb$/, "DUCK", 8],
  [/^export\.duckdb(?:\.wal|\.tmp\/[\w.-]+)$/, "", 0],
];

/** Whether an export may have written a file of its work; one that was killed leaves empty ones, too. */
function isOwn(folder: string, path: string): boolean {
  return OWN.some(([form, start, at]) =>
    form.test(path) && beginsWith(join(folder, path), start, at)
  );
}

function beginsWith(path: string, start: string, at: number): boolean {
  if (!Deno.lstatSync(path).isFile) return false;
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(at + start.length);
  const length = file.readSync(bytes) ?? 0;
  if (length < bytes.length) return length === 0 || start === "{";
  const found = new TextDecoder().decode(bytes.subarray(at));
  // Pages that were not written yet are zeros.
  return found === start || bytes.every((byte) => byte === 0);
}

/** What is said of a target that cannot be written. */
export function goalOf(target: string): Goal {
  return {
    cannot: `export to ${target}`,
    noun: "file",
    flag: "--output",
    again: "run the same command again",
    fewer: "",
  };
}

/** An export that is being made. */
export interface ExportWork extends Disposable {
  /** The whole path of the folder in which it is made. */
  readonly folder: string;
  /**
   * Gives the target what is made: the folder itself, or a file of it; after it has reached the disk.
   *
   * @param made The path of a file in the folder; the folder if absent.
   */
  finish(made?: string): Promise<void>;
}

/** @throws {ReddError} input, for a target that is there, or would lie in a dataset. */
function refuseTaken(target: string): void {
  const { cannot } = goalOf(target);
  refuseInDataset(target, cannot, "Give a path elsewhere with --output");
  if (!isThere(target)) return;
  throw new ReddError("input", "EXPORT_EXISTS", {
    cannot,
    because: "it is there already, and nothing is written over",
    remedy: "Remove it, or give another path with --output",
  });
}

/** Every path below a folder that is no folder, relative to it; links are not followed. */
function filesBelow(folder: string, path = ""): string[] {
  return Array.from(Deno.readDirSync(join(folder, path))).flatMap(({ name, isDirectory }) => {
    const at = path === "" ? name : `${path}/${name}`;
    return isDirectory ? filesBelow(folder, at) : [at];
  });
}

/** Removes an export that was not finished, file for file; nothing where something else is in it. */
function removeOwn(folder: string, target: string): void {
  const stranger = filesBelow(folder).find((path) => !isOwn(folder, path));
  if (stranger !== undefined) {
    throw new ReddError("input", "IN_THE_WAY", {
      cannot: goalOf(target).cannot,
      because: `${folder} holds ${stranger}, which is none of an export's`,
      remedy: "Move that away, or give another path with --output",
    });
  }
  for (const { name } of Array.from(Deno.readDirSync(folder))) {
    Deno.removeSync(join(folder, name), { recursive: true });
  }
}

/** Keeps others out of a folder, where the system can: the lock goes with the process. */
function locked(folder: string, target: string): Deno.FsFile | undefined {
  if (Deno.build.os === "windows") return undefined;
  const file = Deno.openSync(folder, { read: true });
  let held: boolean;
  try {
    held = file.tryLockSync(true);
  } catch {
    // Only the file system can refuse to try.
    file.close();
    return undefined;
  }
  if (held) return file;
  file.close();
  throw new ReddError("environment", "EXPORT_IN_USE", {
    cannot: goalOf(target).cannot,
    because: "another run is exporting to it",
    remedy: "Wait for that run, or give another path with --output",
  });
}

/**
 * Begins an export: what an earlier run has left unfinished is removed. What is disposed before it is
 * finished leaves nothing.
 *
 * @param target As the user has given it.
 * @throws {ReddError} input, for a target that is there or lies in a dataset, or work of somebody
 *   else's; environment, for one that cannot be written, or that another run writes.
 */
export function beginWork(target: string): ExportWork {
  return writingExport(target, () => {
    refuseTaken(target);
    const path = resolve(target);
    const folder = workOf(path);
    makeFolder(folder);
    const lock = locked(folder, target);
    let open = true;
    const close = () => {
      if (open) lock?.close();
      open = false;
    };
    try {
      removeOwn(folder, target);
    } catch (thrown) {
      close();
      throw thrown;
    }
    return {
      folder,
      async finish(made) {
        const files = filesBelow(folder).map((file) => join(folder, file));
        await syncFiles(made === undefined ? files : [made]);
        const folders = new Set([folder, ...files.map(dirname)]);
        for (const one of folders) syncFolder(one);
        refuseTaken(target);
        Deno.renameSync(made ?? folder, path);
        if (made !== undefined) Deno.removeSync(folder, { recursive: true });
        close();
        syncFolder(dirname(path));
      },
      [Symbol.dispose]() {
        if (!open) return;
        // What cannot be removed is so again by the next run, which says why.
        try {
          Deno.removeSync(folder, { recursive: true });
        } catch {
          // The reason why the export ended matters more.
        }
        close();
      },
    };
  });
}

/** Runs what writes an export, and says what the system has against it. */
export function writingExport<T>(target: string, write: () => T): T {
  try {
    return write();
  } catch (thrown) {
    throw exportFailure(target, thrown);
  }
}

/** What the system says against writing an export; any other error as it is. */
export function exportFailure(target: string, thrown: unknown): unknown {
  if (thrown instanceof ReddError) return thrown;
  const code = codeOfRefusal(thrown);
  if (code === undefined) return thrown;
  if (thrown instanceof Deno.errors.NotFound) {
    return new ReddError("input", "NO_SUCH_FOLDER", {
      cannot: goalOf(target).cannot,
      because: "there is no folder in which it could lie",
      remedy: "Make the folder, or give another path with --output",
      cause: thrown,
    });
  }
  return writeFailure(goalOf(target), messageOf(thrown, "write"), code, thrown);
}
