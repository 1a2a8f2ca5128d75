/**
 * The server's files: made once, by initdb, and of one major version for good.
 *
 * A random password (SCRAM) guards the server: it listens on the loopback address, which every user
 * of the machine can reach. A Unix socket with trust would need no password, but its path is limited
 * to 107 bytes, and a dataset may lie deeper than that; over TCP any client takes a plain URL.
 */
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { type Account } from "./account.ts";
import { exists, type ServerVersion } from "./binaries.ts";
import { dataOf } from "./folder.ts";
import { failureOf, type Program, runProgram } from "./program.ts";

/** The superuser of an embedded server. */
export const ROLE = "redd";

/**
 * Makes the server's files where there are none, and returns the password of the role `redd`.
 *
 * @throws {ReddError} environment, when initdb fails, or the files belong to another version or
 *   lack their password.
 */
export async function prepareCluster(
  folder: string,
  version: ServerVersion,
  program: Program,
): Promise<string> {
  const password = join(folder, "password");
  const found = await versionOf(dataOf(folder));
  if (found === undefined) {
    await createCluster(folder, password, program);
  } else if (found !== version) {
    throw new ReddError("environment", "DATA_FOLDER_VERSION", {
      cannot: `start PostgreSQL ${version} in ${folder}`,
      because: `its data was written by PostgreSQL ${found}`,
      remedy: "Remove the folder and load the dataset again, or give another with --data-dir",
    });
  }
  return await readPassword(folder, password);
}

async function readPassword(folder: string, path: string): Promise<string> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (cause) {
    throw new ReddError("environment", "SERVER_PASSWORD_MISSING", {
      cannot: `use the embedded server in ${folder}`,
      because: `its password cannot be read from ${path}`,
      remedy: "Remove the folder and load the dataset again, or give another with --data-dir",
      cause,
    });
  }
}

/** The major version that wrote the files; undefined where there are none. */
async function versionOf(data: string): Promise<string | undefined> {
  try {
    return (await Deno.readTextFile(join(data, "PG_VERSION"))).trim();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw new ReddError("environment", "DATA_FOLDER_FOREIGN", {
      cannot: `use the server's data in ${data}`,
      because: "it belongs to another user",
      remedy: "Run as that user, or give another folder with --data-dir",
      cause,
    });
  }
}

/** initdb works in `data.partial`, which becomes `data` when all is there. */
async function createCluster(folder: string, passwordFile: string, program: Program) {
  const partial = `${dataOf(folder)}.partial`;
  if (await exists(partial)) await Deno.remove(partial, { recursive: true });
  const secret = randomPassword();
  await Deno.writeTextFile(passwordFile, `${secret}\n`, { mode: 0o600 });
  await Deno.chmod(passwordFile, 0o600);
  const forInitdb = await Deno.makeTempFile({ dir: folder, prefix: "initdb-" });
  try {
    await Deno.writeTextFile(forInitdb, secret);
    await Deno.mkdir(partial, { mode: 0o700 });
    await giveTo(program.account, forInitdb, partial);
    const outcome = await runProgram(program, "initdb", [
      `--pgdata=${partial}`,
      `--username=${ROLE}`,
      `--pwfile=${forInitdb}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ]);
    if (outcome.code !== 0) {
      throw new ReddError("environment", "SERVER_NOT_CREATED", {
        cannot: `create the embedded server's data in ${folder}`,
        because: failureOf(outcome.text),
        remedy: "Give another folder with --data-dir",
      });
    }
  } finally {
    await Deno.remove(forInitdb);
  }
  await Deno.rename(partial, dataOf(folder));
}

async function giveTo(account: Account, ...paths: string[]): Promise<void> {
  if (account.ids === undefined) return;
  for (const path of paths) await Deno.chown(path, account.ids.uid, account.ids.gid);
}

function randomPassword(): string {
  return crypto.getRandomValues(new Uint8Array(24)).toHex();
}
