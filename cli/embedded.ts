/** The embedded server as the commands use it: one beside the datasets, one database per dataset. */
import { titleOfArchive } from "../src/archive/entries.ts";
import { commandLine } from "../src/command_line.ts";
import { ReddError } from "../src/errors.ts";
import { someOf } from "../src/names.ts";
import { quoted } from "../src/quoted.ts";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { DEFAULT_DIR } from "../src/server/default_dir.ts";
import { hasServer } from "../src/server/there.ts";
import { type EmbeddedServer, startServer } from "../src/server/server.ts";
import { readUrl } from "../src/postgres/url.ts";
import type { Given, Voice } from "./command.ts";
import { keepSecret } from "./secrets.ts";
import { flagValues } from "./values.ts";

/** The longest name that PostgreSQL does not cut. */
const LONGEST_NAME = 63;

/** Signs of a mark that tells names apart. */
const MARK = 6;

/** Databases that every server has. */
const SERVERS_OWN = ["postgres", "template0", "template1"];

/**
 * The database of a dataset: its folder's or archive's name. A name that would need quotes is written in lower
 * case with _ for what is no letter, and with a mark of its own, so that no two names share one.
 */
export function databaseOf(dataset: string): string {
  const folder = titleOfArchive(resolve(dataset));
  const name = folder.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_").slice(0, LONGEST_NAME);
  if (name === folder && !SERVERS_OWN.includes(name)) return name;
  const mark = createHash("sha256").update(folder).digest("hex").slice(0, MARK);
  return `${name.slice(0, LONGEST_NAME - MARK - 1)}_${mark}`;
}

/**
 * The port that a line asks for, if any.
 *
 * @throws {ReddError} input, when it is none.
 */
export function portOf(command: string, given: Given): number | undefined {
  return flagValues(command, given).whole("port", 1, 65535);
}

/** Starts the embedded server that a line asks for. The caller listens for signals, and says so. */
export async function startEmbedded(
  command: string,
  given: Given,
  voice: Voice,
  defaultDir: string,
  signal: AbortSignal,
): Promise<EmbeddedServer> {
  const dataDir = given.text("data-dir");
  const port = portOf(command, given);
  const server = await startServer({
    defaultDir,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(port === undefined ? {} : { port }),
    onNotice: (text) => voice.say(text),
    handleSignals: false,
    signal,
  });
  keepSecret(readUrl(server.url("postgres")).password);
  return server;
}

/**
 * Sees that there is an embedded server, before one is built only to say that it holds nothing.
 *
 * @param deed What would be done, as in `Cannot <deed> <dataset>`.
 * @param remedy What helps, unless it is to load the dataset.
 * @throws {ReddError} input, where there is none.
 */
export async function requireServer(
  deed: string,
  given: Given,
  defaultDir: string,
  dataset?: string,
  remedy?: string,
): Promise<void> {
  const dataDir = given.text("data-dir");
  if (await isServer(given, defaultDir)) return;
  const load = commandLine("load", ...dataset === undefined ? [] : [dataset]);
  throw new ReddError("input", "NOT_LOADED", {
    cannot: `${deed} ${dataset ?? "the embedded server's database"}`,
    because: `there is no embedded server in ${dataDir ?? defaultDir}`,
    remedy: remedy ??
      (dataset === undefined
        ? `Load a dataset first: ${load}, or name a database with --database-url`
        : `Load it first: ${load}`),
  });
}

/** Whether the embedded server that a line asks for was ever made, running or not. */
export function isServer(given: Given, defaultDir: string): Promise<boolean> {
  return hasServer(given.text("data-dir"), defaultDir);
}

/**
 * The URL of a dataset's database in the embedded server.
 *
 * @param deed What is done with it, as in `Cannot <deed> <dataset>`.
 * @throws {ReddError} input, when the dataset was never loaded there.
 */
export async function loadedUrl(
  server: EmbeddedServer,
  deed: string,
  dataset: string,
  remedy = `Load it first: ${commandLine("load", dataset)}`,
): Promise<string> {
  const database = databaseOf(dataset);
  if ((await server.databases()).includes(database)) return server.url(database);
  throw new ReddError("input", "NOT_LOADED", {
    cannot: `${deed} ${dataset}`,
    because: `the embedded server has no database ${database}`,
    remedy,
  });
}

/**
 * The URL of the one database that the embedded server has.
 *
 * @param deed What is done with it, as in `Cannot <deed> …`.
 * @throws {ReddError} input, where it has none, or several.
 */
export async function onlyUrl(server: EmbeddedServer, deed: string): Promise<string> {
  const names = (await server.databases()).filter((name) => !SERVERS_OWN.includes(name));
  const [name] = names;
  if (name !== undefined && names.length === 1) return server.url(name);
  throw new ReddError("input", name === undefined ? "NOT_LOADED" : "DATABASE_UNCLEAR", {
    cannot: `${deed} the embedded server's database`,
    because: name === undefined
      ? "it has none"
      : `it has ${names.length}: ${someOf(names.map(quoted))}`,
    remedy: name === undefined
      ? `Load a dataset first: ${commandLine("load")}, or name a database with --database-url`
      : `Name the dataset of one of them, or connect to it by the URL that ` +
        `${commandLine("db")} prints, with --database-url`,
  });
}

/** How to look at the database later. */
export function howToLook(database: string, server: EmbeddedServer): string {
  const isDefault = server.folder === realPath(DEFAULT_DIR);
  const where = isDefault ? "" : ` --data-dir ${server.folder}`;
  if (server.joined) {
    return `To look into the database ${database}: the server is running, so psql with the URL that ` +
      `${commandLine("db")}${where} has printed, and /${database} at its end.`;
  }
  return `To look into the database ${database}: ${
    commandLine("db")
  }${where}, and psql with the URL it prints.`;
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}
