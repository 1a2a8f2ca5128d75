/** Numbers as people and schedulers write them: decimal, and each in one way only. */

/** Digits without a leading zero, or in groups of three by one of two signs. */
const WHOLE = /^(?:0|[1-9]\d*|[1-9]\d{0,2}(?:_\d{3})+|[1-9]\d{0,2}(?:,\d{3})+)$/;
const DECIMAL = /^(?:0|[1-9]\d*)(?:\.\d{1,6})?$/;

/** The whole number that a text is, such as `3500000`, `3_500_000` or `3,500,000`; never below 0. */
export function readWhole(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const number = Number(text.replaceAll(/[_,]/g, ""));
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The number that a text is, such as `0.85`, with at most six decimals; never below 0. */
export function readDecimal(text: string): number | undefined {
  return DECIMAL.test(text) && text.length <= 24 ? Number(text) : undefined;
}
