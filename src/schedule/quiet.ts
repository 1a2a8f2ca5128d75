/** As-of dates long after the last fish: in a file they are what it says, in an extension a mistake. */
import { isoOf, parseIso } from "../farm/days.ts";
import type { Finding } from "./finding.ts";
import { asOfOf, asOfPath, LONGEST_LIFE, type Schedule } from "./format.ts";
import type { Life } from "./life.ts";
import { LONGEST_QUIET } from "./range.ts";

/** An as-of date so long after the last harvest that nobody may have meant it, for a warning. */
export function quietEnd(schedule: Schedule, life: Life): Finding | undefined {
  const asOf = asOfOf(schedule);
  const ends = schedule.batches.map(({ start_date, duration, harvest_target_kg }) =>
    parseIso(start_date)! + Math.min(duration, life.harvestOf(harvest_target_kg))
  );
  const last = Math.max(...ends);
  if (parseIso(asOf)! - last <= LONGEST_QUIET) return undefined;
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
