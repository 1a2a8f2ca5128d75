/**
 * Numbers of which as many digits are told as are the same whenever they are reckoned: threads add in
 * another order each time, and the last digits of a sum of doubles are those of the order.
 */

/** So many digits of a number are told. */
const DIGITS = 9;

/** Digits that no order of additions changes; they settle which way the half of the last digit goes. */
const SURE = 12;

/** From here on a whole number may have more digits than are told of others. */
const WHOLE = 10 ** DIGITS;

/** A number with nine digits that count; whole numbers stay, and large ones become whole. */
export function nineDigits(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  return Math.abs(value) < WHOLE
    ? Number(Number(value.toPrecision(SURE)).toPrecision(DIGITS))
    : Math.round(value);
}

/** Plain values as JSON has them, all of whose numbers have {@linkcode nineDigits}. */
export function withNineDigits<Value>(value: Value): Value;
export function withNineDigits(value: unknown): unknown {
  if (typeof value === "number") return nineDigits(value);
  if (Array.isArray(value)) return value.map(withNineDigits);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withNineDigits(one)]),
  );
}
