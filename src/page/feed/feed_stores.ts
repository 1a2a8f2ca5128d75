/** The stock of a silo or barge: down with every meal, up with every delivery. */
import type { FeedFigures } from "../../report/data/feed.ts";
import type { FeedStore } from "../../report/data/feed_stores.ts";
import { STORE_DAYS } from "../../report/data/steps.ts";
import { seriesColour } from "../colours.ts";
import { element } from "../dom.ts";
import { emptyFigure, figure } from "../figure.ts";
import { pick } from "../pick.ts";
import { timeScale } from "../plot_marks.ts";
import { drawing, Plot, TIME } from "../plot.ts";
import { numbersOf } from "../series.ts";
import { countText, decimalText, weightText, wholeText } from "../words.ts";

/** Feed that came. */
interface Delivery {
  readonly instant: Date;
  readonly low: number | null;
  readonly kg: number;
  readonly price: number;
  readonly supplier: string;
}

/** A change of the stock. */
interface StockPoint {
  readonly instant: Date;
  readonly kg: number;
}

/** In fewer pixels fewer days are drawn, so that meals stay apart. */
const [NARROW, NARROW_DAYS] = [600, 30];

const HOUR = 3_600_000;
const instantOf = (hours: number | null) => new Date((hours ?? 0) * HOUR);

/** `2024-05-03 08:00`, UTC. */
function instantText(instant: Date): string {
  return instant.toISOString().slice(0, 16).replace("T", " ");
}

function deliveriesOf({ deliveries }: FeedStore, suppliers: readonly string[]): Delivery[] {
  const [low, kg] = [numbersOf(deliveries.low), numbersOf(deliveries.kg)];
  const price = numbersOf(deliveries.price, 0.01);
  return numbersOf(deliveries.hours).map((hours, place) => ({
    instant: instantOf(hours),
    low: low[place]!,
    kg: kg[place]!,
    price: price[place]!,
    supplier: suppliers[deliveries.suppliers[place]!] ?? "",
  }));
}

/** The tooth: stock falls in steps to its least, and rises with what comes. */
function toothOf(points: readonly StockPoint[], deliveries: readonly Delivery[]): StockPoint[] {
  const lows = new Map(deliveries.map(({ instant, low }) => [instant.getTime(), low]));
  return points.flatMap((point) => {
    const low = lows.get(point.instant.getTime());
    return low === undefined || low === null || low >= point.kg
      ? [point]
      : [{ instant: point.instant, kg: low }, point];
  });
}

