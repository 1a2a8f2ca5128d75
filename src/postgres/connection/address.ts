/** A connection's pieces, checked and completed. */
import { meantText } from "../../closest.ts";
import { ReddError } from "../../errors.ts";
import { quoted } from "../../quoted.ts";
import type { Parameter } from "./parameters.ts";
import type { Source } from "./source.ts";

/** libpq's words for how safe a connection must be. */
export const SSL_MODES = [
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
] as const;

export type SslMode = typeof SSL_MODES[number];

/** Where a database is. Absent pieces are for the driver to fill. */
export interface Address {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database?: string;
  readonly username?: string;
  readonly password?: string;
  readonly sslmode: SslMode;
  /** The file of the authorities that are trusted, or `system`. */
  readonly sslrootcert?: string;
  /** The files of the client's own certificate and key; there are both or none. */
  readonly sslcert?: string;
  readonly sslkey?: string;
  readonly applicationName: string;
  /** In seconds; `NO_LIMIT` where the user would wait for ever. */
  readonly connectTimeout: number;
  /** Settings of the session, such as `-c search_path=farm`. */
  readonly options?: string;
}

/** The longest that a timer can be set to, in seconds: 24 days. */
export const NO_LIMIT = 2_147_483;

/** Is the host the folder of a Unix socket? */
export function isSocket(host: string): boolean {
  return host.startsWith("/");
}

/** The value of a parameter in the first source that has it. */
export function pieceOf(sources: readonly Source[], parameter: Parameter): string | undefined {
  return sources.find(({ pieces }) => pieces[parameter] !== undefined)?.pieces[parameter];
}

/**
 * Reads the pieces of several sources as one address; what stands in an earlier source counts.
 *
 * @throws {ReddError} input, for a value that makes no sense.
 */
export function addressOf(sources: readonly Source[]): Address {
  const piece = (parameter: Parameter) => pieceOf(sources, parameter);
  const refusal = (parameter: Parameter, because: string): ReddError =>
    sources.find(({ pieces }) => pieces[parameter] !== undefined)!.refusal(parameter, because);

  const host = piece("host") ?? "localhost";
  if (host.includes(",") && !isSocket(host)) {
    throw refusal("host", "names several hosts, of which Redd takes one");
  }
  const port = piece("port") ?? "5432";
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw refusal("port", `has ${quoted(port)} as port, expected 1 to 65535`);
  }
  const seconds = piece("connect_timeout") ?? "10";
  if (!/^\s*[-+]?\d{1,10}(?:\.\d{1,3})?\s*$/.test(seconds)) {
    throw refusal(
      "connect_timeout",
      `has ${quoted(seconds)} as connect_timeout, which is no number of seconds`,
    );
  }
  // As for libpq, zero and less are no limit.
  const connectTimeout = Number(seconds) > 0 ? Math.min(Number(seconds), NO_LIMIT) : NO_LIMIT;
  const rootCert = piece("sslrootcert");
  const wanted = piece("sslmode") ?? (rootCert === "system" ? "verify-full" : "prefer");
  const sslmode = SSL_MODES.find((mode) => mode === wanted);
  if (sslmode === undefined) {
    throw refusal(
      "sslmode",
      `has ${quoted(wanted)} as sslmode${meantText(wanted, SSL_MODES)}, expected one of ${
        SSL_MODES.join(", ")
      }`,
    );
  }
  if (rootCert === "system" && sslmode !== "verify-full") {
    throw refusal("sslmode", "has an sslmode other than verify-full beside sslrootcert=system");
  }
  const [cert, key] = [piece("sslcert"), piece("sslkey")];
  if (cert !== undefined && key === undefined) throw refusal("sslcert", "has sslcert, no sslkey");
  if (key !== undefined && cert === undefined) throw refusal("sslkey", "has sslkey, no sslcert");
  return {
    host,
    port: Number(port),
    ...present({
      database: piece("dbname"),
      username: piece("user"),
      password: piece("password"),
    }),
    sslmode,
    ...present({ sslrootcert: rootCert, sslcert: cert, sslkey: key }),
    applicationName: piece("application_name") ?? "redd",
    connectTimeout,
    ...present({ options: piece("options") }),
  };
}

function present<Name extends string>(
  given: Record<Name, string | undefined>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<Record<Name, string>>;
}

/** An address as a connection string, its password included. */
export function urlOf(address: Address): string {
  const { host, port, database = "", username = "", password } = address;
  const query: (readonly [Parameter, string | undefined])[] = [
    ["sslmode", address.sslmode === "prefer" ? undefined : address.sslmode],
    ["sslrootcert", address.sslrootcert],
    ["sslcert", address.sslcert],
    ["sslkey", address.sslkey],
    ["application_name", address.applicationName === "redd" ? undefined : address.applicationName],
    ["connect_timeout", timeoutText(address.connectTimeout)],
    ["options", address.options],
  ];
  const login = username === "" && password === undefined
    ? ""
    : `${encode(username)}${password === undefined ? "" : `:${encode(password)}`}@`;
  let place = `${host}:${port}`;
  if (/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(host)) place = `[${host}]:${port}`;
  else if (!/^[\w.-]+$/.test(host)) {
    place = "";
    query.unshift(["host", host], ["port", `${port}`]);
  }
  // A path of dots would be taken for a way to another folder.
  const dots = /^\.{1,2}$/.test(database);
  if (dots) query.unshift(["dbname", database]);
  const words = query.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encode(value).replaceAll("%2F", "/")}`]
  );
  return `postgres://${login}${place}/${dots ? "" : encode(database)}` +
    (words.length === 0 ? "" : `?${words.join("&")}`);
}

/** The value of connect_timeout; none for what it is without. */
function timeoutText(seconds: number): string | undefined {
  if (seconds === NO_LIMIT) return "0";
  return seconds === 10 ? undefined : `${seconds}`;
}

/** Encodes all characters that a URL may take for its own. */
function encode(text: string): string {
  return encodeURIComponent(text);
}
