/** As-of dates after the last fish: in a file they are what it says, far off in an extension a mistake. */
import { isoOf, parseIso } from "../farm/days.ts";
import type { Finding } from "./finding.ts";
import { asOfOf, asOfPath, LONGEST_LIFE, type Schedule } from "./format.ts";
import type { Life } from "./life.ts";
import { LONGEST_QUIET } from "./range.ts";

/** Days without a living fish that are said: an application shows the last seven. */
const LAST_DAYS = 7;

/** An as-of date before which nothing lives for more than the last week, for a warning. */
export function quietEnd(schedule: Schedule, life: Life): Finding | undefined {
  const asOf = asOfOf(schedule);
  const ends = schedule.batches.map(({ start_date, duration, harvest_target_kg }) =>
    parseIso(start_date)! + Math.min(duration, life.harvestOf(harvest_target_kg))
  );
  const last = Math.max(...ends);
  if (parseIso(asOf)! - last <= LAST_DAYS) return undefined;
  const because = `${asOf}, and no batch lives after ${isoOf(last)}: the days between have no rows`;
  return { path: asOfPath(schedule), because };
}

/** An as-of date to which no batch can live, whatever its weight: what a longer schedule may not have. */
export function beyondLife(schedule: Schedule): Finding | undefined {
  const asOf = asOfOf(schedule);
  const { start_date: last } = schedule.batches.at(-1)!;
  const quiet = parseIso(last)! + LONGEST_LIFE + LONGEST_QUIET;
  if (parseIso(asOf)! <= quiet) return undefined;
  const because =
    `${asOf}, expected a day up to ${isoOf(quiet)}: the last batch starts on ${last}, ` +
    `and nothing lives longer than ${LONGEST_LIFE} days`;
  return { path: asOfPath(schedule), because };
}
