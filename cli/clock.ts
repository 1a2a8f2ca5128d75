/** The clock of this process, the only one that a line's dates follow: UTC, as all of Redd's days. */
import { parseIso } from "../src/farm/days.ts";

/** It is asked through this object, so that a test can say what day it is. */
export const CLOCK = {
  /** The day number of today, counted from 1970-01-01. */
  today: (): number => parseIso(new Date().toISOString().slice(0, 10))!,
};
