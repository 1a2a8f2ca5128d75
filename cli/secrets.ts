/**
 * Passwords in text that is to be shown: those that this process knows, in whatever spelling, and
 * what looks like one by the place where it stands.
 */
import { looksLikeWords, readWords } from "../src/postgres/connection/words.ts";

/** What stands for a password. */
export const BLANK = "***";

/** The passwords that this process knows, the longest first, with what finds their spellings. */
let known: { readonly password: string; readonly spellings: RegExp }[] = [];

/** Shorter ones would blank parts of words; they are blanked by the place where they stand. */
const SHORTEST = 3;

/** Passwords that messages are full of, and that nobody learns from there. */
const WORDS = /^(?:password|postgres|postgresql|localhost|redd)$/;

/** Has a password blanked wherever it would be shown, however it is encoded or escaped there. */
export function keepSecret(password: string | undefined): void {
  if (password === undefined || password.length < SHORTEST || WORDS.test(password)) return;
  if (known.some((one) => one.password === password)) return;
  known = [...known, { password, spellings: spellingsOf(password) }]
    .sort((a, b) => b.password.length - a.password.length);
}

/** Has blanked what may be a password in a word of the line, a variable or a line of settings. */
export function keepSecretsOf(text: string): void {
  for (const one of [text, text.replace(/^--[\w-]+=/, "")]) {
    for (const form of [one, decoded(one)]) {
      for (const password of passwordsIn(form)) {
        keepSecret(password);
        keepSecret(decoded(password));
      }
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A user and a colon, behind `://` or, where that is forgotten, at the beginning. */
const USER = /:\/\/[^:@/?#]*:|^["']?[^:@/\\\s]*:(?!\/\/|\\)/;

/** A number that a port may be, and then the end of the host. */
const PORT = /^\d{0,5}(?=[/?#\s]|$)/;

/** What of a text may be a password, as it is written there. */
function passwordsIn(text: string): string[] {
  const words = looksLikeWords(text) ? readWords(text) ?? [] : [];
  const found = words.flatMap(([name, value]) => {
    const isPort = name === "port" && !/^\d{1,5}$/.test(value);
    return isPort || /^(?:pg|ssl)?password$/i.test(name) ? [value] : [];
  });
  const user = USER.exec(text);
  if (user !== null) {
    const rest = text.slice(user.index + user[0].length);
    const end = rest.lastIndexOf("@");
    if (end >= 0) found.push(rest.slice(0, end));
    else if (user[0].startsWith("://") && !PORT.test(rest)) found.push(/^[^/?#]*/.exec(rest)![0]);
  }
  // Behind a port or a path a number sign belongs to nothing: it may begin a password.
  const [, fragment] = /^\s*postgres(?:ql)?:\/\/[^#]*#([^]*)$/i.exec(text) ?? [];
  if (fragment !== undefined && !fragment.includes("@")) found.push(fragment);
  for (const [, value = ""] of text.matchAll(/(?:password|passwd|pwd)=([^&;\s]+)/gi)) {
    found.push(value);
  }
  const [, tail] = /(?:password|passwd|pwd)=([^]+)$/i.exec(text) ?? [];
  if (tail !== undefined && words.length === 0) found.push(tail);
  return found;
}

/** Finds a text however its characters are written: as they are, percent-encoded, escaped, doubled. */
function spellingsOf(password: string): RegExp {
  const signs = [...password].map((sign) => {
    const code = sign.codePointAt(0)!.toString(16);
    const bytes = [...new TextEncoder().encode(sign.isWellFormed() ? sign : "\ufffd")];
    const units = Array.from({ length: sign.length }, (_, i) => sign.charCodeAt(i));
    const json = JSON.stringify(sign).slice(1, -1);
    return [
      ...(`'"`.includes(sign) ? [literal(sign + sign)] : []),
      `\\\\{0,4}${literal(sign)}`,
      ...(json === sign ? [] : [`\\\\{0,3}${literal(json)}`]),
      ...(sign === " " ? ["\\+"] : []),
      bytes.map((byte) => `%(?:25){0,3}${anyCase(hex(byte, 2))}`).join(""),
      units.map((unit) => `\\\\{1,4}u${anyCase(hex(unit, 4))}`).join(""),
      `\\\\{1,4}u\\{${anyCase(code)}\\}`,
    ].join("|");
  });
  return new RegExp(signs.map((sign) => `(?:${sign})`).join(""), "g");
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

function anyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** A text without the passwords that this process knows, and without what looks like one. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const { spellings } of known) clean = clean.replace(spellings, BLANK);
  return withoutShapes(clean);
}

/** What stands in the place of a port and is none. */
const AS_PORT =
  /(:\/\/[^\s"/?#]*:|\bport\s*=\s*'?)(?!\d{1,5}(?!\w)|\*\*\*)[^\s"'/?#@\]]+(?=['/?#\s"]|$)/g;

/** The same in Redd's own words. */
const CALLED_PORT = /(\bhas ")(?!\d{1,5}")(?:[^"\\]|\\.)*(" as port)/g;

/** What stands behind the number sign of a connection string. */
const FRAGMENT = /(\bpostgres(?:ql)?:\/\/[^\s"#]*#)[^\s"]+/gi;

/** What follows the name of a password: `password=x`, `"pwd": "x"`, `PGPASSWORD%3Dx`, `PASSWORD 'x'`. */
const NAMED = new RegExp(
  String
    .raw`((?:pass(?:word|wd|phrase)|pwd)(?:\\*["'])?(?:\s*(?:=|:|%(?:25)*3d)\s*|\s+(?=\\*["'])))` +
    String.raw`(\\*'(?:[^'\\]|\\[^])*'|\\+"(?:(?!\\+").)*\\+"|"(?:[^"\\]|\\[^])*"` +
    String.raw`|(?:[^\s"&]|&(?!\w+(?:=|%3d)))+)`,
  "gi",
);

/** A text without what looks like a password by the place where it stands. */
export function withoutShapes(text: string): string {
  return withoutUsers(text)
    .replace(AS_PORT, `$1${BLANK}`)
    .replace(CALLED_PORT, `$1${BLANK}$2`)
    .replace(FRAGMENT, `$1${BLANK}`)
    .replace(NAMED, (_, name: string, value: string) => {
      const quote = /^\\*["']/.exec(value)?.[0] ?? "";
      return `${name}${quote}${BLANK}${value.endsWith(quote) ? quote : ""}`;
    });
}

/** The example that Redd's own remedies give. */
const EXAMPLE = /^password@host/;

/**
 * Blanks what stands between a user and a host. In time that grows with the text alone: a pattern
 * would look for the end anew from each beginning.
 */
function withoutUsers(text: string): string {
  if (/^\s*[a-z]+:\/\/[^\s:@/?#]*:/i.test(text)) return withoutUser(text, USER);
  const words = text.replace(/[^\s"]+/g, (word) => withoutUser(word, USER));
  // A password with spaces in it reaches over words.
  return words.replace(/[^"]+/g, (words) => withoutUser(words, /:\/\/[^\s:@/?#]*:(?!\*\*\*@)/));
}

function withoutUser(text: string, user: RegExp): string {
  const end = text.lastIndexOf("@");
  const found = end < 0 ? null : user.exec(text.slice(0, end));
  if (found === null) return text;
  const begin = found.index + found[0].length;
  if (EXAMPLE.test(text.slice(begin))) return text;
  return `${text.slice(0, begin)}${BLANK}${text.slice(end)}`;
}
