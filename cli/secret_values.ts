/** Where a value ends that follows the name of a password. */

/** A text between dollars, with or without a tag. */
const DOLLARS = /\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/iy;

const UNQUOTED = /(?:[^\s"&]|&(?!\w+(?:=|%3d)))+/iy;

/** What stands before a quote of SQL that has another meaning by it. */
const PREFIX = /(?:[ebnx]|u&)?(?=')/iy;

/** A value: what stands before it, such as a quote, and behind it, and where it ends. */
export interface SecretValue {
  readonly open: string;
  readonly close: string;
  readonly end: number;
}

/**
 * The value that begins at a place. A quote may be escaped, as in JSON of JSON, and what is never
 * closed reaches to the end of the text.
 */
export function secretValueAt(text: string, at: number): SecretValue | undefined {
  const tag = matchAt(DOLLARS, text, at);
  if (tag !== undefined) {
    const end = text.indexOf(tag, at + tag.length);
    if (end < 0) return { open: tag, close: "", end: text.length };
    return { open: tag, close: tag, end: end + tag.length };
  }
  const begin = at + (matchAt(PREFIX, text, at) ?? "").length;
  let quoteAt = begin;
  while (text[quoteAt] === "\\") quoteAt++;
  const quote = text[quoteAt];
  if (quote !== "'" && quote !== '"') {
    const plain = matchAt(UNQUOTED, text, at);
    return plain === undefined ? undefined : { open: "", close: "", end: at + plain.length };
  }
  const end = closing(text, quoteAt, quoteAt - begin);
  const open = text.slice(at, quoteAt + 1);
  const close = end === undefined ? "" : text.slice(begin, quoteAt + 1);
  return { open, close, end: end ?? text.length };
}

/** Behind the quote that closes one with so many backslashes before it. */
function closing(text: string, openAt: number, depth: number): number | undefined {
  const quote = text[openAt];
  let slashes = 0;
  for (let i = openAt + 1; i < text.length; i++) {
    if (text[i] === "\\") {
      slashes++;
      continue;
    }
    if (text[i] === quote) {
      // Each level of escaping doubles the backslashes of a level within.
      const closes = slashes < depth || (slashes - depth) % (2 * (depth + 1)) === 0;
      const isDoubled = closes && quote === "'" && text[i + 1] === quote;
      if (isDoubled) i++;
      else if (closes) return i + 1;
    }
    slashes = 0;
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
