/** What looks like a password in a text by the place where it stands. */

import { shownLogin, shownUser, shownUserOfUrl } from "../src/postgres/user_part.ts";
import { secretValueAt } from "./secret_values.ts";

/** What stands for a password. */
export const BLANK = "***";

/** A user and a colon, behind `://` or, where that is forgotten, at the beginning. */
export const USER = /:\/\/[^:@/?#]*:|^["']?[^:@/\\\s]*:(?!\/\/|\\)/;

/** The authority of a URL, or the value of a port. */
const WITH_PORT =
  /(:\/\/)([^\s"/?#]*)(?=['/?#\s"]|$)|(\bport\s*=\s*'?)([^\s"'/?#@\]]*)(['/?#\s"]?)/g;

/** What may stand as a port. */
const IS_PORT = /^(?:\d{1,5}(?!\w)|\*\*\*|$)/;

/** Blanks what stands in the place of a port and is none. */
function withoutPorts(text: string): string {
  return text.replace(WITH_PORT, (all, slashes, authority, name, value, end, at) => {
    if (slashes === undefined) {
      const ends = end !== "" || at + all.length === text.length;
      return IS_PORT.test(value) || !ends ? all : `${name}${BLANK}${end}`;
    }
    let colon = authority.lastIndexOf(":");
    if (colon > 0 && IS_PORT.test(authority.slice(colon + 1))) {
      colon = authority.lastIndexOf(":", colon - 1);
    }
    const port = authority.slice(colon + 1);
    if (colon < 0 || IS_PORT.test(port) || /[@\]]/.test(port)) return all;
    const quote = port.indexOf("'");
    return `${slashes}${authority.slice(0, colon + 1)}${BLANK}${
      quote < 0 ? "" : port.slice(quote)
    }`;
  });
}

/** The same in Redd's own words. */
const CALLED_PORT = /(\bhas ")(?!\d{1,5}")(?:[^"\\]|\\.)*(" as port)/g;

/** Blanks what stands behind the number sign of a connection string. */
function withoutFragment(word: string): string {
  const begin = /\bpostgres(?:ql)?:\/\//i.exec(word)?.index;
  const sign = begin === undefined ? -1 : word.indexOf("#", begin);
  return sign < 0 || sign === word.length - 1 ? word : `${word.slice(0, sign + 1)}${BLANK}`;
}

/** The user as a parameter. */
const USER_PARAMETER = /(\buser\s*(?:=|%(?:25)*3d)\s*)([^\s"&#]+)/gi;

/** The name of a password, and what leads to its value: `password=`, `"pwd": `, `PGPASSWORD%3D`. */
const NAMED = new RegExp(
  String.raw`(?:pass(?:word|wd|phrase)|pwd)(?:\\*["'])?(?:\s*(?:=|:|%(?:25)*3d)\s*` +
    String.raw`|\s+(?=\\*["']|(?:[ebnx]|u&)'|\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$)` +
    String.raw`|(?=\$\$))`,
  "gi",
);

/** Files and folders of the line that are called like a password. */
const paths = new Set<string>();

/** What Redd calls a file or folder before its name. */
const CALLED =
  /(?:^|\b(?:dataset|descriptor|file|fixture|folder|in|into|merge|profile|read|schedule|shard|write) )$/;

/** Has a file or folder of the line shown, though it is called like a password. */
export function keepShown(path: string): void {
  if (/(?:pass(?:word|wd|phrase)|pwd)$/i.test(path) && !/[\s"'?&=;@:]/.test(path)) paths.add(path);
}

/**
 * Is the name of a password the end of a path, behind which Redd goes on in words: `out/password: no
 * such folder`? A URL is none, nor what stands in one.
 */
function endsPath(text: string, name: string, at: number): boolean {
  const word = /^\w+(?=: )/.exec(name);
  if (word === null) return false;
  let begin = at;
  while (begin > 0 && !/[\s"'(]/.test(text[begin - 1]!)) begin--;
  const path = text.slice(begin, at) + word[0];
  if (/:|[?&=;@]/.test(path)) return false;
  return /[/\\]/.test(path) ||
    paths.has(path) && CALLED.test(text.slice(Math.max(0, begin - 20), begin));
}

/** Blanks the values of passwords by their names. */
function withoutNamed(text: string): string {
  let clean = "";
  let shown = 0;
  NAMED.lastIndex = 0;
  for (let name = NAMED.exec(text); name !== null; name = NAMED.exec(text)) {
    if (endsPath(text, name[0], name.index)) continue;
    const value = secretValueAt(text, NAMED.lastIndex);
    if (value === undefined) continue;
    clean += `${text.slice(shown, NAMED.lastIndex)}${value.open}${BLANK}${value.close}`;
    shown = NAMED.lastIndex = value.end;
  }
  return clean + text.slice(shown);
}

/** A text without what looks like a password by the place where it stands. */
export function withoutShapes(text: string): string {
  const ports = withoutPorts(withoutUsers(text)).replace(CALLED_PORT, `$1${BLANK}$2`);
  const words = ports.replace(USER_PARAMETER, (_, name, user) => `${name}${shownUser(user)}`)
    .replace(/[^\s"]+/g, (word) => shownLogin(shownUserOfUrl(withoutFragment(word))));
  return withoutNamed(words);
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
