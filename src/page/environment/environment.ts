/** Water, lice, health and deaths. */
import type { EnvironmentFigures } from "../../report/data/environment.ts";
import type { WaterParameter, WaterSeries } from "../../report/data/readings.ts";
import { BANDS, YEAR_WEEKS } from "../../report/data/steps.ts";
import { bandFigure, type BandPoint } from "../bands.ts";
import { choice } from "../choice.ts";
import { seriesColour } from "../colours.ts";
import { element, isolated } from "../dom.ts";
import { emptyFigure } from "../figure.ts";
import { deathsFigure, scoresFigure } from "./health.ts";
import { liceFigures } from "./lice.ts";
import { dayAfter, Plot } from "../plot.ts";
import type { PageSection } from "../section.ts";
import { numbersOf } from "../series.ts";
import { countText, decimalText } from "../words.ts";

/** A year that is no leap year, on whose days all years lie. */
const YEAR = "2001-01-01";

/** Units that are longer may be cut in the label of an axis. */
const SHORT_UNIT = 16;

const MONTH = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" });

function pointsOf({ bands }: WaterSeries): BandPoint[] {
  const values = bands.map((band) => numbersOf(band, 0.01));
  const middle = (BANDS.length - 1) / 2;
  return Array.from({ length: YEAR_WEEKS }, (_, week) => {
    const day = dayAfter(YEAR, 7 * week);
    return {
      day,
      name: `Week of ${DAY.format(day)}`,
      middle: values[middle]![week]!,
      bands: Array.from({ length: middle }, (_, band) =>
        [
          values[band]![week]!,
          values[BANDS.length - 1 - band]![week]!,
        ] as const),
    };
  });
}

/** The range of all that is drawn of a parameter, so that figures side by side compare. */
function rangeOf(series: readonly WaterSeries[], { least, most }: WaterParameter) {
  const values = series.flatMap(({ bands }) => bands.flatMap((band) => numbersOf(band, 0.01)))
    .filter((value) => value !== null);
  const bounds = [least, most].filter((value) => value !== null);
  return [Math.min(...values, ...bounds), Math.max(...values, ...bounds)] as const;
}

function waterFigure(
  parameter: WaterParameter,
  one: WaterSeries,
  domain: readonly [number, number],
  geography: string,
): HTMLElement {
  const { name, unit, least, most } = parameter;
  const safe = [least, most].filter((value) => value !== null);
  return bandFigure({
    title: `${name}, ${geography}, ${one.sea ? "sea" : "fresh water"}`,
    description: `${countText(one.readings, "reading")} of all years, by week of the year` +
      `${safe.length === 0 ? "" : `; it should be ${rangeText(parameter)}`}.${
        unit.length <= SHORT_UNIT ? "" : ` The unit is ${isolated(unit)}.`
      }`,
    label: `${name} (${unit})`,
    colour: seriesColour(one.geography),
    points: pointsOf(one),
    names: ["median", "90 % of readings", "middle half"],
    say: (value) => `${decimalText(value, 1)} ${unit}`,
    x: {
      type: "utc",
      label: null,
      domain: [dayAfter(YEAR, 0), dayAfter(YEAR, 364)],
      ticks: Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2001, month, 1))),
      tickFormat: (day: Date) => MONTH.format(day).slice(0, 1),
    },
    y: { domain: [...domain] },
    marks: safe.length === 0 ? [] : [
      Plot.ruleY(safe, { stroke: "var(--faint)", strokeDasharray: "5 3" }),
    ],
    legend: safe.length === 0
      ? []
      : [{ name: "ends of the safe range", colour: "var(--faint)", shape: "dashed" }],
  });
}

function rangeText({ least, most, unit }: WaterParameter): string {
  if (least === null) return `${most} ${unit} at most`;
  return most === null ? `${least} ${unit} at least` : `${least} to ${most} ${unit}`;
}

/** Figures of one water, a parameter after the other. */
function waterFigures({ water, geographies }: EnvironmentFigures, sea: boolean): HTMLElement[] {
  const own = water.series.filter((one) => one.sea === sea);
  return water.parameters.flatMap((parameter, place) => {
    const series = own.filter((one) => one.parameter === place);
    if (series.length === 0) {
      return emptyFigure({
        title: `${parameter.name}, ${sea ? "sea" : "fresh water"}`,
        why: `No sensor ${sea ? "at sea" : "in fresh water"} measures it.`,
      });
    }
    const domain = rangeOf(series, parameter);
    return series.toSorted((a, b) => a.geography - b.geography)
      .map((one) => waterFigure(parameter, one, domain, geographies[one.geography] ?? "elsewhere"));
  });
}

function drawWater(data: EnvironmentFigures, root: HTMLElement): void {
  const { series } = data.water;
  if (series.length === 0) {
    root.append(emptyFigure({ title: "Water over the year", why: "There are no readings." }));
    return;
  }
  const waters = [true, false].filter((sea) => series.some((one) => one.sea === sea));
  const figures = element("div", { class: "pair" });
  const show = (place: number) => figures.replaceChildren(...waterFigures(data, waters[place]!));
  if (waters.length > 1) {
    root.append(choice({ name: "Water", options: ["Sea", "Fresh water"], onChoose: show }));
  }
  show(0);
  root.append(figures);
}

function isAtSea({ water, lice }: EnvironmentFigures): boolean {
  return lice.length > 0 || water.series.some(({ sea }) => sea);
}

/** The same with all that the dataset says put apart from the words around it. */
function apart(data: EnvironmentFigures): EnvironmentFigures {
  const { water, scores } = data;
  const named = <One extends { readonly name: string }>(one: One): One => ({
    ...one,
    name: isolated(one.name),
  });
  return {
    ...data,
    geographies: data.geographies.map(isolated),
    stages: data.stages.map(isolated),
    water: {
      ...water,
      parameters: water.parameters.map((one) => ({ ...named(one), unit: isolated(one.unit) })),
    },
    lice: data.lice.map((site) => ({ ...site, area: site.area && isolated(site.area) })),
    scores: {
      ...scores,
      labels: scores.labels.map(isolated),
      parameters: scores.parameters.map(named),
    },
    deaths: data.deaths.map((one) => ({ ...one, cause: isolated(one.cause) })),
  };
}

/** The section of the environment. */
export const environmentSection: PageSection<EnvironmentFigures> = {
  id: "environment",
  title: "Environment and health",
  about: "The water that fish live in, the lice on them, how they are and of what they die.",
  draw(figures, root) {
    const data = apart(figures);
    drawWater(data, root);
    root.append(
      ...isAtSea(data) ? liceFigures(data) : [emptyFigure({
        title: "The sea",
        why: "No fish are at sea yet: its water and lice are here from the first week there on.",
      })],
      element("div", { class: "pair" }, scoresFigure(data), deathsFigure(data)),
    );
  },
};
