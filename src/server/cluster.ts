/**
 * The server's files: made once, by initdb, and of one major version for good.
 *
 * A random password (SCRAM) guards the server: it listens on the loopback address, which every user
 * of the machine can reach. A Unix socket with trust would need no password, but its path is limited
 * to 107 bytes, and a dataset may lie deeper than that; over TCP any client takes a plain URL.
 */
import { basename, join } from "node:path";
import { ReddError } from "../errors.ts";
import { createNew, removeFile, syncFolder, writeAll } from "../files/create.ts";
import { readRegularText } from "../files/regular.ts";
import { type Account } from "./account.ts";
import { type ServerVersion } from "./binaries.ts";
import { diskError, EMPTY_SERVER, onDisk } from "./disk.ts";
import {
  findData,
  isPartial,
  isSecret,
  markData,
  type MarkedData,
  newName,
  strangeData,
} from "./mark.ts";
import { failureOf, type Program, runProgram } from "./program.ts";
import { type Waits } from "./waiting.ts";

/** The superuser of an embedded server. */
export const ROLE = "redd";

/** How long initdb may take, in ms; it takes a second or two. */
const PATIENCE = 300_000;

/** What is needed of a program before its server has files. */
export type Maker = Omit<Program, "data">;

/**
 * Finds the server's files, or makes them where there are none. The caller holds the folder's lock.
 *
 * @throws {ReddError} environment, when initdb fails, or there are files of another version or of
 *   strange origin; interrupted.
 */
export async function prepareCluster(
  maker: Maker,
  version: ServerVersion,
  waits: Waits,
): Promise<MarkedData> {
  const { folder } = maker;
  clearPartials(folder);
  const { own, strange } = await findData(folder);
  if (own === undefined) {
    if (strange.length > 0) throw strangeData(folder, strange);
    return await onDisk(clusterGoal(folder), () => createCluster(maker, waits));
  }
  const found = versionOf(own.path);
  if (found === version) return own;
  throw new ReddError("environment", "DATA_FOLDER_VERSION", {
    cannot: `start PostgreSQL ${version} in ${folder}`,
    because: `its data was written by PostgreSQL ${found}`,
    remedy: "Remove the folder and load the dataset again, or give another with --data-dir",
  });
}

/** What a server writes there, for the message of a disk that is full. */
export function clusterGoal(folder: string) {
  return {
    cannot: `create the embedded server's data in ${folder}`,
    room: EMPTY_SERVER,
    elsewhere: "give a folder on another disk with --data-dir",
  };
}

/** The major version that wrote the files. */
function versionOf(data: string): string {
  try {
    return readRegularText(join(data, "PG_VERSION"), 64).trim();
  } catch (cause) {
    throw new ReddError("environment", "DATA_FOLDER_DAMAGED", {
      cannot: `use the server's data in ${data}`,
      because: "its PG_VERSION cannot be read",
      remedy: "Remove the folder and load the dataset again, or give another with --data-dir",
      cause,
    });
  }
}

/** initdb works under an unfinished name, which is made whole when all is there. */
async function createCluster(maker: Maker, waits: Waits): Promise<MarkedData> {
  const { folder, account } = maker;
  const name = newName();
  const data = join(folder, name);
  const partial = `${data}.partial`;
  const password = crypto.getRandomValues(new Uint8Array(24)).toHex();
  const secret = `${data}.secret`;
  try {
    writeSecret(secret, password);
    Deno.mkdirSync(partial, { mode: 0o700 });
    giveTo(account, secret, partial);
    await runInitdb({ ...maker, data: partial }, secret, waits);
    const mark = await markData(name, partial, password, account);
    Deno.renameSync(partial, data);
    syncFolder(folder);
    return { path: data, mark };
  } catch (error) {
    // A full disk is not left fuller.
    clearPartials(folder);
    throw error;
  } finally {
    removeFile(secret);
  }
}

function writeSecret(path: string, text: string): void {
  using file = createNew(path, 0o600);
  writeAll(file, new TextEncoder().encode(text));
}

async function runInitdb(program: Program, secret: string, waits: Waits): Promise<void> {
  const outcome = await runProgram(
    program,
    "initdb",
    [
      `--username=${ROLE}`,
      `--pwfile=../${basename(secret)}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ],
    { ms: PATIENCE, what: "PostgreSQL to make its files" },
    waits,
  );
  if (outcome.code === 0) return;
  throw diskError(outcome.text, clusterGoal(program.folder)) ??
    new ReddError("environment", "SERVER_NOT_CREATED", {
      cannot: `create the embedded server's data in ${program.folder}`,
      because: failureOf(outcome.text),
      remedy: "Give another folder with --data-dir",
    });
}

/** What runs have left that did not get to the end. A killed initdb may still be about to go. */
function clearPartials(folder: string): void {
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)]) {
    const path = join(folder, name);
    if (isSecret(name)) removeFile(path);
    if (!isDirectory || !isPartial(name)) continue;
    try {
      Deno.removeSync(path, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound) && !isNotEmpty(error)) throw error;
    }
  }
}

function isNotEmpty(error: unknown): boolean {
  return (error as { code?: unknown }).code === "ENOTEMPTY";
}

function giveTo({ ids }: Account, ...paths: string[]): void {
  if (ids === undefined) return;
  for (const path of paths) Deno.chownSync(path, ids.uid, ids.gid);
}
