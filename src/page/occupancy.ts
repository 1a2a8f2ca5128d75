/** Halls and sea areas over the years: which batch was where. */
import type { OccupancyFigures, OccupiedSite, SiteStay } from "../report/data/occupancy.ts";
import { batchAddress } from "./address.ts";
import { choice } from "./choice.ts";
import { seriesColour, stageColour } from "./colours.ts";
import { element, isolated } from "./dom.ts";
import { figure } from "./figure.ts";
import { lanesOf } from "./lanes.ts";
import { dayAfter, drawing, isoDay, MARGIN, Plot, TIME } from "./plot.ts";
import { marksIn } from "./plot_marks.ts";
import type { PageSection } from "./section.ts";
import { countText, wholeText } from "./words.ts";

/** The height of a site, and of a lane of it where it has several, in pixels. */
const ROW = { site: 17, lane: 9 } as const;

/** Fewer days than these have a tick each. */
const FEW_DAYS = 8;

/** By what bars are coloured. */
type Colouring = "stage" | "batch";

/** A bar of the drawing. */
interface Bar {
  readonly stay: SiteStay;
  readonly site: OccupiedSite;
  readonly x1: Date;
  readonly x2: Date;
  readonly y1: number;
  readonly y2: number;
}

/** A row of the drawing: a site, and where it begins and ends in pixels from the top. */
interface Row {
  readonly site: OccupiedSite;
  readonly from: number;
  readonly to: number;
}

function laidOut(data: OccupancyFigures, geography: number) {
  const rows: Row[] = [];
  const bars: Bar[] = [];
  let top = 0;
  data.sites.forEach((site, place) => {
    if (site.geography !== geography) return;
    const stays = data.stays.filter(([at]) => at === place);
    const spans = stays.map(([, , , from, days]) => ({ from, to: from + days }));
    const { lanes, all } = lanesOf(spans);
    const height = Math.max(ROW.site, all * ROW.lane + 4);
    rows.push({ site, from: top, to: top + height });
    const lane = (height - 4) / all;
    stays.forEach((stay, n) => {
      const y1 = top + 2 + lanes[n]! * lane;
      bars.push({
        stay,
        site,
        x1: dayAfter(data.firstDay, stay[3]),
        x2: dayAfter(data.firstDay, stay[3] + stay[4]),
        y1,
        y2: y1 + lane - (all > 1 ? 1 : 0),
      });
    });
    top += height;
  });
  bars.sort((a, b) => a.stay[3] - b.stay[3] || a.y1 - b.y1);
  return { rows, bars, height: top };
}

function drawBars(
  data: OccupancyFigures,
  { rows, bars, height }: ReturnType<typeof laidOut>,
  by: Colouring,
  width: number,
): SVGSVGElement {
  const narrow = width < 600;
  const last = dayAfter(data.firstDay, data.days);
  // Of a few days the hours would be labelled.
  const ticks = data.days < FEW_DAYS ? "day" : narrow ? 4 : 8;
  return drawing({
    width,
    height: height + (rows.length > 20 ? 60 : 40),
    marginTop: rows.length > 20 ? 28 : 8,
    marginBottom: 32,
    marginLeft: narrow ? 92 : 130,
    marginRight: data.days < FEW_DAYS ? 30 : MARGIN.right,
    x: { ...TIME, domain: [dayAfter(data.firstDay, 0), last] },
    y: { axis: null, type: "linear", domain: [height, 0] },
    color: { type: "identity" },
    marks: [
      Plot.gridX({ stroke: "var(--grid)", strokeOpacity: 1 }),
      // Whoever looks at the first of many rows does not see the last.
      ...rows.length > 20 ? [Plot.axisX({ anchor: "top", ticks, label: null })] : [],
      Plot.axisX({ anchor: "bottom", ticks, label: null }),
      Plot.ruleY(rows, { y: "to", stroke: "var(--grid)" }),
      Plot.text(rows, {
        frameAnchor: "left",
        textAnchor: "end",
        dx: -6,
        y: ({ from, to }: Row) => (from + to) / 2,
        text: ({ site }: Row) => isolated(site.name),
        fontSize: narrow ? 9.5 : 11,
      }),
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        insetRight: 1,
        fill: ({ stay }: Bar) => by === "stage" ? stageColour(stay[2]) : seriesColour(stay[1]),
        ariaLabel: "stay",
      }),
    ],
  });
}

