/** Which rows a sweeping is about. */
import type { Gone } from "./schema_mapping.ts";

/**
 * The condition that an id is one of the rows that have gone from a table; a NULL is none.
 *
 * @param gone Which rows have gone; if absent, any may have.
 * @param id The id, as SQL.
 */
export function isGone(gone: Gone | undefined, table: string, id: string): string {
  if (gone === undefined) return `${id} is not null`;
  const range = gone[table];
  return range === undefined ? "false" : `${id} between ${range[0]} and ${range[1]}`;
}
