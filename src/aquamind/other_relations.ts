/** What a target has by the name of one of AquaMind's tables, and that is no table. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";

/**
 * Makes sure that no view, foreign table or other thing stands where a table is expected.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @param names Of AquaMind's tables.
 * @throws {ReddError} input, naming what is there.
 */
export async function refuseOtherRelations(
  target: Target,
  deed: string,
  names: readonly string[],
): Promise<void> {
  const rows = await target.query<{ words: string }>(
    `select quote_ident(c.relname) || ' is ' || case c.relkind when 'v' then 'a view'
       when 'm' then 'a materialized view' when 'f' then 'a foreign table'
       when 'S' then 'a sequence' when 'c' then 'a type' else 'an index' end as words
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
       and c.relkind not in ('r', 'p')
     order by c.relname`,
    [target.schema, names.join(",")],
  );
  if (rows.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because: `${someOf(rows.map(({ words }) => words))}, where AquaMind has a table`,
    remedy: "Name the database and schema that hold the tables themselves",
  });
}
