/**
 * The server's files: made once, by initdb, and of one major version for good.
 *
 * A random password (SCRAM) guards the server: it listens on the loopback address, which every user
 * of the machine can reach. A Unix socket with trust would need no password, but its path is limited
 * to 107 bytes, and a dataset may lie deeper than that; over TCP any client takes a plain URL.
 */
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { createNew, removeFile, syncFolder, writeAll } from "../files/create.ts";
import { readRegularText } from "../files/regular.ts";
import { type Account } from "./account.ts";
import { type ServerVersion } from "./binaries.ts";
import { diskError, EMPTY_SERVER, onDisk } from "./disk.ts";
import { findData, isPartial, markData, type MarkedData, newName, strangeData } from "./mark.ts";
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
  const { own, strange } = await findData(folder);
  if (own === undefined) {
    if (strange.length > 0) throw strangeData(folder, strange);
    return await onDisk(writingTo(folder), () => createCluster(maker, waits));
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
export function writingTo(folder: string) {
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
  for (const { name, isDirectory } of [...Deno.readDirSync(folder)]) {
    if (isDirectory && isPartial(name)) Deno.removeSync(join(folder, name), { recursive: true });
  }
  const name = newName();
  const data = join(folder, name);
  const partial = `${data}.partial`;
  const secret = crypto.getRandomValues(new Uint8Array(24)).toHex();
  const secretFile = `${data}.secret`;
  try {
    {
      using file = createNew(secretFile, 0o600);
      writeAll(file, new TextEncoder().encode(secret));
    }
    Deno.mkdirSync(partial, { mode: 0o700 });
    giveTo(account, secretFile, partial);
    const bound = { ms: PATIENCE, what: "PostgreSQL to make its files" };
    const args = [
      `--username=${ROLE}`,
      `--pwfile=../${name}.secret`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ];
    const program = { ...maker, data: partial };
    const outcome = await runProgram(program, "initdb", args, bound, waits);
    if (outcome.code !== 0) {
      throw diskError(outcome.text, writingTo(folder)) ??
        new ReddError("environment", "SERVER_NOT_CREATED", {
          cannot: `create the embedded server's data in ${folder}`,
          because: failureOf(outcome.text),
          remedy: "Give another folder with --data-dir",
        });
    }
  } finally {
    removeFile(secretFile);
  }
  const mark = await markData(name, partial, secret, account);
  Deno.renameSync(partial, data);
  syncFolder(folder);
  return { path: data, mark };
}

function giveTo({ ids }: Account, ...paths: string[]): void {
  if (ids === undefined) return;
  for (const path of paths) Deno.chownSync(path, ids.uid, ids.gid);
}
