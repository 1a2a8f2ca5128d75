/** The geographies of a farm, in the order and so in the colours of all sections. */
import type { ReportSource } from "./section.ts";
import { CONTAINER_GEOGRAPHIES, GEOGRAPHY_COLUMNS } from "./stock.ts";

/** The columns that {@linkcode farmGeographies} and {@linkcode BATCH_GEOGRAPHIES} read. */
export const FARM_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ...GEOGRAPHY_COLUMNS,
  batch_batchcontainerassignment: ["id", "batch_id", "container_id"],
};

/** A batch and the geography in which its first eggs lay. */
export const BATCH_GEOGRAPHIES = `SELECT a.batch_id, arg_min(p.name, a.id) AS name
  FROM batch_batchcontainerassignment a
  JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = a.container_id
  GROUP BY a.batch_id`;

/** The names of the geographies in which fish ever were, in the order of their ids. */
export async function farmGeographies(rows: ReportSource["rows"]): Promise<readonly string[]> {
  const found = await rows<{ name: string }>(`SELECT p.name
    FROM batch_batchcontainerassignment a
    JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = a.container_id
    GROUP BY p.geography_id, p.name ORDER BY p.geography_id`);
  return found.map(({ name }) => name);
}
