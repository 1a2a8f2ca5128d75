/**
 * JSON that somebody else may have written. `JSON.parse` takes the last of two equal keys, where
 * another reader takes the first, and as many lists in lists as fit the memory; here such text is
 * refused before anything is made of it.
 */

/** A text is not JSON as Redd reads it. */
export class NotJson extends Error {
  override readonly name = "NotJson";
}

/** How much there may be in a JSON text. */
export interface JsonLimits {
  /** Lists and objects in each other. */
  readonly depth: number;
  /** Values and keys in all. */
  readonly values: number;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * Reads a JSON text in which no object has a key twice or the key `__proto__`, and no string half a
 * character.
 *
 * @throws {NotJson} saying what is wrong, and in which line where that is known.
 */
export function parseJson(text: string, limits: JsonLimits): unknown {
  requirePlain(text, limits);
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJson("is not JSON");
  }
}

/** Looks at brackets, keys and strings only: whether they make up JSON is for the parser to say. */
function requirePlain(text: string, limits: JsonLimits): void {
  /** The keys of every object that is open; nothing for a list. */
  const open: (Set<string> | undefined)[] = [];
  let values = 1;
  let key: string | undefined;
  const refuse = (because: string, at: number) => {
    throw new NotJson(`line ${lineAt(text, at)}: ${because}`);
  };
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        key = stringOf(text.slice(at, end));
        if (!key.isWellFormed()) refuse("a string has half a character", at);
        at = end - 1;
        break;
      }
      case COLON: {
        const keys = open.at(-1);
        if (keys === undefined || key === undefined) throw new NotJson("is not JSON");
        if (key === "__proto__") refuse("the key __proto__ is none of Redd's", at);
        if (keys.has(key)) refuse(`the key ${key.slice(0, 60)} is there twice`, at);
        keys.add(key);
        values++;
        break;
      }
      case COMMA:
        values++;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        open.push(text.charCodeAt(at) === OPEN_OBJECT ? new Set() : undefined);
        values++;
        if (open.length > limits.depth) {
          refuse(`lists and objects are nested more than ${limits.depth} deep`, at);
        }
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open.pop();
        break;
    }
    if (values > limits.values) refuse(`it has more than ${limits.values} values`, at);
  }
}

/** The place behind the string that begins here; the text's end where it has none. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at++;
    else if (sign === QUOTE) return at + 1;
  }
  return text.length;
}

function stringOf(literal: string): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    return JSON.parse(literal);
  } catch {
    throw new NotJson("is not JSON");
  }
}

function lineAt(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
