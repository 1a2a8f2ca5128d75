/**
 * Text on its way to a terminal or a log. Whatever it is made of (names, files, flags, what a server
 * says) may have been written by somebody who wants to move the cursor, hide what stands there or
 * forge a line of Redd's; and a password may have got into it.
 */
import { withoutShapes } from "./secret_shapes.ts";
import { withoutSecrets } from "./secrets.ts";

/** The most characters of a line; a message that is longer is cut and says so. */
const LONGEST = 8_000;

/** What is looked at of a line that is longer than anything that is shown. */
const LOOKED_AT = 20 * LONGEST;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What is not seen, or moves what is: controls, half characters, marks without a width. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * A text in which everything is seen: controls, line ends, marks that turn the direction of text,
 * what has no width and half characters stand as JSON escapes them, so that JSON stays JSON.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (sign) =>
    SHORT[sign] ??
      Array.from({ length: sign.length }, (_, i) =>
        `\\u${sign.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
}

/** What is said in the place of a text that could not be cleaned; JSON as it stands. */
export const UNSHOWN = '"This text could not be cleaned of passwords and is not shown."';

/** A cleaned text; whatever goes wrong with that, the text itself is not told. */
function guarded(clean: () => string): string {
  try {
    return clean();
  } catch {
    return UNSHOWN;
  }
}

/** A line that may be shown: one line, all of it to be seen, without passwords, and not endless. */
export function shownLine(text: string): string {
  return guarded(() => {
    const isCut = text.length > LOOKED_AT;
    const clean = visible(withoutSecrets(text.slice(0, LOOKED_AT), isCut));
    const more = Math.max(0, clean.length - LONGEST) + Math.max(0, text.length - LOOKED_AT);
    return more === 0 ? clean : `${clean.slice(0, LONGEST)} … and ${more} characters more`;
  });
}

/** A line of a result, however long: one line, all of it to be seen, without passwords. */
export function shownResult(line: string): string {
  return guarded(() => visible(withoutSecrets(line)));
}

/**
 * A result as JSON, which stays what it was but for passwords: each text by itself is looked
 * through, so that none of them can reach into another.
 */
export function shownJson(json: string): string {
  return guarded(() => visible(JSON.stringify(cleaned(JSON.parse(json)))));
}

/** The names of values that are passwords. */
const PASSWORD_NAME = /^(?:pg|ssl)?(?:pass(?:word|wd|phrase)|pwd)$/i;

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const isPassword = PASSWORD_NAME.test(name) && typeof one === "string";
      return [withoutShapes(name), isPassword ? "***" : cleaned(one)];
    }),
  );
}
