/**
 * Text on its way to a terminal or a log. Whatever it is made of (names, files, flags, what a server
 * says) may have been written by somebody who wants to move the cursor, hide what stands there or
 * forge a line of Redd's; and a password may have got into it.
 */

/** The most characters of a line; a message that is longer is cut and says so. */
const LONGEST = 20_000;

/** Passwords that this process has been given. Shorter ones would blank parts of words. */
const secrets = new Set<string>();
const SHORTEST_SECRET = 3;

/** Has a password blanked wherever it would be shown, as it is and as a URL has it. */
export function keepSecret(password: string | undefined): void {
  if (password === undefined || password.length < SHORTEST_SECRET) return;
  for (const form of [password, encodeURIComponent(password), encodeURI(password)]) {
    secrets.add(form);
    // As JSON text has it, and as this module shows what cannot be seen.
    secrets.add(JSON.stringify(form).slice(1, -1));
    secrets.add(visible(form));
  }
}

const BLANK = "***";

/** What a connection string has between the user and the host, in one word and over several. */
const IN_ONE_WORD = /(:\/\/[^\s:@/"]*:)(?!password@host)[^\s"]*@/g;
const IN_SEVERAL = /(:\/\/[^\s:@/"]*:)(?!\*\*\*@|password@host)[^"]*@/g;

/** What stands in the place of a port and is none. */
const AS_PORT =
  /(:\/\/[^\s"/?#]*:|\bport\s*=\s*'?)(?!\d{1,5}(?!\w)|\*\*\*)[^\s"'/?#@\]]+(?=['/?#\s"]|$)/g;

/** The same in Redd's own words. */
const CALLED_PORT = /(\bhas ")(?!\d{1,5}")(?:[^"\\]|\\.)*(" as port)/g;

/** What follows the name of a password: `password=x`, `"pwd": "x"`, `PGPASSWORD%3Dx`. */
const NAMED =
  /((?:ssl|pg)?pass(?:word|wd)|pwd)(["']?\s*(?:=|:|%3[dD])\s*)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s&;,"'})\]]+)/gi;

/** A text without its passwords. */
export function withoutSecrets(text: string): string {
  let clean = text;
  const known = [...secrets].sort((a, b) => b.length - a.length);
  for (const secret of known) clean = clean.replaceAll(secret, BLANK);
  return clean.replace(IN_ONE_WORD, `$1${BLANK}@`).replace(IN_SEVERAL, `$1${BLANK}@`)
    .replace(AS_PORT, `$1${BLANK}`)
    .replace(CALLED_PORT, `$1${BLANK}$2`).replace(
      NAMED,
      (_, name: string, sign: string, value: string) => {
        const quote = /^["']/.exec(value)?.[0] ?? "";
        return `${name}${sign}${quote}${BLANK}${quote}`;
      },
    );
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text in which everything is seen: controls, line ends, marks that turn the direction of text,
 * what has no width and half characters stand as JSON escapes them, so that JSON stays JSON.
 */
export function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) =>
    SHORT[sign] ??
      Array.from({ length: sign.length }, (_, i) =>
        `\\u${sign.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
}

/** A line that may be shown: one line, all of it to be seen, without passwords, and not endless. */
export function shownLine(text: string): string {
  const clean = visible(withoutSecrets(text));
  if (clean.length <= LONGEST) return clean;
  return `${clean.slice(0, LONGEST)} … and ${clean.length - LONGEST} characters more`;
}
