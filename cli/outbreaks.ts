/** Outbreaks that a line puts into its schedule: `--outbreak pd@FI-SEA-07:2024-08-15`. */
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { ReddError } from "../src/errors.ts";
import { findingText } from "../src/schedule/finding.ts";
import { asOfOf, type Schedule } from "../src/schedule/format.ts";
import { MOST_OUTBREAKS } from "../src/schedule/limits.ts";
import { checkOutbreaks } from "../src/schedule/outbreaks.ts";
import { dateInRange } from "../src/schedule/range.ts";
import type { Given } from "./command.ts";
import { usageError } from "./parse.ts";
import { shownWord } from "./shown_word.ts";

const FLAG = "outbreak";

/** One outbreak of the flag. The name of a site may have anything in it but an @ or a comma. */
const ONE = /^([a-z0-9-]{1,20})@([^@,]{1,100}):(\d{4}-\d{2}-\d{2})$/;

/** What a word lacks that is no outbreak. What stands before and behind the @ is shown by itself. */
function lacking(word: string): string {
  if (word === "") return "nothing between two commas, or behind the last";
  const [disease, ...rest] = word.split("@");
  const [, date] = /:([^:]*)$/.exec(rest.join("@")) ?? [];
  if (rest.length === 0) return `no @ between a disease and a sea area in ${shownWord(word)}`;
  if (!/^[a-z0-9-]{1,20}$/.test(disease!)) {
    return `${disease === "" ? "nothing" : shownWord(disease!)} as a disease, ` +
      "whose names have small letters and digits";
  }
  if (date === undefined) return `no date behind a colon for ${disease}`;
  return `${date === "" ? "nothing" : shownWord(date)} as a date for ${disease}`;
}

/**
 * A schedule with the outbreaks that a line asks for, after those that it has.
 *
 * @throws {ReddError} usage, for what is no outbreak; input, for one that cannot be.
 */
export function withOutbreaks(
  command: string,
  given: Given,
  schedule: Schedule,
  { diseases }: Fixtures,
): Schedule {
  const text = given.text(FLAG);
  if (text === undefined) return schedule;
  const own = schedule.metadata.outbreaks ?? [];
  const words = text.split(",");
  if (own.length + words.length > MOST_OUTBREAKS) {
    const because = `--${FLAG} has ${words.length}`;
    throw usageError(command, because, `Give at most ${MOST_OUTBREAKS} in all`);
  }
  const added = words.map((word) => {
    const [, disease, site, date] = ONE.exec(word.trim()) ?? [];
    if (date !== undefined && dateInRange(date) !== undefined) {
      return { disease: disease!, site: site!, date };
    }
    throw usageError(
      command,
      `--${FLAG} has ${lacking(word.trim())}`,
      "Give a disease, a sea area and a date, such as pd@FI-SEA-07:2024-08-15, or several with " +
        "commas between them",
    );
  });
  const asOf = asOfOf(schedule);
  const late = added.find(({ date }) => date >= asOf);
  if (late !== undefined) {
    throw usageError(
      command,
      `--${FLAG} has one on ${late.date}, and ${asOf} is the first day that is not simulated`,
      "Give an earlier date of the outbreak, or a later one of the dataset",
    );
  }
  const outbreaks = [...own, ...added];
  const longer = { ...schedule, metadata: { ...schedule.metadata, outbreaks } };
  const finding = checkOutbreaks(longer, diseases.map(({ id }) => id));
  if (finding === undefined) return longer;
  throw new ReddError("input", "OUTBREAK_UNPLACEABLE", {
    cannot: `put the outbreaks of --${FLAG}`,
    because: findingText(finding),
    remedy: diseases.length === 0
      ? "Give --profile field, which knows diseases, or leave the flag away"
      : "Give another disease, sea area or date",
  });
}
