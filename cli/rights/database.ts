/** The rights of commands that work on a database. */
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { type Address, isSocket } from "../../src/postgres/connection/address.ts";
import type { Surroundings } from "../../src/postgres/connection/resolve.ts";
import { quoted } from "../../src/quoted.ts";
import { readUrl } from "../../src/postgres/url.ts";
import { DEFAULT_DIR } from "../../src/server/default_dir.ts";
import type { Given } from "../command.ts";
import { DEMO_VARIABLE } from "../commands/flags.ts";
import { connectionFor } from "../database.ts";
import { besideDataset } from "../server_folder.ts";
import { datasetRights } from "./archive.ts";
import { reach, type Rights, sum } from "./rights.ts";

/** What names a database or a user; the driver looks up whatever begins with PG. */
const CONNECTION_VARIABLES = ["DATABASE_URL", "PG*", "HOME", "USER", "LOGNAME"];

/** What names the folders of the embedded server, and what the driver looks up. */
const SERVER_VARIABLES = [
  ...["PG*", "HOME", "USERPROFILE", "XDG_STATE_HOME", "XDG_CACHE_HOME"],
  ...["TMPDIR", "TMP", "TEMP"],
];

/**
 * The rights of a line that works on the database that it or the environment names, else on the
 * embedded server beside a dataset.
 *
 * @param dataset The dataset, where the line names one.
 * @throws {ReddError} input, as {@linkcode connectionFor} and {@linkcode netOf}; environment, when
 *   the embedded server is not installed.
 */
export async function databaseRights(
  command: string,
  given: Given,
  surroundings: Surroundings,
  dataset: string | undefined,
): Promise<Rights> {
  const reading = sum(dataset === undefined ? {} : datasetRights(dataset), {
    env: CONNECTION_VARIABLES,
  });
  const named = await namedRights(command, given, surroundings);
  if (named !== undefined) return sum(reading, named);
  // Without a dataset the line is refused before a server is thought of.
  if (dataset === undefined) return sum(reading);
  return sum(reading, await serverRights(given, besideDataset(dataset)));
}

/** To reach the database that a line or the environment names; undefined where neither does. */
async function namedRights(
  command: string,
  given: Given,
  surroundings: Surroundings,
): Promise<Rights | undefined> {
  const files: string[] = [];
  const connection = await connectionFor(command, given, {
    env: surroundings.env,
    file(path) {
      files.push(path);
      return surroundings.file(path);
    },
  });
  if (connection === undefined) return undefined;
  return sum({ read: reach(...files) }, addressRights(readUrl(connection.url)));
}

/**
 * The rights of a line of `redd db`: the server of `out/postgres`, or, for what is done with
 * databases, the one that the line or the environment names.
 */
export async function dbRights(given: Given, surroundings: Surroundings): Promise<Rights> {
  if (given.operands.length === 0) return await serverRights(given);
  const env = { env: CONNECTION_VARIABLES };
  const named = await namedRights("db", given, surroundings);
  if (named !== undefined) return sum(env, named);
  const room = resolve(given.text("data-dir") ?? DEFAULT_DIR);
  return sum({ room }, env, await serverRights(given));
}

/** To read the password that a line asks for. */
export function demoRights(given: Given): Partial<Rights> {
  return given.on("demo-password") ? { env: [DEMO_VARIABLE] } : {};
}

/** To connect to an address, with the certificates that it names. */
export function addressRights(address: Address): Partial<Rights> {
  const { host, port, sslrootcert, sslcert, sslkey } = address;
  const certificates = [sslrootcert === "system" ? undefined : sslrootcert, sslcert, sslkey];
  const files = reach(...certificates.filter((path) => path !== undefined));
  if (!isSocket(host)) return { read: files, net: [netOf(host, port)] };
  // The path is not resolved: it is compared as the driver writes it.
  const socket = join(host, `.s.PGSQL.${port}`);
  return { read: [...files, socket], write: [socket], net: [`unix:${socket}`] };
}

/**
 * A host and its port as permissions name them.
 *
 * @throws {ReddError} input, for what is no name of one host.
 */
export function netOf(host: string, port: number): string {
  if (isIP(host) === 6 && !host.includes("%")) return `[${host}]:${port}`;
  if (/^[a-z\d_]([a-z\d_.-]{0,252}[a-z\d_.])?$/i.test(host)) return `${host}:${port}`;
  throw new ReddError("input", "HOST_INVALID", {
    cannot: "connect to the database",
    because: `${quoted(host)} is no name or address of a host`,
    remedy: "Give a name of letters, digits, dots and hyphens, an address such as 192.0.2.1 or " +
      "2001:db8::1 without a zone, or the folder of a Unix socket",
  });
}

/** To start the embedded server in the folder that a line names, or in `folder`, and to use it. */
export async function serverRights(given: Given, folder = DEFAULT_DIR): Promise<Rights> {
  const { serverAccess } = await import("../../src/server/access.ts");
  const dataDir = given.text("data-dir");
  const { read, write, run } = await serverAccess({
    defaultDir: folder,
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  return sum({
    read,
    write: reach(...write),
    run: reach(...run),
    net: ["127.0.0.1"],
    env: SERVER_VARIABLES,
    sys: ["uid"],
  });
}
