/** Seasons in which smolts go to sea, and with them the starts of batches. */
import { civilOf, dayOf } from "../farm/days.ts";
import type { Profile } from "../fixtures/profile.ts";
import { lifeOf } from "./life.ts";

/** Months from the first to the last in which smolts go to sea. */
export type Season = readonly [from: number, to: number];

/** Moves the start of a batch, given as a day number, so that its smolts go to sea in a season. */
export type Seasonal = (day: number) => number;

/**
 * Moves starts so that smolts go to sea in some seasons: the year is cut into as many equal parts,
 * and the days of each part are spread over its season, so that the order of starts stays.
 *
 * @param seaStart Index of the day on which fish go to sea as planned.
 */
export function seasonal(seasons: readonly Season[], seaStart: number): Seasonal {
  if (seasons.length === 0) return (day) => day;
  return (day) => {
    const { year } = civilOf(day + seaStart);
    const [begin, end] = [year, year + 1].map((year) => dayOf({ year, month: 1, day: 1 }));
    const at = (day + seaStart - begin!) / (end! - begin!) * seasons.length;
    const part = Math.floor(at);
    const [from, to] = seasons[part]!;
    const first = dayOf({ year, month: from, day: 1 });
    const after = to === 12 ? end! : dayOf({ year, month: to + 1, day: 1 });
    return first + Math.floor((after - first) * (at - part)) - seaStart;
  };
}

/** In which months a profile's smolts go to sea. */
export function seasonOf(profile: Profile): Seasonal {
  return seasonal(profile.field?.plan.sea_entry ?? [], lifeOf(profile).starts.at(-2)!);
}
