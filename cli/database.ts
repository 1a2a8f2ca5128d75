/** The database that a command works on: one that somebody has named, or the embedded server's. */
import {
  type Connection,
  connectionOf,
  type Surroundings,
} from "../src/postgres/connection/resolve.ts";
import { readSettings } from "../src/postgres/connection/settings_file.ts";
import { readUrl, redactUrl } from "../src/postgres/url.ts";
import type { Given, Voice } from "./command.ts";
import { SERVER_FLAGS } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { keepSecret, keepSecretsOf, keepSecretsOfUser } from "./secrets.ts";

/**
 * This process's environment, and the files of this machine. What may be a password in them is known
 * from then on, whatever else is wrong with them.
 */
export const HERE: Surroundings = {
  env(name) {
    const value = Deno.env.get(name);
    if (name === "PGPASSWORD") keepSecret(value);
    else if (value !== undefined && NAMING.test(name)) keepSecretsOf(value);
    if (name === "PGUSER" && value !== undefined) keepSecretsOfUser(value);
    return value;
  },
  async file(path) {
    const found = await readSettings(path);
    for (const line of found?.text.split(/\r?\n/) ?? []) {
      const [, setting = "", value = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (setting === "password" || (setting === "port" && !/^\d*$/.test(value))) keepSecret(value);
      else keepSecretsOf(value);
      if (setting === "user") keepSecretsOfUser(value);
    }
    return found;
  },
};

/** Variables that say where a database is. */
const NAMING = /^(?:DATABASE_URL|PG[A-Z]+)$/;

/**
 * The database that a line, or else the environment, names; nobody is told.
 *
 * @returns undefined for the embedded server: it was asked for, or nothing names a database.
 * @throws {ReddError} input, for flags of which one excludes the other, and for a string, variable
 *   or service that makes no sense.
 */
export async function connectionFor(
  command: string,
  given: Given,
  surroundings: Surroundings,
): Promise<Connection | undefined> {
  const url = given.text("database-url");
  const embedded = given.on("embedded")
    ? "embedded"
    : SERVER_FLAGS.find(({ name }) => given.text(name) !== undefined)?.name;
  if (embedded === undefined) {
    const connection = await connectionOf({ url }, surroundings);
    if (connection !== undefined) keepSecret(readUrl(connection.url).password);
    return connection;
  }
  if (url === undefined) return undefined;
  throw usageError(command, `--${embedded} does not go with --database-url`, "Give one of the two");
}

/**
 * The connection string of the database that a line, or else the environment, names; says on the way
 * which it is. It holds the password: show it through `redactUrl` alone.
 *
 * @returns as {@linkcode connectionFor}, which also tells what is thrown.
 */
export async function databaseFor(
  command: string,
  given: Given,
  voice: Voice,
): Promise<string | undefined> {
  const connection = await connectionFor(command, given, HERE);
  if (connection === undefined) return undefined;
  for (const notice of connection.notices) voice.say(notice);
  const from = connection.from === undefined ? "" : ` (from ${connection.from})`;
  voice.say(`Target: ${redactUrl(connection.url)}${from}`);
  return connection.url;
}
