/** Values of flags, read strictly: what is no number or no date is an error that says so. */
import { didYouMean } from "../src/closest.ts";
import { parseIso } from "../src/farm/days.ts";
import { DATE_RANGE, dateInRange } from "../src/schedule/range.ts";
import { CLOCK } from "./clock.ts";
import type { Given } from "./command.ts";
import { DAYS_AGO } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { readDecimal, readWhole } from "./read_number.ts";
import { shownWord } from "./shown_word.ts";

/** Reads the values of a command's flags. */
export interface Values {
  /** A whole number from `low`, 0 or more, to `high`, or undefined where the flag is not given. */
  whole(flag: string, low: number, high: number): number | undefined;
  /** A number such as 0.85 from `low` to `high`, with at most six decimals. */
  decimal(flag: string, low: number, high: number): number | undefined;
  /** The day number of a date of the calendar, within those that a schedule may have. */
  day(flag: string): number | undefined;
  /**
   * The day number of the as-of date that `--until` gives: a date as {@linkcode Values.day} takes it,
   * or `today` or `yesterday`, whose date is taken from the clock here and now.
   */
  asOf(): number | undefined;
  /** One of some words. */
  oneOf<Word extends string>(flag: string, words: readonly Word[]): Word | undefined;
}

const UNTIL = "until";

/** The values of a line. */
export function flagValues(command: string, given: Given): Values {
  // What is close to a word that may be given is no password.
  const refuse = (flag: string, value: string, expected: string, meant = "") =>
    usageError(
      command,
      `--${flag} is ${meant === "" ? shownWord(value) : value}`,
      `${meant}Give ${expected}`,
    );
  /** A date of the line, which may be called by one of some words. */
  function dated(flag: string, text: string, words: readonly string[]): number {
    const day = dateInRange(text);
    if (day !== undefined) return day;
    const expected = parseIso(text) === undefined
      ? "a date of the calendar such as 2025-01-31"
      : `a date from ${DATE_RANGE}`;
    const also = words.length === 0 ? "" : `, ${words.join(" or ")}`;
    throw refuse(flag, text, `${expected}${also}`, didYouMean(text, words));
  }
  return {
    whole(flag, low, high) {
      const text = given.text(flag);
      if (text === undefined) return undefined;
      const number = readWhole(text);
      if (number !== undefined && number >= low && number <= high) return number;
      throw refuse(flag, text, `a whole number from ${low} to ${high}`);
    },
    decimal(flag, low, high) {
      const text = given.text(flag);
      if (text === undefined) return undefined;
      const number = readDecimal(text);
      if (number !== undefined && number >= low && number <= high) return number;
      throw refuse(flag, text, `a number from ${low} to ${high}`);
    },
    day(flag) {
      const text = given.text(flag);
      return text === undefined ? undefined : dated(flag, text, []);
    },
    asOf() {
      const text = given.text(UNTIL);
      if (text === undefined) return undefined;
      const ago = Object.hasOwn(DAYS_AGO, text) ? DAYS_AGO[text] : undefined;
      return ago === undefined ? dated(UNTIL, text, Object.keys(DAYS_AGO)) : CLOCK.today() - ago;
    },
    oneOf(flag, words) {
      const text = given.text(flag);
      if (text === undefined) return undefined;
      const word = words.find((one) => one === text);
      if (word !== undefined) return word;
      throw refuse(flag, text, `one of ${words.join(", ")}`, didYouMean(text, words));
    },
  };
}
