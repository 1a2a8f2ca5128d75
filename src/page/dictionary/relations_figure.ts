/** The drawing of the tables around a batch: from left to right, or one under the other where narrow. */
import type { DictionaryTable } from "../../report/data/dictionary.ts";
import { element } from "../dom.ts";
import { figure } from "../figure.ts";
import { BATCH_TABLE, batchRelations, type RelatedTable } from "./relations.ts";
import { countText, shortName, shortText } from "../words.ts";

const SVG = "http://www.w3.org/2000/svg";

/** The height of a table's box, and from one to the next. */
const [BOX, STEP] = [32, 38];

/** The least width of a box, the greatest, and the least between two, where columns stand side by side. */
const [BOX_WIDTH, BOX_MOST, GAP] = [162, 230, 14];

/** How far what refers to a table is moved to the right under it. */
const INDENT = 14;

/** A box with its place. */
interface Placed {
  readonly name: string;
  readonly parent: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>, text?: string) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Columns by depth; a table is in the middle of those that refer to it. */
function inColumns(tables: readonly DictionaryTable[], width: number): readonly Placed[] {
  const { referred, batch, deepest } = batchRelations(tables);
  // Columns take the whole width, of which boxes have what is not between them.
  const box = Math.min(BOX_MOST, (width - 2 - (deepest + 1) * 2 * GAP) / (deepest + 2));
  const own = Math.max(BOX_WIDTH, box);
  const column = (width - own - 2) / (deepest + 1);
  const placed: Placed[] = [];
  let next = 0;
  const place = (one: RelatedTable): number => {
    const below = one.children.map(place);
    const y = below.length === 0 ? (next += STEP) - STEP : (below[0]! + below.at(-1)!) / 2;
    placed.push({ ...one, x: (one.depth + 1) * column, y, width: own });
    return y;
  };
  const middle = place(batch);
  const top = Math.max(0, middle - (referred.length - 1) * STEP / 2);
  referred.forEach((one, n) => placed.push({ ...one, x: 0, y: top + n * STEP, width: own }));
  return placed;
}

/** One under the other, as an outline. */
function inOutline(tables: readonly DictionaryTable[], width: number): readonly Placed[] {
  const { referred, batch } = batchRelations(tables);
  const placed: Placed[] = [];
  const place = (one: RelatedTable, indent: number) => {
    const x = indent * INDENT;
    placed.push({ ...one, x, y: placed.length * STEP, width: width - x - 2 });
    for (const child of one.children) place(child, indent + 1);
  };
  for (const one of referred) place(one, 0);
  place(batch, 0);
  return placed;
}

function tie(from: Placed, to: Placed, columns: boolean): SVGElement {
  const half = BOX / 2;
  const d = columns
    ? curve(from.x < to.x ? [from, to] : [to, from])
    : from.x === to.x
    ? `M${from.x + 6},${Math.min(from.y, to.y) + BOX}V${Math.max(from.y, to.y)}`
    : `M${from.x + 6},${from.y + BOX}V${to.y + half}H${to.x}`;
  return shape("path", { d, class: "tie" });
}

function curve([left, right]: readonly [Placed, Placed]): string {
  const half = BOX / 2;
  const [x1, y1, x2, y2] = [left.x + left.width, left.y + half, right.x, right.y + half];
  const middle = (x1 + x2) / 2;
  return `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`;
}

/** How wide a letter of a box's first and second line is, in pixels, at most on the mean. */
const [TITLE_LETTER, LETTER] = [6.6, 5.6];

/** What draws a text closer where it would not fit. */
function squeezed(text: string, room: number): Readonly<Record<string, string | number>> {
  const isLong = text.length * TITLE_LETTER > room;
  return isLong ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};
}

/** A table's box, with as much of its meaning as has room, which leads to its columns. */
function box({ name, x, y, width }: Placed, table: DictionaryTable | undefined): SVGElement {
  const [application, ...rest] = name.split("_");
  const title = rest.length === 0 ? name : rest.join("_");
  const rows = table?.rows ?? 0;
  const link = shape("a", {
    href: `#table-${name}`,
    "aria-label": `${name}, ${countText(rows, "row")}: ${table?.meaning ?? ""}`,
    class: name === BATCH_TABLE ? "box middle" : "box",
  });
  link.append(
    shape("rect", { x: x + 0.5, y: y + 0.5, width, height: BOX, rx: 5 }),
    shape("text", { x: x + 8, y: y + 14, ...squeezed(title, width - 14) }, title),
    shape(
      "text",
      { x: x + 8, y: y + 26, class: "faint" },
      secondLine(
        `${application}, ${shortText(rows)} ${rows === 1 ? "row" : "rows"}`,
        table?.meaning ?? "",
        width,
      ),
    ),
  );
  return link;
}

function secondLine(facts: string, meaning: string, width: number): string {
  const room = Math.floor((width - 16) / LETTER) - facts.length - 2;
  return meaning === "" || room < 30 ? facts : `${facts}: ${shortName(meaning, room)}`;
}

function drawRelations(tables: readonly DictionaryTable[], width: number): SVGSVGElement {
  const columns = (batchRelations(tables).deepest + 2) * (BOX_WIDTH + GAP) - GAP + 2 <= width;
  const placed = columns ? inColumns(tables, width) : inOutline(tables, width);
  const byName = new Map(placed.map((one) => [one.name, one]));
  const described = new Map(tables.map((table) => [table.name, table]));
  const height = Math.max(...placed.map(({ y }) => y)) + BOX + 2;
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height }) as SVGSVGElement;
  svg.append(
    ...placed.filter(({ name }) => name !== BATCH_TABLE)
      .map((one) => tie(byName.get(one.parent)!, one, columns)),
    ...placed.map((one) => box(one, described.get(one.name))),
  );
  return svg;
}

/** The figure. */
export function relationsFigure(tables: readonly DictionaryTable[]): HTMLElement {
  return figure({
    title: "The tables around a batch",
    description:
      "Those that a batch refers to come first, then the batch and all that refers to it, " +
      "be it over other tables: each stands behind the table it refers to that is farthest from the " +
      "batch. Each leads to its columns.",
    links: true,
    draw: (width) => drawRelations(tables, width),
    table: () => ({
      caption: "Tables around a batch",
      head: ["Table", "Tied to"],
      rows: flattened(tables).map(({ name, parent }) => [
        element("a", { href: `#table-${name}` }, name),
        parent,
      ]),
    }),
  });
}

function flattened(tables: readonly DictionaryTable[]): readonly RelatedTable[] {
  const { referred, batch } = batchRelations(tables);
  const all: RelatedTable[] = [...referred];
  const add = (one: RelatedTable) => {
    if (one.name !== BATCH_TABLE) all.push(one);
    one.children.forEach(add);
  };
  add(batch);
  return all;
}
