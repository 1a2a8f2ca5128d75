/** Lice per fish, against what the country allows. */
import type { EnvironmentFigures } from "../../report/data/environment.ts";
import type { LiceSite } from "../../report/data/lice.ts";
import type { LiceLimit } from "../../report/data/lice_limits.ts";
import { bandFigure, type BandPoint } from "../bands.ts";
import { seriesColour } from "../colours.ts";
import { element } from "../dom.ts";
import { emptyFigure } from "../figure.ts";
import { pick } from "../pick.ts";
import { dayAfter, isoDay, Plot, TIME } from "../plot.ts";
import { numbersOf } from "../series.ts";
import { countText, decimalText } from "../words.ts";

/** All weeks from the first with counts to the last; those without counts break the line. */
function weeksOf(site: LiceSite, monday: string): BandPoint[] {
  const weeks = numbersOf(site.weeks) as number[];
  const [mean, low, high, all] = [site.mean, site.low, site.high, site.all]
    .map((series) => numbersOf(series, 0.01)) as [number[], number[], number[], number[]];
  const rings = numbersOf(site.rings) as number[];
  const treated = new Map(site.treated);
  const placeOf = new Map(weeks.map((week, place) => [week, place]));
  const [first, last] = [weeks[0]!, weeks.at(-1)!];
  return Array.from({ length: last - first + 1 }, (_, n): BandPoint => {
    const week = first + n;
    const day = dayAfter(monday, 7 * week);
    const place = placeOf.get(week);
    const name = `Week of ${isoDay(day)}`;
    if (place === undefined) return { day, name, middle: null, bands: [[null, null]] };
    const rest = `${countText(rings[place]!, "ring")} counted, ${
      decimalText(all[place]!, 2)
    } lice of all kinds a fish`;
    const baths = treated.has(week)
      ? `; ${countText(treated.get(week)!, "ring")} treated that week`
      : "";
    return {
      day,
      name,
      middle: mean[place]!,
      bands: [[low[place]!, high[place]!]],
      more: rest + baths,
    };
  });
}

function limitPoints(limit: LiceLimit, points: readonly BandPoint[]) {
  return points.map(({ day }) => ({ day, limit: limit.months[day.getUTCMonth()]! }));
}

function siteFigure(
  site: LiceSite,
  { geographies, limits, monday }: EnvironmentFigures,
): HTMLElement {
  const geography = geographies[site.geography] ?? "elsewhere";
  const limit = limits[site.geography] ?? undefined;
  const points = weeksOf(site, monday);
  const counted = points.filter(({ middle }) => middle !== null);
  const over = limit === undefined
    ? 0
    : counted.filter(({ day, middle }) => middle! > limit.months[day.getUTCMonth()]!).length;
  const baths = site.treated.map(([week, rings]) => ({ day: dayAfter(monday, 7 * week), rings }));
  const where = site.area === null ? `all sea areas of ${geography}` : `${site.area}, ${geography}`;
  return bandFigure({
    title: `Adult female lice per fish, ${where}`,
    description: limit === undefined
      ? `No limit of ${geography} is known.`
      : `${limit.says}. The mean is above that in ${over} of ${
        countText(counted.length, "week")
      } with counts.`,
    label: "Adult females per fish",
    colour: seriesColour(site.geography),
    points,
    names: ["mean of the rings", "80 % of the rings"],
    say: (value) => decimalText(value, 2),
    x: TIME,
    y: { zero: true },
    marks: [
      Plot.ruleY([0]),
      ...limit === undefined ? [] : [Plot.lineY(limitPoints(limit, points), {
        x: "day",
        y: "limit",
        stroke: "var(--text)",
        strokeDasharray: "5 3",
        curve: "step-after",
      })],
      Plot.dot(baths, {
        x: "day",
        y: 0,
        symbol: "triangle",
        r: 5,
        fill: seriesColour(4),
        stroke: "var(--surface)",
        sort: null,
      }),
    ],
    legend: [
      ...limit === undefined
        ? []
        : [{ name: "limit", colour: "var(--text)", shape: "dashed" as const }],
      ...baths.length === 0
        ? []
        : [{ name: "rings treated", colour: seriesColour(4), shape: "triangle" as const }],
    ],
  });
}

/** The list of areas, and the one that is picked. */
export function liceFigures(data: EnvironmentFigures): HTMLElement[] {
  const { lice, geographies } = data;
  if (lice.length === 0) {
    return [emptyFigure({
      title: "Lice per fish",
      why:
        "No lice were counted: they are from the first week at sea on, and no fish is there yet.",
    })];
  }
  const shown = element("div", {});
  const show = (place: number) => shown.replaceChildren(siteFigure(lice[place]!, data));
  show(0);
  const groups = geographies.map((name, geography) => ({
    name,
    options: lice.flatMap((site, place) =>
      site.geography === geography ? [{ name: site.area ?? `All of ${name}`, place }] : []
    ),
  }));
  return [pick({ name: "Sea area", groups, first: 0, onPick: show }), shown];
}
