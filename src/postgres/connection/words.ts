/** libpq's other form of a connection string: `host=db dbname=farm user=anna`. */

const WORD =
  /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'|(?!')((?:[^\s\\]|\\[\s\S])*))(?=\s|$)/gy;

/** Is this text of that form, rightly written or not? */
export function looksLikeWords(text: string): boolean {
  return /^\s*\w+\s*=/.test(text);
}

/**
 * Reads `keyword=value` pairs; a value with spaces stands in single quotes, and a backslash takes
 * the meaning from the sign behind it.
 *
 * @returns undefined, when the text is not made of such pairs.
 */
export function readWords(text: string): (readonly [string, string])[] | undefined {
  const whole = text.trim();
  const matches = [...whole.matchAll(WORD)];
  const end = matches.reduce((sum, [match]) => sum + match.length, 0);
  if (end !== whole.length) return undefined;
  return matches.map(([, name, quoted, plain]) => [
    name!,
    (quoted ?? plain ?? "").replace(/\\([\s\S])/g, "$1"),
  ]);
}
