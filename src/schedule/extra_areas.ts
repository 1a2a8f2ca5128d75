/** The sea areas that only a farm with the documented totals has, where a schedule uses them. */
import { extraAreas } from "../farm/ground/documented_totals.ts";
import type { Layout } from "../fixtures/layout_type.ts";
import type { Schedule } from "./format.ts";

/**
 * The names of the extra areas in which batches of a schedule live, each once; empty for every plan of
 * Redd. A dataset of a schedule that has some has the documented totals (D-01).
 */
export function extraAreasUsed({ batches }: Schedule, layout: Layout): string[] {
  const extras = extraAreas(layout);
  const used = batches.flatMap(({ sea }) => sea !== null && extras.has(sea.area) ? [sea.area] : []);
  return [...new Set(used)];
}
