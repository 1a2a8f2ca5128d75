/**
 * Prints docs/figures.md from the figures themselves:
 * `deno run --allow-read docs/print_figures.ts > docs/figures.md`.
 */
import { allFigures } from "../src/figures/all_figures.ts";
import type { Figure, FigureRange } from "../src/figures/figure.ts";
import { SOURCES } from "../src/figures/sources.ts";

function rangeWords(word: string, range: FigureRange | undefined): string[] {
  if (range === undefined) return [];
  const { low, high, sources, says } = range;
  const span = low === high ? `${low}` : `${low} to ${high}`;
  const said = says === undefined ? "" : ` (${says})`;
  return [`${word} ${span}: ${sources.join(", ")}${said}.`];
}

/** What a reader of the page may ask of each figure. */
function lines(figure: Figure): string {
  const { id, title, unit, definition, counted, least, tables, published, documented } = figure;
  const facts = [
    `${definition}.`,
    ...rangeWords("Published", published),
    ...rangeWords("Documented", documented),
    `Counts ${counted}, at least ${least}.`,
    `Reads ${tables.map((name) => `\`${name}\``).join(", ")}.`,
  ];
  const shown = unit === "" ? "" : `, ${unit}`;
  return `<a id="${id}"></a>\n\n**${id}** ${title}${shown}. ${facts.join(" ")}\n`;
}

/** The page, as text. */
export function figuresPage(): string {
  return `# Figures

\`deno task verify DATASET --figures\` reckons these ${allFigures.length} figures of a dataset, on its
files or on a database, and shows each beside the range in which others have found it and, where
AquaMind's specification says one, beside that. They are no checks: none passes or fails, and the
exit code is that of the checks. With too few observations a figure has no value and says so.

Both engines are asked the same query and give the same number, to nine digits. This page is printed
by \`docs/print_figures.ts\`; a test sees that it is theirs.

## Sources

| Key | Who |
| --- | --- |
${Object.entries(SOURCES).map(([key, who]) => `| ${key} | ${who} |`).join("\n")}

## The figures

${allFigures.map(lines).join("\n")}`;
}

if (import.meta.main) Deno.stdout.writeSync(new TextEncoder().encode(figuresPage()));
