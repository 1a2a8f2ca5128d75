/** Identity sequences after a load: the next row that an application inserts gets a free id. */
import type { Table } from "../tables/description.ts";
import { qualified, quoteIdent } from "./identifier.ts";
import type { Target } from "./target.ts";

/**
 * Moves the sequences of the tables past their highest ids; none is ever moved back.
 *
 * A sequence does not follow its transaction when that is rolled back: call this last.
 */
export async function advanceSequences(target: Target, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const identity = table.columns.find((column) => column.identity);
    if (identity === undefined) continue;
    const name = qualified(target.schema, table.name);
    await target.query(
      `select setval(numbers.name, ids.highest)
       from (select pg_get_serial_sequence($1, $2)::regclass as name) numbers,
         (select max(${quoteIdent(identity.name)}) as highest from ${name}) ids
       where ids.highest > coalesce(pg_sequence_last_value(numbers.name), 0)`,
      [name, identity.name],
    );
  }
}
