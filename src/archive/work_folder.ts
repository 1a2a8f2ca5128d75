/**
 * Places for what is needed only while a command runs: a folder of its own for each run, inside of one
 * that belongs to the user alone, since whoever could put files there could exchange what is read.
 */
import { join, resolve } from "node:path";
import { commandLine } from "../command_line.ts";
import { messageOf, ReddError } from "../errors.ts";
import { onEarlyExit } from "../early_exit.ts";
import { codeOfRefusal, type Goal, writeFailure } from "../files/write_failure.ts";
import { removeFolder } from "../files/create.ts";

/** A folder that is removed with all in it when it is disposed, or when the process ends early. */
export interface WorkFolder extends Disposable {
  readonly path: string;
}

/** What names the system's temporary folder. */
export const TEMPORARY_VARIABLES = ["TMPDIR", "TMP", "TEMP"] as const;

/** Where folders of runs lie unless it is said: in the system's temporary folder, the user's own. */
export function workPlace(): string {
  const named = TEMPORARY_VARIABLES.map(variable).find((path) => path !== undefined && path !== "");
  const user = userNumber();
  const name = user === undefined ? "redd" : `redd-${user}`;
  return join(resolve(named ?? (Deno.build.os === "windows" ? "\\temp" : "/tmp")), name);
}

function variable(name: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) : undefined;
}

function userNumber(): number | undefined {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "uid" });
  return state === "granted" ? Deno.uid() ?? undefined : undefined;
}

/** What the system says against making a folder, in plain words. */
const REASONS: Readonly<Record<string, string | undefined>> = {
  EACCES: "you have no right to write there",
  EPERM: "the system forbids to write there",
  ENOTDIR: "a file stands on its way, where a folder should be",
  EEXIST: "a file stands in its place",
};

/** Begins the names of the folders of runs. */
const RUN = "run-";

/** In the folder of a run, locked by it as long as it lives. */
const LOCK = "lock";

/**
 * Makes a folder for one run. What runs that were killed have left there is removed.
 *
 * @param place Its parent, which is made where there is none.
 * @throws {ReddError} environment, where the place is not the user's alone, or cannot be written to.
 */
export function openWorkFolder(place: string): WorkFolder {
  const path = `${place}/${RUN}${crypto.randomUUID()}`;
  let lock: Deno.FsFile | undefined;
  const remove = () => {
    lock?.close();
    lock = undefined;
    removeFolder(path);
  };
  try {
    Deno.mkdirSync(place, { recursive: true, mode: 0o700 });
    Deno.mkdirSync(path, { mode: 0o700 });
    const forget = onEarlyExit(remove, { signals: false });
    const end = () => {
      forget();
      remove();
    };
    try {
      requirePrivate(place, path);
      lock = locked(path, true);
      removeAbandoned(place);
    } catch (thrown) {
      end();
      throw thrown;
    }
    return { path, [Symbol.dispose]: end };
  } catch (cause) {
    if (cause instanceof ReddError) throw cause;
    const osCode = codeOfRefusal(cause);
    const goal: Goal = {
      cannot: usingPlace(place),
      noun: "folder",
      flag: "TMPDIR",
      again: "run the same command again",
      fewer: "",
    };
    const known = writeFailure(goal, REASONS[osCode ?? ""] ?? messageOf(cause), osCode, cause);
    throw known.code === "CANNOT_WRITE" ? noPlace(place, known.because, cause) : known;
  }
}

/** @throws {ReddError} environment, where others may write into a place, or it is theirs. */
function requirePrivate(place: string, own: string): void {
  if (Deno.build.os === "windows") return;
  const found = Deno.lstatSync(place);
  const because = !found.isDirectory
    ? "it is a link, expected a folder"
    : found.uid !== Deno.lstatSync(own).uid
    ? "it belongs to another user"
    : ((found.mode ?? 0) & 0o022) !== 0
    ? "others may write into it"
    : undefined;
  if (because !== undefined) throw noPlace(place, because);
}

function usingPlace(place: string): string {
  return `use the temporary folder ${place}`;
}

function noPlace(place: string, because: string, cause?: unknown): ReddError {
  return new ReddError("environment", "NO_WORK_FOLDER", {
    cannot: usingPlace(place),
    because,
    remedy: "Name a folder of your own that can be written to before the command, as in " +
      `TMPDIR=$HOME/tmp ${commandLine("verify", "farm.redd.tar")}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Opens and locks the file of a run; undefined where somebody else holds it. */
function locked(path: string, create: boolean): Deno.FsFile | undefined {
  const options = create ? { write: true, createNew: true } : { write: true };
  const file = Deno.openSync(`${path}/${LOCK}`, { read: true, ...options });
  try {
    if (file.tryLockSync(true)) return file;
  } catch {
    // A file system that locks nothing: what is there may be in use.
    if (create) return file;
  }
  file.close();
  return undefined;
}

/** Removes the folders of runs that are no more; what cannot be removed stays. */
function removeAbandoned(place: string): void {
  for (const { name, isDirectory } of Array.from(Deno.readDirSync(place))) {
    if (!isDirectory || !name.startsWith(RUN)) continue;
    try {
      const lock = locked(`${place}/${name}`, false);
      if (lock === undefined) continue;
      removeFolder(`${place}/${name}`);
      lock.close();
    } catch {
      // One that has no lock yet is about to have one.
    }
  }
}
