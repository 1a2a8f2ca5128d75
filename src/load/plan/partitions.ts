/** Is there a partition for the rows, where somebody has partitioned a table? */
import { ReddError } from "../../errors.ts";
import { someOf } from "../../names.ts";
import type { OwnRule } from "../../aquamind/own_rules.ts";
import { identityColumn, idsOfRows } from "../../dataset/ids.ts";
import type { Target } from "../../postgres/target.ts";
import { qualified, quoteIdent } from "../../postgres/identifier.ts";
import { redactUrl } from "../../postgres/url.ts";
import { partsToBring, type TableLoad } from "./table_load.ts";

/** How many of a table's ids are tried, spread over all of them. */
const TRIED = 1000;

interface Below {
  readonly partitions: number;
  /** Does the identity alone decide on the partition? */
  readonly byIdentity: boolean;
  /** The condition on a row that one of the partitions takes; NULL where any is taken. */
  readonly takes: string | null;
}

/**
 * Makes sure that a partitioned table has partitions, and where the rows' own ids decide on them,
 * one for the first row, the last, and many between. By another column it is the server that finds
 * out.
 *
 * @throws {ReddError} input, naming the tables.
 */
export async function refuseUnpartitioned(
  target: Target,
  tableLoads: readonly TableLoad[],
  ownRules: readonly OwnRule[],
): Promise<void> {
  const found: string[] = [];
  for (const tableLoad of tableLoads) {
    const { table: { name } } = tableLoad;
    const rule = ownRules.find(({ kind, relation }) =>
      kind === "partitioning" && relation === name
    );
    if (rule === undefined || partsToBring(tableLoad).every(({ rows }) => rows === 0)) continue;
    const lacking = await lackingPartition(target, tableLoad);
    if (lacking !== undefined) {
      found.push(`${name} is partitioned by ${rule.definition} and has ${lacking}`);
    }
  }
  if (found.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `${someOf(found)}, while AquaMind's tables have no partitions`,
    remedy: "Make the partitions that are missing, or one as DEFAULT, and load then",
  });
}

/** What is missing, in words. */
async function lackingPartition(
  target: Target,
  { table, entry }: TableLoad,
): Promise<string | undefined> {
  const identity = identityColumn(table);
  const [below] = await target.query<Below>(
    `select count(i.inhrelid)::int as partitions,
       (select count(*) = 1 and bool_and(a.attname = $2)
        from unnest(p.partattrs::int2[]) given (attnum)
        left join pg_attribute a on a.attrelid = p.partrelid and a.attnum = given.attnum
       ) as "byIdentity",
       case when bool_and(pg_get_partition_constraintdef(i.inhrelid) is not null) then
         string_agg('(' || pg_get_partition_constraintdef(i.inhrelid) || ')', ' or ') end as takes
     from pg_partitioned_table p left join pg_inherits i on i.inhparent = p.partrelid
     where p.partrelid = $1::text::regclass
     group by p.partrelid`,
    [qualified(target.schema, table.name), identity ?? ""],
  );
  if (below === undefined) return undefined;
  if (below.partitions === 0) return "no partition";
  // Ids of master data have gaps, and in a merge they are the target's.
  if (!below.byIdentity || below.takes === null || entry.kind === "static") return undefined;
  const { first, last } = idsOfRows(entry);
  const step = Math.max(1, Math.floor((last - first) / TRIED));
  const { name, type } = table.columns.find(({ name }) => name === identity)!;
  const column = quoteIdent(name);
  const [stray] = await target.query<{ id: string }>(
    `select ${column}::text as id from (
       select ${column}::${type} from generate_series($1::bigint, $2::bigint, $3::bigint)
         tried (${column})
       union all select $2::${type}
     ) tried where (${below.takes}) is not true order by 1::bigint limit 1`,
    [first, last, step].map(String),
  );
  return stray === undefined ? undefined : `no partition for the ${identity} ${stray.id}`;
}
