/** Figures of the dataset beside the ranges in which others have found them. */
import { allFigures } from "../../figures/all_figures.ts";
import type { Figure } from "../../figures/figure.ts";
import { figuresOf } from "../../figures/figures_of.ts";
import { tableNamed } from "../../tables/catalog.ts";
import type { RealismFigures } from "./realism_type.ts";
import type { ReportSource, SectionFigures } from "./section.ts";

/** The columns that the questions name, by table: those whose names stand in them. */
function columnsNamed(figures: readonly Figure[]): Readonly<Record<string, readonly string[]>> {
  const named = new Map<string, Set<string>>();
  for (const { tables, sql } of figures) {
    const words = new Set(sql.match(/\w+/g));
    for (const table of tables) {
      const known = named.get(table) ?? new Set<string>();
      for (const { name } of tableNamed(table).columns) if (words.has(name)) known.add(name);
      named.set(table, known);
    }
  }
  return Object.fromEntries(Array.from(named, ([table, columns]) => [table, [...columns]]));
}

/** The section of realism, whose figures are those of `src/figures`. */
export const realismFigures: SectionFigures<RealismFigures> = {
  id: "realism",
  reads: columnsNamed(allFigures),
  figures: async ({ engine, manifest }: ReportSource) => ({
    profile: manifest.profile.name,
    figures: await figuresOf(engine, manifest),
  }),
};
