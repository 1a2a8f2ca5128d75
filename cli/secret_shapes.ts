/** What looks like a password in a text by the place where it stands. */

/** What stands for a password. */
export const BLANK = "***";

/** A user and a colon, behind `://` or, where that is forgotten, at the beginning. */
export const USER = /:\/\/[^:@/?#]*:|^["']?[^:@/\\\s]*:(?!\/\/|\\)/;

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
