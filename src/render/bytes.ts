/**
 * CSV bytes (design.md#d7). Every function writes one column and its comma at `at` and returns the
 * position after it; nothing is allocated. Four digits at a time come from a table of ASCII groups
 * and go out in one 32-bit store. Stores may run up to three bytes past the column: the next column
 * overwrites them.
 */
import { CALENDAR, civilOf, isoOf } from "../farm/days.ts";

const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** "0000" to "9999" as little-endian words. */
const FOUR_DIGITS = new Int32Array(10000);
for (let n = 0; n < 10000; n++) {
  const digit = (place: number) => ZERO + Math.floor(n / place) % 10;
  FOUR_DIGITS[n] = digit(1000) | digit(100) << 8 | digit(10) << 16 | digit(1) << 24;
}

/** Digits of n in 0..9999 without leading zeros. */
function shortDigits(out: DataView, at: number, n: number): number {
  if (n >= 1000) {
    out.setInt32(at, FOUR_DIGITS[n]!, true);
    return at + 4;
  }
  if (n >= 100) {
    out.setInt32(at, FOUR_DIGITS[n]! >>> 8, true);
    return at + 3;
  }
  if (n >= 10) {
    out.setInt16(at, FOUR_DIGITS[n]! >>> 16, true);
    return at + 2;
  }
  out.setInt8(at, ZERO + n);
  return at + 1;
}

/** Digits of a whole number n from 0 to 2^53 - 1. */
export function writeDigits(out: DataView, at: number, n: number): number {
  if (n < 10000) return shortDigits(out, at, n);
  const high = Math.floor(n / 10000);
  at = n < 100000000 ? shortDigits(out, at, high) : writeDigits(out, at, high);
  out.setInt32(at, FOUR_DIGITS[n - high * 10000]!, true);
  return at + 4;
}

/** A NULL: nothing between the commas. */
export function writeEmpty(out: DataView, at: number): number {
  out.setInt8(at, COMMA);
  return at + 1;
}

/** A whole number n >= 0. */
export function writeInteger(out: DataView, at: number, n: number): number {
  at = writeDigits(out, at, n);
  out.setInt8(at, COMMA);
  return at + 1;
}

/** n hundredths with two decimals. */
export function writeHundredths(out: DataView, at: number, n: number): number {
  const whole = Math.floor(n / 100);
  at = writeDigits(out, at, whole);
  out.setInt8(at, POINT);
  out.setInt16(at + 1, FOUR_DIGITS[n - whole * 100]! >>> 16, true);
  out.setInt8(at + 3, COMMA);
  return at + 4;
}

/** n hundredths with two decimals, where n may be negative. */
export function writeSignedHundredths(out: DataView, at: number, n: number): number {
  if (n >= 0) return writeHundredths(out, at, n);
  out.setInt8(at, MINUS);
  return writeHundredths(out, at + 1, -n);
}

/** n ten-thousandths with four decimals. */
export function writeTenThousandths(out: DataView, at: number, n: number): number {
  const whole = Math.floor(n / 10000);
  at = writeDigits(out, at, whole);
  out.setInt8(at, POINT);
  out.setInt32(at + 1, FOUR_DIGITS[n - whole * 10000]!, true);
  out.setInt8(at + 5, COMMA);
  return at + 6;
}

/** n thousandths with three decimals. */
export function writeThousandths(out: DataView, at: number, n: number): number {
  const whole = Math.floor(n / 1000);
  at = writeDigits(out, at, whole);
  // Four digits of which the first, a zero, becomes the point.
  out.setInt32(at, FOUR_DIGITS[n - whole * 1000]!, true);
  out.setInt8(at, POINT);
  out.setInt8(at + 4, COMMA);
  return at + 5;
}

/** n millionths with six decimals. */
export function writeMillionths(out: DataView, at: number, n: number): number {
  const whole = Math.floor(n / 1000000);
  const rest = n - whole * 1000000;
  const high = Math.floor(rest / 100);
  at = writeDigits(out, at, whole);
  out.setInt8(at, POINT);
  out.setInt32(at + 1, FOUR_DIGITS[high]!, true);
  out.setInt16(at + 5, FOUR_DIGITS[rest - high * 100]! >>> 16, true);
  out.setInt8(at + 7, COMMA);
  return at + 8;
}

/** `true` or `false`. */
export function writeBoolean(out: DataView, at: number, value: boolean): number {
  if (value) {
    out.setInt32(at, 0x65757274, true);
    out.setInt8(at + 4, COMMA);
    return at + 5;
  }
  out.setInt32(at, 0x736c6166, true);
  out.setInt16(at + 4, 0x2c65, true);
  return at + 6;
}

