/**
 * What a target demands of rows that AquaMind does not: checks, keys, partitions and the like that
 * somebody has added to its tables. A row that they refuse is no fault of the dataset.
 */
import type { Table } from "../tables/description.ts";
import type { Target } from "../postgres/target.ts";
import type { SchemaMapping } from "./schema_mapping.ts";
import { adapted } from "./target_schema.ts";

/** A rule of the target's own. */
export interface OwnRule {
  /** AquaMind's table that has it. */
  readonly table: string;
  /** The relation that has it: the table, or a partition of it. */
  readonly relation: string;
  readonly kind:
    | "check"
    | "unique constraint"
    | "unique index"
    | "index"
    | "exclusion constraint"
    | "foreign key"
    | "column"
    | "partitioning";
  /** As the server names it in an error; empty of partitioning. */
  readonly name: string;
  /** What it says, as the server prints it. */
  readonly definition: string;
  /** The statement that would take it away; empty of partitioning. */
  readonly drop: string;
  /** Is something computed for every row, which can fail by itself? */
  readonly computes: boolean;
}

interface RuleRow extends OwnRule {
  /** The columns of a key, as a JSON array; null where expressions are among them. */
  readonly columns: string | null;
  /** The table that a foreign key refers to. */
  readonly refersTo: string | null;
  /** Is NULL a value like any other for this key? */
  readonly nullsEqual: boolean;
}

/** Whatever can refuse a row, of the tables and their partitions. */
const RULES = `
with recursive family as (
  select c.oid, c.relname::text as "table", c.relname::text as relation, c.relkind
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = any (string_to_array($2, ',')) and c.relkind in ('r', 'p')
  union
  select c.oid, f."table", c.relname::text, c.relkind
  from family f join pg_inherits i on i.inhparent = f.oid join pg_class c on c.oid = i.inhrelid
  where c.relispartition
)
select f."table", f.relation,
  case k.contype when 'c' then 'check' when 'x' then 'exclusion constraint'
    when 'f' then 'foreign key' else 'unique constraint' end as kind,
  k.conname::text as name, pg_get_constraintdef(k.oid) as definition,
  format('alter table %s drop constraint %I', f.oid::regclass, k.conname) as drop,
  k.contype in ('c', 'x') as computes,
  (select json_agg(a.attname order by a.attname) from pg_attribute a
   where a.attrelid = k.conrelid and a.attnum = any (k.conkey))::text as columns,
  (select r.relname::text from pg_class r where r.oid = k.confrelid) as "refersTo",
  coalesce((select to_jsonb(x) ->> 'indnullsnotdistinct' from pg_index x
    where x.indexrelid = k.conindid), 'false') = 'true' as "nullsEqual"
from family f join pg_constraint k on k.conrelid = f.oid
where k.contype in ('c', 'x', 'p', 'u') or k.contype = 'f' and k.conparentid = 0
union all
select f."table", f.relation, case when x.indisunique then 'unique index' else 'index' end,
  i.relname::text, substring(pg_get_indexdef(i.oid) from ' (USING .*)$'),
  format('drop index %s', i.oid::regclass), x.indexprs is not null or x.indpred is not null,
  case when x.indexprs is null then
    (select json_agg(a.attname order by a.attname) from pg_attribute a
     where a.attrelid = f.oid and a.attnum = any ((x.indkey::int2[])[0:x.indnkeyatts - 1]))
  end::text, null, coalesce(to_jsonb(x) ->> 'indnullsnotdistinct', 'false') = 'true'
from family f join pg_index x on x.indrelid = f.oid join pg_class i on i.oid = x.indexrelid
where (x.indisunique or x.indexprs is not null or x.indpred is not null)
  and not exists (select from pg_constraint k
    where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
union all
select f."table", f.relation, 'column', a.attname::text,
  concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'NOT NULL' end,
    case when a.attgenerated <> '' then 'GENERATED ALWAYS AS ' else 'DEFAULT ' end ||
      pg_get_expr(d.adbin, d.adrelid)),
  format('alter table %s drop column %I', f.oid::regclass, a.attname), true, null, null, false
from family f
join pg_attribute a on a.attrelid = f.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where f."table" = f.relation and (d.oid is not null or a.attnotnull or t.typtype = 'd')
union all
select f."table", f.relation, 'partitioning', '', pg_get_partkeydef(f.oid), '', true, null, null,
  false
from family f where f.relkind = 'p'
order by 1, 2, 3, 4`;

/**
 * The rules that the target's tables have and AquaMind's of that schema have not. What AquaMind has
 * under another name, or what follows from a key of AquaMind's, is none.
 *
 * @param tables As the dataset has them, and those that are filled besides.
 */
export async function readOwnRules(
  target: Target,
  tables: readonly Table[],
  mapping: SchemaMapping,
): Promise<readonly OwnRule[]> {
  const described = new Map(tables.map((table) => [table.name, adapted(table, mapping)]));
  const rows = await target.query<RuleRow>(RULES, [target.schema, [...described.keys()].join(",")]);
  return rows.filter((row) => !isAquaMinds(row, described.get(row.table)!, mapping))
    .map(({ columns: _, refersTo: _of, nullsEqual: _too, ...rule }) => rule);
}

function isAquaMinds(rule: RuleRow, table: Table, { constraints }: SchemaMapping): boolean {
  const { name, kind, definition } = rule;
  if (constraints.includes(name)) return true;
  switch (kind) {
    case "check":
      return table.checks.some((one) => one.name === name || one.expression === definition);
    case "unique constraint":
    case "unique index":
      return table.indexes.some((one) => one.name === name || one.definition === definition) ||
        followsFromKey(rule, table);
    case "index":
      return table.indexes.some((one) => one.name === name || one.definition === definition);
    case "foreign key":
      return table.columns.some(({ name: column, references }) =>
        references !== undefined &&
        (references.constraint === name ||
          references.table === rule.refersTo && rule.columns === JSON.stringify([column]))
      );
    case "column":
      return table.columns.some((column) => column.name === name);
    case "exclusion constraint":
    case "partitioning":
      return false;
  }
}

/** Are rows that a key of AquaMind's tells apart told apart by this one? */
function followsFromKey({ columns, nullsEqual }: RuleRow, table: Table): boolean {
  if (columns === null) return false;
  const own = JSON.parse(columns) as string[];
  const keys = nullsEqual ? [table.primaryKey] : [table.primaryKey, ...table.unique];
  return keys.some((key) => key.columns.every((column) => own.includes(column)));
}
