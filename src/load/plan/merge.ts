/**
 * Master data and infrastructure in a target that has some of them: a freshly migrated AquaMind has
 * lice types, health parameters and a mortality reason, one that has been loaded before has all
 * (domain.md#3.3, rulings.md#22). Rows are the same when id and name are; what the target has stays
 * as it is, what it lacks is added.
 */
import { ReddError } from "../../errors.ts";
import { tableNamed } from "../../tables/catalog.ts";
import { naturalKeysOf, type Table } from "../../tables/description.ts";
import { qualified, quoteIdent } from "../../postgres/identifier.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import type { ConvertedColumn } from "../../aquamind/conversion.ts";
import { insertSome, isMissing, STAGED, type Staged, updateSome } from "./staging.ts";

/** More contradictions than these are counted only. */
const SHOWN = 20;

/**
 * The staged rows that the target contradicts, one line each: another row has the id, another id the
 * row, or the row belongs to something else.
 */
export async function contradictions(
  target: Target,
  table: Table,
  columns: readonly ConvertedColumn[],
): Promise<readonly string[]> {
  if (table.group === "history") return [];
  const [identity = "id"] = table.primaryKey.columns;
  const valueOf = (name: string) => columns.find((column) => column.name === name)!.value;
  const own = (name: string) => `t.${quoteIdent(name)}`;
  const row = (values: readonly string[]) => `concat_ws(', ', ${values.join(", ")})`;
  const names = naturalKeysOf(table);
  const links = table.columns.filter(({ references }) => references !== undefined);
  const compared = [...new Set([...names[0] ?? [], ...links.map(({ name }) => name)])]
    .filter((name) => columns.some((column) => column.name === name));
  if (compared.length === 0) return [];
  const differ = compared.map((name) => `${own(name)} is distinct from ${valueOf(name)}`);
  // Only an equality can be hashed, and a farm has thousands of containers.
  const same = (name: string) => {
    const nullable = table.columns.some((column) => column.name === name && column.nullable);
    return `${own(name)} ${nullable ? "is not distinct from" : "="} ${valueOf(name)}`;
  };
  // A row that is there keeps what the target has of it: only one that is added needs its keys free.
  const isMissing = `not exists (select from ${qualified(target.schema, table.name)} k
         where k.${quoteIdent(identity)} = ${valueOf(identity)})`;
  const queries = [
    `select ${own(identity)}::text as id, ${row(compared.map(own))} as there,
       ${row(compared.map(valueOf))} as wanted
     from ${STAGED} s join ${qualified(target.schema, table.name)} t
       on ${own(identity)} = ${valueOf(identity)} where ${differ.join(" or ")}`,
    ...names.map((key, place) =>
      `select ${valueOf(identity)}::text as id, ${row(key.map(own))} || ' under the id ' ||
         ${own(identity)}::text as there, ${row(key.map(valueOf))} || ' (${
        key.join(", ")
      })' as wanted
       from ${STAGED} s join ${qualified(target.schema, table.name)} t
         on ${key.map(same).join(" and ")}
       where ${own(identity)} <> ${valueOf(identity)}${place === 0 ? "" : ` and ${isMissing}`}`
    ),
  ];
  const rows = await target.query<{ id: string; there: string; wanted: string }>(
    `select distinct id, there, wanted from (${queries.join(" union all ")}) found
     order by id, there`,
  );
  return rows.map(({ id, there, wanted }) =>
    `${table.name} ${id} is ${wanted} in the dataset, and the target has ${there}`
  );
}

/**
 * Says what contradicts.
 *
 * @throws {ReddError} input, when there is anything.
 */
export function refuseContradictions(target: Target, found: readonly string[]): void {
  if (found.length === 0) return;
  const more = found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : [];
  throw new ReddError("input", "MASTER_DATA_DIFFERS", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `its master data contradict the dataset's: ${
      [...found.slice(0, SHOWN), ...more].join("; ")
    }`,
    remedy: "Rename or remove these rows, or load into a database that AquaMind has just migrated",
  });
}

/**
 * Adds the staged rows that the target lacks. Contradictions have been refused before.
 *
 * @throws {ReddError} environment, when a trigger or rule keeps rows out.
 */
export async function mergeStaged(target: Target, staged: Staged): Promise<void> {
  const { table } = staged;
  if (table.group === "history") return await mergeHistory(target, staged);
  for (const { name } of table.columns.filter((column) => column.governed)) {
    await updateSome(target, staged, [name]);
  }
  await insertSome(target, staged, isMissing(target, staged));
}

/**
 * Adds the staged saves that the target does not know; a row has been created only once. Nothing
 * refers to the numbers of a history, but they tell the order of saves: where one of them is taken,
 * all are moved behind those of the target.
 */
async function mergeHistory(target: Target, staged: Staged): Promise<void> {
  const { table, columns } = staged;
  const name = qualified(target.schema, table.name);
  const [live = "id"] = tableNamed(table.historyOf!).primaryKey.columns;
  const id = columns.find((column) => column.name === live)!.value;
  const unknown = `where not exists (select from ${name} t
    where t.${quoteIdent(live)} = ${id} and t.history_type = s.history_type
      and (t.history_type = '+' or t.history_date = s.history_date))`;
  const [row] = await target.query<{ taken: boolean; last: string | null }>(
    `select exists (select from ${STAGED} s join ${name} o using (history_id) ${unknown}) as taken,
       (select max(history_id)::text from ${name}) as last`,
  );
  const moved = columns.map((column) =>
    column.name === "history_id" && row?.taken
      ? { ...column, value: `${row.last} + row_number() over (order by s.history_id)` }
      : column
  );
  await insertSome(target, { ...staged, columns: moved }, unknown);
}
