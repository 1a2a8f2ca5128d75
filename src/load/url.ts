/**
 * Connection strings: what they say, and how to show them without the password.
 *
 * The driver has a reader of its own, which takes names undecoded and parameters unchecked; the
 * string is read here and handed over in pieces.
 */
import { ReddError } from "../errors.ts";

/** The pieces of a connection string. Absent pieces are for the driver to fill. */
export interface Address {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database?: string;
  readonly username?: string;
  readonly password?: string;
  readonly ssl: "require" | "allow" | "prefer" | "verify-full" | false;
  readonly applicationName: string;
  readonly connectTimeout: number;
}

const SSL_MODES: Readonly<Record<string, Address["ssl"]>> = {
  disable: false,
  allow: "allow",
  prefer: "prefer",
  require: "require",
  "verify-ca": "verify-full",
  "verify-full": "verify-full",
};

const PARAMETERS = ["sslmode", "host", "port", "application_name", "connect_timeout"];

/**
 * A connection string as it may be shown. Everything between the first colon of the user part and
 * the last `@` is hidden, so that a password with unencoded signs does not leak in part, and so are
 * parameters that are called like a password.
 */
export function redactUrl(url: string): string {
  return url
    .replace(/^(\s*[^:/?#]*:\/\/[^:@/?#]*):[\s\S]*@/, "$1:***@")
    // A mistyped string may have no `://`, and a password all the same.
    .replace(/^((?![^@]*:\/\/)[^:@]*):[\s\S]*@/, "$1:***@")
    .replace(/((?:password|passwd|pwd|secret|sslkey)\s*=\s*)('[^']*'|[^&\s]*)/gi, "$1***");
}

/**
 * Reads a connection string: `postgres://user:password@host:port/database?sslmode=require`.
 *
 * @throws {ReddError} input, when it is none; the message does not show the password.
 */
export function readUrl(text: string): Address {
  const refuse = (because: string): never => {
    throw new ReddError("input", "DATABASE_URL_INVALID", {
      cannot: "read the connection string",
      because: `${redactUrl(text)} ${because}`,
      remedy: "Write postgres://user:password@host:5432/database, with signs like @ : / # % in a " +
        "name or password percent-encoded",
    });
  };
  // libpq allows a user without a host (a Unix socket follows in `?host=`), URLs do not.
  const whole = text.replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?]|$)/i, "$1localhost");
  if (!URL.canParse(whole)) return refuse("is not a URL");
  const url = new URL(whole);
  if (!["postgres:", "postgresql:"].includes(url.protocol)) {
    return refuse("does not begin with postgres://");
  }
  // A slash or number sign in a password ends the host early; what was the rest holds the @.
  if (`${url.pathname}${url.search}${url.hash}`.includes("@") || url.hash !== "") {
    return refuse("has an @ or # behind the host");
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    return refuse(`has the parameter ${unknown}, which Redd does not know`);
  }
  const ssl = SSL_MODES[url.searchParams.get("sslmode") ?? "disable"];
  if (ssl === undefined) return refuse("has an unknown sslmode");
  const port = Number(url.port || url.searchParams.get("port") || 5432);
  if (!(port > 0 && port < 65536)) return refuse("has a port outside 1 to 65535");
  const connectTimeout = Number(url.searchParams.get("connect_timeout") ?? 10);
  if (!(connectTimeout > 0)) return refuse("has a connect_timeout that is no number of seconds");
  const piece = (encoded: string): string => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return refuse("has a percent sign that encodes nothing");
    }
  };
  const database = piece(url.pathname.slice(1));
  const username = piece(url.username);
  const password = piece(url.password);
  const host = url.searchParams.get("host") ?? piece(url.hostname).replace(/^\[|\]$/g, "");
  return {
    host: host === "" ? "localhost" : host,
    port,
    ...(database === "" ? {} : { database }),
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    ssl,
    applicationName: url.searchParams.get("application_name") ?? "redd",
    connectTimeout,
  };
}