/** Three words for every day of the calendar, all 0 until it is written: digits are never 0. */
const dateWords = new Int32Array(3 * (CALENDAR.last - CALENDAR.first + 1));

function dateWordsOf(day: number): number {
  const slot = 3 * (day - CALENDAR.first);
  // A day out of the calendar has no word, which is not above 0 either.
  if (!(dateWords[slot]! > 0)) spellDate(slot, day);
  return slot;
}

function spellDate(slot: number, day: number): void {
  if (!Number.isInteger(slot) || slot < 0 || slot >= dateWords.length) {
    const range = `${isoOf(CALENDAR.first)} to ${isoOf(CALENDAR.last)}`;
    throw new RangeError(`Day ${day} is none of ${range}, the days that can be written`);
  }
  const { year, month, day: dayOfMonth } = civilOf(day);
  const text = (n: number) => FOUR_DIGITS[n]! >>> 16;
  dateWords[slot] = FOUR_DIGITS[year]!;
  dateWords[slot + 1] = 45 | text(month) << 8 | 45 << 24;
  dateWords[slot + 2] = text(dayOfMonth);
}

/**
 * `2025-01-31` without a comma.
 *
 * @throws {RangeError} for what is no day of {@linkcode CALENDAR}.
 */
export function writeDateDigits(out: DataView, at: number, day: number): number {
  const slot = dateWordsOf(day);
  out.setInt32(at, dateWords[slot]!, true);
  out.setInt32(at + 4, dateWords[slot + 1]!, true);
  out.setInt16(at + 8, dateWords[slot + 2]!, true);
  return at + 10;
}

/** `20250131` without a comma. */
export function writeCompactDate(out: DataView, at: number, day: number): number {
  const slot = dateWordsOf(day);
  out.setInt32(at, dateWords[slot]!, true);
  out.setInt16(at + 4, dateWords[slot + 1]! >>> 8, true);
  out.setInt16(at + 6, dateWords[slot + 2]!, true);
  return at + 8;
}

/** At least four digits of n, with zeros before it, without a comma. */
export function writePaddedDigits(out: DataView, at: number, n: number): number {
  if (n >= 10000) return writeDigits(out, at, n);
  out.setInt32(at, FOUR_DIGITS[n]!, true);
  return at + 4;
}

/** A date. */
export function writeDate(out: DataView, at: number, day: number): number {
  at = writeDateDigits(out, at, day);
  out.setInt8(at, COMMA);
  return at + 1;
}

/** A date, or NULL. */
export function writeDateOrEmpty(out: DataView, at: number, day: number | null): number {
  return day === null ? writeEmpty(out, at) : writeDate(out, at, day);
}

/** `2025-01-31T06:00:00Z`: a full hour of a day. */
export function writeInstant(out: DataView, at: number, day: number, hour: number): number {
  at = writeDateDigits(out, at, day);
  out.setInt32(at, 0x54 | (FOUR_DIGITS[hour]! >>> 16) << 8 | 0x3a << 24, true);
  out.setInt32(at + 4, 0x303a3030, true);
  out.setInt32(at + 8, 0x2c5a30, true);
  return at + 11;
}

/**
 * A column's bytes made beforehand by {@linkcode fixedField}, or any other bytes.
 *
 * @param from Where they begin in `bytes`.
 */
export function copyBytes(
  out: DataView,
  at: number,
  bytes: DataView,
  length: number,
  from = 0,
): number {
  for (let i = 0; i < length; i += 4) out.setInt32(at + i, bytes.getInt32(from + i, true), true);
  return at + length;
}

/** Text that is written often: its CSV bytes with the comma. */
export interface FixedField {
  readonly length: number;
  /** Padded to a multiple of four. */
  readonly bytes: DataView;
}

const encoder = new TextEncoder();

/** `text` as CSV writes it: quoted where it must be, and `""` where it is empty (rulings.md#19). */
export function csvQuoted(text: string): string {
  if (text === "") return '""';
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Columns of fixed bytes: `csv` must already be quoted; a comma is added. */
export function fixedFields(csv: string): FixedField {
  return paddedBytes(`${csv},`);
}

/** Fixed bytes without a comma: the beginning of a column. */
export function paddedBytes(csv: string): FixedField {
  const encoded = encoder.encode(csv);
  const padded = new Uint8Array(Math.ceil(encoded.length / 4) * 4);
  padded.set(encoded);
  return { length: encoded.length, bytes: new DataView(padded.buffer) };
}

/** A text column that is written often. */
export function fixedField(text: string): FixedField {
  return fixedFields(csvQuoted(text));
}

/** A text column made beforehand. */
export function writeField(out: DataView, at: number, column: FixedField): number {
  return copyBytes(out, at, column.bytes, column.length);
}
