/** Values of flags, read strictly: what is no number or no date is an error that says so. */
import { didYouMean } from "../src/closest.ts";
import { parseIso } from "../src/farm/days.ts";
import { DATE_RANGE, dateInRange } from "../src/schedule/range.ts";
import type { Given } from "./command.ts";
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
  /** One of some words. */
  oneOf<Word extends string>(flag: string, words: readonly Word[]): Word | undefined;
}

/** The values of a line. */
export function flagValues(command: string, given: Given): Values {
  const refuse = (flag: string, value: string, expected: string, meant = "") =>
    usageError(command, `--${flag} is ${shownWord(value)}`, `${meant}Give ${expected}`);
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
      if (text === undefined) return undefined;
      const day = dateInRange(text);
      if (day !== undefined) return day;
      throw refuse(
        flag,
        text,
        parseIso(text) === undefined
          ? "a date of the calendar such as 2025-01-31"
          : `a date from ${DATE_RANGE}`,
      );
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
