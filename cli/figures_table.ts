/** The figures of a dataset, as lines for a terminal of 80 columns, or of fewer. */
import type { Figure, FigureRange, FigureResult } from "../src/figures/figure.ts";
import { type SourceKey, SOURCES } from "../src/figures/sources.ts";
import { sourceText } from "../src/figures/figures_of.ts";
import { amountOf } from "./numbers.ts";

/** So wide are lines at most, and where nobody says how wide the terminal is. */
const COLUMNS = 80;

/** Numbers smaller than this are written with an exponent. */
const SMALL = 1e-6;

/** A number with four digits that count, as `0.0699` or `2,608,000`. */
export function shownNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < SMALL) return value.toExponential(3);
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}

/** A range, as `0.02 to 0.2`. */
function shownRange({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? shownNumber(low) : `${shownNumber(low)} to ${shownNumber(high)}`;
}

/** A text in lines of so many columns, all of them indented; no word is broken. */
function wrapped(text: string, indent: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > columns) {
      lines.push(`${indent}${line}`);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, `${indent}${line}`];
}

/** A key and what it stands for, whose further lines begin under its first. */
function hanging(key: string, text: string, columns: number): string[] {
  const [first = "", ...more] = wrapped(text, "       ", columns);
  return [`${key.padEnd(6)} ${first.trimStart()}`, ...more];
}

/** The keys of the published ranges' sources, by the alphabet. */
function keysOf(figures: readonly Figure[]): readonly SourceKey[] {
  return [...new Set(figures.flatMap(({ published }) => published?.sources ?? []))].sort();
}

/**
 * At least two lines: id, value, where it lies and the published range; below them what was counted,
 * or why nothing, whose range it is, and the documented one. An id stands alone where the rest of its
 * line does not fit.
 */
function linesOf(figure: Figure, result: FigureResult, columns: number): string[] {
  const { value, unit, n, why, published, documented, verdict } = result;
  const told = [
    `${(value === null ? "-" : shownNumber(value)).padStart(11)}`,
    (value === null ? "" : unit).padEnd(5),
    (published === undefined ? "none" : verdict).padEnd(6),
    published === undefined ? "" : shownRange(published),
  ].join(" ").trimEnd();
  const first = `${figure.id.padEnd(32)} ${told}`;
  const rest = [
    why ?? `${figure.counted}: ${n.toLocaleString("en-US")}`,
    ...figure.published === undefined ? [] : [figure.published.sources.join(", ")],
    ...documented === undefined
      ? []
      : [`documented ${shownRange(documented)}: ${documented.verdict}`],
  ].join("; ");
  const head = first.length <= columns
    ? [first]
    : [figure.id, ...wrapped(told.trim().replace(/ +/g, " "), "  ", columns)];
  return [...head, ...wrapped(rest, "  ", columns)];
}

/**
 * The table of some figures and their results, and the sources that it abbreviates.
 *
 * @param columns Of the terminal; more than 80 are not used.
 */
export function figureLines(
  figures: readonly Figure[],
  results: readonly FigureResult[],
  columns = COLUMNS,
): readonly string[] {
  const width = Math.min(columns, COLUMNS);
  const known = new Map(figures.map((figure) => [figure.id, figure]));
  const counts = { inside: 0, below: 0, above: 0, none: 0 };
  for (const { published, verdict } of results) counts[published ? verdict : "none"]++;
  const { inside, below, above, none } = counts;
  return [
    "",
    ...wrapped(
      "Figures: value, where it lies, the range that others have published; below, how many were " +
        "counted and who they are. They judge nothing.",
      "",
      width,
    ),
    "",
    ...results.flatMap((result) => linesOf(known.get(result.id)!, result, width)),
    "",
    ...keysOf(figures).flatMap((key) => hanging(key, SOURCES[key], width)),
    "",
    ...wrapped(
      `${
        amountOf(results.length, "figure")
      }: ${inside} inside, ${below} below, ${above} above, ${none} none`,
      "",
      width,
    ),
  ];
}

/** Every figure with title, unit, ranges and sources, for `--list`. */
export function figureList(
  figures: readonly Figure[],
  columns = COLUMNS,
): readonly string[] {
  const width = Math.min(columns, COLUMNS);
  return figures.flatMap(({ id, title, unit, published, documented }) => [
    ...wrapped(`${id}  ${title}${unit === "" ? "" : `, ${unit}`}`, "", width),
    ...rangeLines("published", published, width),
    ...rangeLines("documented", documented, width),
  ]);
}

/** A range and who says so; nothing where there is none. */
function rangeLines(word: string, range: FigureRange | undefined, columns: number): string[] {
  if (range === undefined) return [];
  return wrapped(`${word} ${shownRange(range)}: ${sourceText(range)}`, "  ", columns);
}
