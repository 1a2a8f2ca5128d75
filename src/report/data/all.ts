/** The figures of all sections; `page/all.ts` has how they are drawn, and in which order. */
import { batchFigures } from "./batch.ts";
import { dictionaryFigures } from "./dictionary.ts";
import { environmentFigures } from "./environment.ts";
import { feedSectionFigures } from "./feed.ts";
import { glanceFigures } from "./glance.ts";
import { harvestSectionFigures } from "./harvest.ts";
import { occupancyFigures } from "./occupancy.ts";
import { qualityFigures } from "./quality.ts";
import { realismFigures } from "./realism.ts";
import type { SectionFigures } from "./section.ts";
import { stockFigures } from "./stock.ts";

/** All sections. */
export const allSectionFigures: readonly SectionFigures<unknown>[] = [
  glanceFigures,
  occupancyFigures,
  batchFigures,
  stockFigures,
  feedSectionFigures,
  environmentFigures,
  harvestSectionFigures,
  realismFigures,
  qualityFigures,
  dictionaryFigures,
];

/** The columns that all sections read, by table. */
export function columnsRead(
  sections: readonly Pick<SectionFigures<unknown>, "reads">[] = allSectionFigures,
): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const { reads } of sections) {
    for (const [table, columns] of Object.entries(reads)) {
      const known = all.get(table) ?? new Set<string>();
      for (const column of columns) known.add(column);
      all.set(table, known);
    }
  }
  return all;
}
