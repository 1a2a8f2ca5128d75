/** The figures of all sections; `page/all.ts` has how they are drawn, and in which order. */
import { batchFigures } from "./batch.ts";
import { glanceFigures } from "./glance.ts";
import { occupancyFigures } from "./occupancy.ts";
import type { SectionFigures } from "./section.ts";
import { stockFigures } from "./stock.ts";

/** All sections. */
export const allFigures: readonly SectionFigures<unknown>[] = [
  glanceFigures,
  occupancyFigures,
  batchFigures,
  stockFigures,
];

/** The columns that all sections read, by table. */
export function columnsRead(
  sections: readonly Pick<SectionFigures<unknown>, "reads">[] = allFigures,
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
