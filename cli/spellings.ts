/**
 * Finds passwords in a text however they are written there. Text and password are brought to one
 * form, in which all spellings of a character are the same bytes, and that form is searched; so the
 * time grows with the text and the password, never with their product or worse.
 */

/** A stretch of a text: from the first character to behind the last. */
export type Stretch = readonly [begin: number, end: number];

/** Bytes, and for each where it is written: from its escape on, to its end, to the next byte. */
interface Form {
  readonly bytes: number[];
  readonly begins: number[];
  readonly ends: number[];
  /** Behind the backslashes that follow. */
  readonly afters: number[];
}

/** A password as it is looked for. */
export interface SoughtPassword {
  readonly literals: readonly Pattern[];
  readonly form: Pattern | undefined;
  /** Its last character is a backslash, which its form leaves out. */
  readonly endsEscaped: boolean;
}

interface Pattern {
  readonly signs: ArrayLike<number>;
  /** How much of it is found still, where the character behind that much is not. */
  readonly fallbacks: Int32Array;
}

/** Shorter forms are found in anything. */
const SHORTEST = 3;

/** A beginning of a password that tells of it, where the text is cut. */
const LONG = 8;

/** What begins an ellipsis, as a character and in bytes. */
const CUTS = [0x2026, 0xe2];

const BACKSLASH = 0x5c;

/** Prepares a password to be looked for. */
export function wantedOf(password: string): SoughtPassword {
  const { bytes } = formOf(password);
  const json = JSON.stringify(password).slice(1, -1);
  const encoded = encodeURIComponent(password.toWellFormed());
  return {
    literals: [...new Set([password, json, encoded])].map((text) => patternOf(unitsOf(text))),
    form: bytes.length < SHORTEST ? undefined : patternOf(bytes),
    endsEscaped: password.endsWith("\\"),
  };
}

/**
 * Where passwords stand in a text, in order and without overlaps.
 *
 * @param isCut Whether the text goes on: its end may be the beginning of a password.
 */
