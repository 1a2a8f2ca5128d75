/**
 * Which database is meant, and everything that is needed to connect to it: looked up where libpq
 * looks. What the connection string says counts before what its service says, that before the
 * environment, and the environment before the defaults; a password that none of them has may stand
 * in the password file.
 */
import { join } from "node:path";
import { ReddError } from "../../errors.ts";
import { sourceOfText } from "../url.ts";
import { addressOf, pieceOf, urlOf } from "./address.ts";
import { findPassword, type Login } from "./password_file.ts";
import { findService } from "./service_file.ts";
import { settingsError, type Source, sourceOf, sourceOfEnvironment } from "./source.ts";

/** A file as it lies on the disk. */
export interface TextFile {
  readonly text: string;
  /** The bits of its permissions; null where the system has none. */
  readonly mode: number | null;
}

/** What surrounds the program. */
export interface Surroundings {
  /** A variable of the environment. */
  env(name: string): string | undefined;
  /** A file; undefined where there is none, or it is none that can be read. */
  file(path: string): Promise<TextFile | undefined> | TextFile | undefined;
}

/** A database that somebody has named. */
export interface Connection {
  /** All that `connect` needs, the password included: not to be shown but through `redactUrl`. */
  readonly url: string;
  /** The variables that named it; absent where it was given. */
  readonly from?: string;
  /** Sentences that the user should see. */
  readonly notices: readonly string[];
}

/** Variables that name a database if nothing else does. */
const NAMING = ["PGSERVICE", "PGHOST", "PGDATABASE"];

/**
 * Finds the database that is given, or that DATABASE_URL, or PGSERVICE, PGHOST or PGDATABASE name.
 *
 * @returns undefined, where nothing names one.
 * @throws {ReddError} input, when a string, variable or service file says what makes no sense, or
 *   a service is nowhere defined. No password is in the message.
 */
export async function connectionOf(
  given: { readonly url?: string | undefined },
  { env, file }: Surroundings,
): Promise<Connection | undefined> {
  const set = (name: string) => env(name) || undefined;
  const ambient = given.url === undefined ? set("DATABASE_URL") : undefined;
  const naming = NAMING.filter((name) => set(name) !== undefined);
  const text = given.url ?? ambient;
  if (text === undefined && naming.length === 0) return undefined;

  const environment = sourceOfEnvironment(env);
  const written = text === undefined
    ? []
    : [sourceOfText(text, ambient === undefined ? "--database-url" : "DATABASE_URL")];
  const service = pieceOf([...written, environment], "service");
  const named = service === undefined ? [] : [await sourceOfService(service, { env: set, file })];
  const sources = [...written, ...named, environment];

  const address = addressOf(sources);
  const username = address.username ?? set("USER") ?? set("LOGNAME");
  if (username === undefined) {
    throw settingsError(
      "no user is named, and the environment does not say who you are",
      "Name the user: postgres://user@host/database, or PGUSER",
    );
  }
  const database = address.database ?? username;
  const path = pieceOf(sources, "passfile") ?? homeFile(set, ".pgpass");
  const login = { host: address.host, port: address.port, database, user: username };
  const found = address.password === undefined && path !== undefined
    ? await passwordIn(path, login, file)
    : {};
  const password = address.password ?? found.password;
  return {
    url: urlOf({
      ...address,
      username,
      database,
      ...(password === undefined ? {} : { password }),
    }),
    ...(given.url !== undefined
      ? {}
      : { from: ambient === undefined ? naming.join(" and ") : "DATABASE_URL" }),
    notices: found.notice === undefined ? [] : [found.notice],
  };
}

function homeFile(env: Surroundings["env"], name: string): string | undefined {
  const home = env("HOME");
  return home === undefined ? undefined : join(home, name);
}

/** Looks a service up in the user's file, then in the system's. */
async function sourceOfService(name: string, { env, file }: Surroundings): Promise<Source> {
  const own = env("PGSERVICEFILE") ?? homeFile(env, ".pg_service.conf");
  const system = env("PGSYSCONFDIR");
  const paths = [
    ...(own === undefined ? [] : [own]),
    ...(system === undefined ? [] : [join(system, "pg_service.conf")]),
  ];
  for (const path of paths) {
    const service = findService((await file(path))?.text ?? "", name);
    if (service === undefined) continue;
    const called = `the service ${name} of ${path}`;
    const refusal: Source["refusal"] = (_, because) =>
      settingsError(`${called} ${because}`, "Correct the file");
    if (service.wrongLine !== undefined) {
      throw refusal(undefined, `has no setting=value in line ${service.wrongLine}`);
    }
    if (service.settings.some(([setting]) => setting === "service")) {
      throw refusal(undefined, "names another service, which cannot be");
    }
    return sourceOf(service.settings, refusal);
  }
  const where = paths.length === 0
    ? "there is no service file"
    : `not defined in ${paths.join(" or ")}`;
  throw new ReddError("input", "SERVICE_UNKNOWN", {
    cannot: `find the service ${name}`,
    because: paths.length === 0 ? where : `it is ${where}`,
    remedy: "Write it there, or name the file with PGSERVICEFILE",
  });
}

/** Looks a password up. As for libpq, a file that others can read is not trusted. */
async function passwordIn(
  path: string,
  login: Login,
  file: Surroundings["file"],
): Promise<{ readonly password?: string; readonly notice?: string }> {
  const found = await file(path);
  if (found === undefined) return {};
  if (found.mode !== null && (found.mode & 0o077) !== 0) {
    return {
      notice: `The password file ${path} is not used: others than its owner may read it. ` +
        `Make it your own: chmod 600 ${path}`,
    };
  }
  const password = findPassword(found.text, login);
  return password === undefined ? {} : { password };
}
