/**
 * Connection strings: what they say, and how to show them without the password.
 *
 * The driver has a reader of its own, which takes names undecoded and parameters unchecked; the
 * string is read here and handed over in pieces.
 */
import { ReddError } from "../errors.ts";
import { type Address, addressOf } from "./connection/address.ts";
import { type Source, sourceOf } from "./connection/source.ts";
import { looksLikeWords, readWords } from "./connection/words.ts";
import { shownLogin, shownUser, shownUserOfUrl } from "./user_part.ts";

/** Parameters that may be shown; of anything else nobody knows whether it is a password. */
const SHOWN = [
  "host",
  "port",
  "dbname",
  "user",
  "service",
  "passfile",
  "sslmode",
  "sslrootcert",
  "sslcert",
  "application_name",
  "connect_timeout",
  "options",
];

/**
 * A connection string as it may be shown. Everything between the first colon of the user part and
 * the last `@` is hidden, so that a password with unencoded characters does not leak in part, and so are
 * the values of parameters that could be one.
 */
export function redactUrl(url: string): string {
  if (looksLikeWords(url)) return redactedWords(url);
  return shownLogin(shownUserOfUrl(url))
    .replace(/^([^:/?#]*:\/\/[^:@/?#]*):[\s\S]*@/, "$1:***@")
    // A mistyped string may have no `://`, and a password all the same.
    .replace(/^((?![^@]*:\/\/)[^:@]*):[\s\S]*@/, "$1:***@")
    // Or no host behind it.
    .replace(/^([^:/?#]*:\/\/[^:@/?#[\]]*):(?!\d{0,5}(?:[/?#]|$))[^@]*$/, "$1:***")
    // A number sign has no meaning there: what follows may be the rest of a password.
    .replace(/#[\s\S]*$/, "#***")
    .replace(/([?&;])([^=?&;#]*)=([^&;#]*)/g, (all, sign: string, name: string, value: string) => {
      if (name === "user") return `${sign}user=${shownUser(value)}`;
      return SHOWN.includes(name) ? all : `${sign}${name}=***`;
    })
    .replace(/((?:pass(?:word|wd)|pwd)\s*(?:=|%3d))(?!\*\*\*)[^&;#]*/gi, "$1***");
}

function redactedWords(text: string): string {
  const words = readWords(text) ?? [];
  if (words.length === 0) return "***";
  return words.map(([name, value]) => `${name}=${shownValue(name, value)}`).join(" ");
}

function shownValue(name: string, value: string): string {
  if (!SHOWN.includes(name)) return "***";
  return name === "user" ? shownUser(value) : shownLogin(value);
}

/**
 * Reads a connection string: `postgres://user:password@host:port/database?sslmode=require`, or
 * `host=db dbname=farm user=anna`.
 *
 * @throws {ReddError} input, when it is none, or names a service or a password file, which
 *   `connectionOf` looks up; the message does not show the password.
 */
export function readUrl(text: string): Address {
  const source = sourceOfText(text);
  for (const name of ["service", "passfile"] as const) {
    if (source.pieces[name] === undefined) continue;
    throw source.refusal(name, `has the parameter ${name}, which is to be looked up first`);
  }
  return addressOf([source]);
}

/** A URL of another kind, after its password was hidden, of which nothing can be a password. */
const OTHER_URL = /^[a-z]{2,16}:\/\/[\w.-]+:\*{3}@[\w.-]*(?::\d{1,5})?(?:\/[\w.-]*)?$/i;

/**
 * What a refusal calls the text. Of one that is no connection string nobody knows where a password
 * stands: no more of it is shown than the name before the first other sign.
 */
function shownWhole(text: string, from: string | undefined): string {
  const ours = looksLikeWords(text) || /^\s*postgres(?:ql)?:\/\//i.test(text);
  const redacted = redactUrl(text);
  const [begin] = /^[\p{L}\p{M}\p{N}._-]+/u.exec(text) ?? [];
  const shown = ours || OTHER_URL.test(redacted)
    ? redacted
    : begin === undefined || begin.length === text.length
    ? undefined
    : `${begin}…`;
  if (shown === undefined) return from ?? "it";
  return from === undefined ? shown : `${from}, ${shown},`;
}

/**
 * The pieces of a connection string.
 *
 * @param from Where the string comes from, if that is known: `DATABASE_URL`, `--database-url`.
 * @throws {ReddError} input, when it is none.
 */
export function sourceOfText(text: string, from?: string): Source {
  const refusal: Source["refusal"] = (_, because) => {
    const shown = shownWhole(text, from);
    return new ReddError("input", "DATABASE_URL_INVALID", {
      cannot: "read the connection string",
      because: `${shown} ${because}`,
      remedy:
        "Write postgres://user:password@host:5432/database, with characters like @ : / # % in a " +
        "name or password percent-encoded" +
        (from !== "DATABASE_URL" ? "" : ", or take the embedded server with --embedded"),
    });
  };
  if (!looksLikeWords(text)) return sourceOf(wordsOfUrl(text, refusal), refusal);
  const words = readWords(text);
  if (words === undefined) throw refusal(undefined, "is not made of keyword=value pairs");
  return sourceOf(words, refusal);
}

/** The parts of a URL, under the names that libpq has for them. */
function wordsOfUrl(
  text: string,
  refusal: Source["refusal"],
): readonly (readonly [string, string])[] {
  const refuse = (because: string): never => {
    throw refusal(undefined, because);
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
  const piece = (encoded: string): string => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return refuse("has a percent sign that encodes nothing");
    }
  };
  const query = url.search.slice(1).split("&").filter((word) => word !== "").map((word) => {
    const [name, ...value] = word.split("=");
    return [piece(name!), piece(value.join("="))] as const;
  });
  const words = new Map([
    ["host", whole === text ? piece(url.hostname).replace(/^\[|\]$/g, "") : ""],
    ["port", url.port],
    ["dbname", piece(url.pathname.slice(1))],
    ["user", piece(url.username)],
    ["password", piece(url.password)],
  ]);
  for (const [name, value] of query) words.set(name, value);
  return [...words];
}