export function stretchesOf(
  text: string,
  wanted: Iterable<SoughtPassword>,
  isCut = false,
): Stretch[] {
  const units = unitsOf(text);
  const form = formOf(text);
  const found: Stretch[] = [];
  for (const one of wanted) {
    for (const literal of one.literals) found.push(...search(units, literal, isCut));
    if (one.form === undefined) continue;
    for (const [begin, end] of search(form.bytes, one.form, isCut)) {
      const ends = one.endsEscaped ? form.afters : form.ends;
      found.push([form.begins[begin]!, ends[end - 1]!]);
    }
  }
  const merged: [number, number][] = [];
  for (const [begin, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last === undefined || begin >= last[1]) merged.push([begin, end]);
    else last[1] = Math.max(last[1], end);
  }
  return merged;
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** The table of Knuth, Morris and Pratt. */
function patternOf(signs: ArrayLike<number>): Pattern {
  const fallbacks = new Int32Array(signs.length + 1);
  for (let i = 1, matched = 0; i < signs.length; i++) {
    while (matched > 0 && signs[i] !== signs[matched]) matched = fallbacks[matched]!;
    if (signs[i] === signs[matched]) matched++;
    fallbacks[i + 1] = matched;
  }
  return { signs, fallbacks };
}

function search(text: ArrayLike<number>, { signs, fallbacks }: Pattern, isCut: boolean): Stretch[] {
  const found: Stretch[] = [];
  let matched = 0;
  for (let i = 0; i < text.length; i++) {
    // Others cut what they quote: the beginning of a password is one as well.
    if (matched >= LONG && CUTS.includes(text[i]!) && text[i] !== signs[matched]) {
      found.push([i - matched, i]);
    }
    while (matched > 0 && text[i] !== signs[matched]) matched = fallbacks[matched]!;
    if (text[i] === signs[matched]) matched++;
    if (matched < signs.length) continue;
    found.push([i + 1 - matched, i + 1]);
    matched = fallbacks[matched]!;
  }
  if (isCut && matched >= SHORTEST) found.push([text.length - matched, text.length]);
  return found;
}

/**
 * The one form of a text: percent-encoding is decoded, however often it was encoded; escapes of
 * JSON are taken for what they mean and other backslashes left out, quotes that are doubled are one,
 * and a plus is a space.
 */
function formOf(text: string): Form {
  const plain = decodedOf(text);
  const form: Form = { bytes: [], begins: [], ends: [], afters: [] };
  const { bytes } = plain;
  let high: { unit: number; begin: number } | undefined;
  for (let i = 0; i < bytes.length;) {
    const begin = plain.begins[i]!;
    let next = i;
    while (bytes[next] === BACKSLASH) next++;
    if (next === bytes.length) {
      if (form.afters.length > 0) form.afters[form.afters.length - 1] = plain.ends[next - 1]!;
      break;
    }
    const escape = next === i ? undefined : unicodeEscape(bytes, next);
    if (next > i && form.afters.length > 0) {
      form.afters[form.afters.length - 1] = plain.ends[next - 1]!;
    }
    if (escape === undefined) {
      high = undefined;
      add(form, SAME.get(bytes[next]!) ?? bytes[next]!, begin, plain.ends[next]!);
      i = next + 1;
      continue;
    }
    i = escape.end;
    const end = plain.ends[i - 1]!;
    if (high !== undefined && escape.code >= 0xdc00 && escape.code <= 0xdfff) {
      // The second half of a character of which the first stands for a lone half by now.
      for (const list of [form.bytes, form.begins, form.ends, form.afters]) list.length -= 3;
      const code = 0x10000 + ((high.unit - 0xd800) << 10) + (escape.code - 0xdc00);
      for (const byte of utf8(code)) add(form, byte, high.begin, end);
      high = undefined;
      continue;
    }
    high = escape.code >= 0xd800 && escape.code <= 0xdbff
      ? { unit: escape.code, begin }
      : undefined;
    for (const byte of utf8(escape.code)) add(form, SAME.get(byte) ?? byte, begin, end);
  }
  return form;
}

/** What is written as a letter behind a backslash, or as a space. */
const SAME = new Map(
  [..."\bb\ff\nn\rr\tt+ "].map((sign) => sign.charCodeAt(0))
    .flatMap((code, i, all) => i % 2 === 0 ? [[code, all[i + 1]!] as const] : []),
);

function add(form: Form, byte: number, begin: number, end: number): void {
  const last = form.bytes.length - 1;
  if ((byte === 0x22 || byte === 0x27) && form.bytes[last] === byte) {
    form.ends[last] = form.afters[last] = end;
    return;
  }
  form.bytes.push(byte);
  form.begins.push(begin);
  form.ends.push(end);
  form.afters.push(end);
}

/** A text in bytes, with what is percent-encoded decoded. */
function decodedOf(text: string): Pick<Form, "bytes" | "begins" | "ends"> {
  const form = { bytes: [] as number[], begins: [] as number[], ends: [] as number[] };
  for (let i = 0; i < text.length;) {
    const begin = i;
    const byte = text[i] === "%" ? percentAt(text, i) : undefined;
    const code = text.codePointAt(i)!;
    i = byte?.end ?? i + (code > 0xffff ? 2 : 1);
    for (const one of byte === undefined ? utf8(code) : [byte.value]) {
      form.bytes.push(one);
      form.begins.push(begin);
      form.ends.push(i);
    }
  }
  return form;
}

/** The byte that is encoded at a percent sign: `%41`, `%2541`, `%252541`; `%25` is one itself. */
function percentAt(text: string, at: number): { value: number; end: number } | undefined {
  let end = at + 1;
  while (text.startsWith("25", end)) end += 2;
  const pair = text.slice(end, end + 2);
  if (/^[0-9a-f]{2}$/i.test(pair)) return { value: parseInt(pair, 16), end: end + 2 };
  return end === at + 1 ? undefined : { value: 0x25, end };
}

/** `u0041` or `u{41}` at a place of bytes. */
function unicodeEscape(
  bytes: readonly number[],
  at: number,
): { code: number; end: number } | undefined {
  const near = String.fromCharCode(...bytes.slice(at, at + 9));
  const [all, four, braced] = /^u(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/i.exec(near) ?? [];
  const code = parseInt(four ?? braced ?? "", 16);
  return all === undefined || code > 0x10ffff ? undefined : { code, end: at + all.length };
}

const encoder = new TextEncoder();

/** The bytes of a character; half of one is the character that stands for what is none. */
function utf8(code: number): ArrayLike<number> & Iterable<number> {
  return code < 0x80 ? [code] : encoder.encode(String.fromCodePoint(code).toWellFormed());
}