function storeFigure(store: FeedStore, suppliers: readonly string[]): HTMLElement {
  const stock = numbersOf(store.stock);
  const points = numbersOf(store.hours).map((hours, place): StockPoint => ({
    instant: instantOf(hours),
    kg: stock[place]!,
  }));
  const deliveries = deliveriesOf(store, suppliers);
  const arrived = Map.groupBy(deliveries, ({ instant }) => instant.getTime());
  const tooth = toothOf(points, deliveries);
  const say = ({ instant, kg }: StockPoint) => {
    const came = arrived.get(instant.getTime()) ?? [];
    const lots = came.map((one) =>
      `${wholeText(one.kg)} kg came from ${one.supplier} at ${decimalText(one.price, 2)} per kg`
    );
    return [`${instantText(instant)}: ${wholeText(kg)} kg`, ...lots].join("; ");
  };
  const { boughtKg, cost, purchases, capacityKg } = store;
  const title = `Stock of ${store.name}`;
  return figure({
    title,
    description: `The last ${STORE_DAYS} days on which it was used, meal by meal. In all ` +
      `${countText(purchases, "delivery", "deliveries")} of ${weightText(boughtKg)} for ` +
      `${decimalText(cost, 2)}, ${decimalText(cost / Math.max(boughtKg, 0.01), 2)} per kg; ` +
      `room for ${weightText(capacityKg)}.`,
    legend: [
      { name: "stock", colour: seriesColour(0), shape: "line" },
      { name: "delivery", colour: seriesColour(4), shape: "dot" },
      { name: "capacity", colour: "var(--faint)", shape: "dashed" },
    ],
    draw: (width) => {
      const since = width < NARROW ? lastDays(points, NARROW_DAYS) : points[0]!.instant;
      const isShown = ({ instant }: { readonly instant: Date }) => instant >= since;
      return drawing({
        width,
        height: 260,
        x: {
          ...TIME,
          ...since > points[0]!.instant
            ? { label: `the last ${NARROW_DAYS} of these days`, labelOffset: 36 }
            : {},
        },
        marginBottom: 44,
        y: {
          label: "Feed in store (t)",
          grid: true,
          nice: true,
          transform: (kg: number) => kg / 1000,
          domain: [0, Math.max(capacityKg, ...stock.map((kg) => kg ?? 0)) / 1000],
        },
        marks: [
          Plot.areaY(tooth.filter(isShown), {
            x: "instant",
            y1: () => 0,
            y2: "kg",
            fill: seriesColour(0),
            fillOpacity: 0.18,
            curve: "step-after",
          }),
          Plot.lineY(tooth.filter(isShown), {
            x: "instant",
            y: "kg",
            stroke: seriesColour(0),
            strokeWidth: 1.4,
            curve: "step-after",
          }),
          Plot.ruleY([capacityKg], { stroke: "var(--faint)", strokeDasharray: "5 3" }),
          Plot.ruleY([0]),
          Plot.dot(deliveries.filter(isShown), {
            x: "instant",
            y: (one: Delivery) => stockAt(points, one.instant),
            r: deliveries.length > 60 ? 2.5 : 4,
            fill: seriesColour(4),
            sort: null,
          }),
        ],
      });
    },
    steps: (svg) => {
      const x = timeScale(svg);
      const narrow = svg.viewBox.baseVal.width < NARROW;
      const since = narrow ? lastDays(points, NARROW_DAYS) : points[0]!.instant;
      return points.filter(({ instant }) => instant >= since).map((point) => ({
        text: say(point),
        x: x(point.instant),
      }));
    },
    table: () => ({
      caption: `Deliveries to ${store.name}`,
      head: ["When (UTC)", "Supplier", "Feed (kg)", "Price per kg"],
      rows: deliveries.map(({ instant, supplier, kg, price }) => [
        instantText(instant),
        element("bdi", {}, supplier),
        decimalText(kg, 0),
        decimalText(price, 2),
      ]),
    }),
  });
}

/** When the last days begin. */
function lastDays(points: readonly StockPoint[], days: number): Date {
  const last = points.at(-1)!.instant.getTime();
  return points.find(({ instant }) => instant.getTime() >= last - days * 24 * HOUR)!.instant;
}

function stockAt(points: readonly StockPoint[], instant: Date): number {
  return points.find((point) => point.instant.getTime() === instant.getTime())?.kg ?? 0;
}

/** The list of silos and barges, and the one that is picked. */
export function storeFigures({ stores, suppliers, geographies, idle }: FeedFigures): HTMLElement[] {
  if (stores.length === 0) {
    return [emptyFigure({
      title: "Stock of a silo or barge",
      why: "No fish has eaten of any silo or barge yet: feeding begins after 90 days, with Fry.",
    })];
  }
  const groups = Map.groupBy(
    stores.map((store, place) => ({ store, name: store.name, place })),
    ({ store }) =>
      `${store.kind === "BARGE" ? "Barges" : "Silos"}, ${
        geographies[store.geography] ?? "elsewhere"
      }`,
  );
  // A barge at sea has the most to show.
  const weight = ({ kind, purchases }: FeedStore) => purchases + (kind === "BARGE" ? 1e6 : 0);
  const most = Math.max(...stores.map(weight));
  const first = stores.findIndex((store) => weight(store) === most);
  const shown = element("div", {});
  const show = (place: number) => shown.replaceChildren(storeFigure(stores[place]!, suppliers));
  show(first);
  return [
    pick({
      name: "Silo or barge",
      groups: Array.from(groups, ([name, options]) => ({ name, options })),
      first,
      onPick: show,
    }),
    element(
      "small",
      {},
      `${countText(stores.length, "store")} fed fish, ${wholeText(idle)} never did.`,
    ),
    shown,
  ];
}
