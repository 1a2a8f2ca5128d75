/** Outbreaks of diseases that a schedule puts where somebody needs them. */
import { meantText } from "../closest.ts";
import { ReddError } from "../errors.ts";
import { isoOf, parseIso } from "../farm/days.ts";
import type { Outbreak } from "../farm/facts.ts";
import { quoted } from "../quoted.ts";
import type { Finding } from "./finding.ts";
import type { Schedule } from "./format.ts";

/**
 * The outbreaks of a schedule.
 *
 * @param diseases Ids of those that there are.
 * @throws {ReddError} input, for a disease that there is none.
 */
export function outbreaksOf(
  { metadata: { outbreaks = [] } }: Schedule,
  diseases: readonly string[],
): Outbreak[] {
  return outbreaks.map(({ disease, site, date }, i) => {
    const at = diseases.indexOf(disease);
    if (at >= 0) return { disease: at, site, day: parseIso(date)! };
    throw new ReddError("input", "UNKNOWN_DISEASE", {
      cannot: "live by the schedule",
      because: unknownText(`metadata.outbreaks[${i}].disease is `, disease, diseases),
      remedy: "Give fixtures that have it, or leave it out of the schedule",
    });
  });
}

function unknownText(path: string, disease: string, diseases: readonly string[]): string {
  if (diseases.length === 0) {
    return `${path}${
      quoted(disease)
    }, expected none: the biology of this profile knows no diseases`;
  }
  const meant = meantText(disease, diseases);
  return `${path}${quoted(disease)}${meant}, expected one of ${diseases.join(", ")}`;
}

/**
 * The first outbreak that cannot be: of a disease that there is none, or at a site that has no fish of
 * the plan on its day. That may lie after the as-of date: an extension lives to see it.
 *
 * @param diseases Ids of the diseases that there are, none where the biology knows none; without them
 *   any will do.
 */
export function checkOutbreaks(
  schedule: Schedule,
  diseases?: readonly string[],
): Finding | undefined {
  const { metadata: { outbreaks = [] }, batches } = schedule;
  for (const [i, { disease, site, date }] of outbreaks.entries()) {
    const path = `metadata.outbreaks[${i}]`;
    if (diseases?.includes(disease) === false) {
      const because = unknownText("", disease, diseases);
      return { path: `${path}.disease`, because };
    }
    const there = batches.filter(({ sea }) => sea?.area === site);
    if (there.length === 0) {
      const sites = [...new Set(batches.flatMap(({ sea }) => sea === null ? [] : [sea.area]))];
      const because = `${quoted(site)}${meantText(site, sites)}, expected a sea area of a batch: ` +
        sites.sort().slice(0, 8).join(", ") + (sites.length > 8 ? " or another" : "");
      return { path: `${path}.site`, because };
    }
    const day = parseIso(date)!;
    const lives = there.some(({ start_date, sea }) => {
      const start = parseIso(start_date)!;
      return day >= start + sea!.start_day && day < start + sea!.end_day;
    });
    if (!lives) {
      const stays = there.map(({ batch_id, start_date, sea }) => {
        const at = (days: number) => isoAfter(start_date, days);
        return `${batch_id} from ${at(sea!.start_day)} to ${at(sea!.end_day - 1)}`;
      });
      const because = `${date}, expected a day on which ${site} is planned to have fish: ` +
        stays.slice(0, 4).join(", ");
      return { path: `${path}.date`, because };
    }
  }
  return undefined;
}

function isoAfter(start: string, days: number): string {
  return isoOf(parseIso(start)! + days);
}