/** `FI-2023-001, Fry in Hall-B: 2023-09-03 to 2023-12-01, 90 days, up to 3,057,725 fish in 10 …`. */
function sayBar(data: OccupancyFigures, { stay, site, x1, x2 }: Bar): string {
  const [, batch, stage, , days, fish, containers] = stay;
  const last = isoDay(new Date(x2.getTime() - 86_400_000));
  return `${isolated(data.batches[batch]!)}, ${isolated(data.stages[stage]!)} in ` +
    `${isolated(site.name)}: ${isoDay(x1)} to ${last}, ${countText(days, "day")}, ` +
    `up to ${countText(fish, "fish", "fish")} in ${countText(containers, "container")}`;
}

function occupancyFigure(data: OccupancyFigures, geography: number, by: Colouring): HTMLElement {
  const laid = laidOut(data, geography);
  const { bars } = laid;
  const name = data.geographies[geography]!;
  const { halls, areas } = data.unused[geography]!;
  const empty = [
    ...halls === 0 ? [] : [countText(halls, "hall")],
    ...areas === 0 ? [] : [countText(areas, "area")],
  ].join(" and ");
  const colours = by === "stage"
    ? "The colour is the stage."
    : "A batch keeps its colour, of which there are six, from hall to hall and to sea.";
  return figure({
    title: `Halls and sea areas of ${isolated(name)}`,
    description: `Each row is a hall or an area, each bar the stay of a batch. ${colours} ${
      empty === ""
        ? ""
        : `${empty} never held fish and ${halls + areas === 1 ? "is" : "are"} left out.`
    }`,
    ...by === "stage"
      ? { legend: data.stages.map((stage, place) => ({ name: stage, colour: stageColour(place) })) }
      : {},
    draw: (width) => drawBars(data, laid, by, width),
    steps: (svg) => {
      const marks = marksIn(svg, "rect");
      const ofBatch = Map.groupBy(bars.keys(), (place) => bars[place]!.stay[1]);
      return bars.map((bar, place) => ({
        text: sayBar(data, bar),
        marks: [marks[place]!],
        kin: ofBatch.get(bar.stay[1])!.map((other) => marks[other]!),
        open: () => location.hash = batchAddress(data.batches[bar.stay[1]]!),
      }));
    },
    table: () => ({
      caption: `Stays of batches in ${isolated(name)}`,
      head: ["Site", "Batch", "Stage", "First day", "Days", "Fish at most", "Containers"],
      rows: bars.map(({ site, stay, x1 }) => [
        isolated(site.name),
        isolated(data.batches[stay[1]]!),
        isolated(data.stages[stay[2]]!),
        isoDay(x1),
        stay[4],
        wholeText(stay[5]),
        stay[6],
      ]),
    }),
  });
}

function drawOccupancy(data: OccupancyFigures, root: HTMLElement): void {
  const used = data.geographies.flatMap((_, place) =>
    data.sites.some(({ geography }) => geography === place) ? [place] : []
  );
  const figures = element("div");
  const show = (by: Colouring) =>
    figures.replaceChildren(...used.map((place) => occupancyFigure(data, place, by)));
  show("stage");
  root.append(
    choice({
      name: "Colour by",
      options: ["stage", "batch"],
      onChoose: (place) => show(place === 0 ? "stage" : "batch"),
    }),
    figures,
  );
}

/** Where batches were. */
export const occupancySection: PageSection<OccupancyFigures> = {
  id: "occupancy",
  title: "Occupancy",
  about: "Every hall and sea area that held fish, over the years. " +
    "A bar opens the life of its batch, by a click or the Enter key.",
  draw: drawOccupancy,
};
