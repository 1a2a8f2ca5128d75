/** Identity sequences after a load: the next row that an application inserts gets a free id. */
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import { qualified, quoteIdent } from "./identifier.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/**
 * Moves the sequences of the tables past their highest ids; none is ever moved back.
 *
 * A sequence does not follow its transaction when that is rolled back: call this last.
 *
 * @throws {ReddError} environment, when the user may not know where a sequence stands. PostgreSQL 18
 *   says of such a one that it has given no number yet.
 */
export async function advanceSequences(target: Target, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const identity = table.columns.find((column) => column.identity);
    if (identity === undefined) continue;
    const name = qualified(target.schema, table.name);
    const [row] = await target.query<{ user: string; sequence: string; readable: boolean }>(
      `select quote_ident(current_user) as user, name::text as sequence, readable,
         case when not readable then null
           when ids.highest > coalesce(pg_sequence_last_value(name), 0)
             then setval(name, ids.highest) end
       from (
           select name, has_sequence_privilege(name, 'USAGE, SELECT') as readable
           from (select pg_get_serial_sequence($1, $2)::regclass as name) named
         ) numbers,
         (select max(${quoteIdent(identity.name)}) as highest from ${name}) ids`,
      [name, identity.name],
    );
    if (row?.readable === false) throw unreadable(target, row.user, row.sequence);
  }
}

function unreadable(target: Target, user: string, sequence: string): ReddError {
  return new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `number the rows in ${redactUrl(target.url)}`,
    because: `the user ${user} may not know where the sequence ${sequence} stands`,
    remedy: `As its owner: grant usage on sequence ${sequence} to ${user}`,
  });
}
