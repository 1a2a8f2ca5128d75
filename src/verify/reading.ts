/**
 * How a database is read as a dataset. It may hold rows of others beside the dataset's: another
 * dataset that was loaded with `--append`, or what people have entered. Checks of the dataset then
 * read its own rows, which the ids in its manifest tell from the rest; those of the whole farm read
 * all. And columns that a later schema of AquaMind has replaced are read from those that it has.
 */
import type { ReddManifest, TableEntry } from "../generate/manifest.ts";
import { type Adaptation, adaptationOf } from "../load/aquamind/adaptation.ts";
import { readCatalog } from "../load/catalog.ts";
import type { Target } from "../load/target.ts";
import { allTables, tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import type { Check } from "./check.ts";

/** What a database is read as. */
export interface Reading {
  /** Whether it holds batches of others. */
  readonly shared: boolean;
  readonly adaptation: Adaptation;
}

/** The condition that a row `t` is the dataset's: its ids ascend without a gap. */
function isOwn(table: Table, { rows, lastId }: TableEntry): string {
  const id = table.columns.find((column) => column.identity)!.name;
  return `t.${id} BETWEEN ${lastId - rows + 1} AND ${lastId}`;
}

/**
 * Looks how a database is to be read, in the transaction that is open. Rows of others count where
 * they are batches: any other that is too much is for the checks to find.
 */
export async function readingOf(target: Target, { tables }: ReddManifest): Promise<Reading> {
  const catalog = await readCatalog(target, allTables);
  const adaptation = adaptationOf(catalog);
  const batches = tableNamed("batch_batch");
  const entry = tables[batches.name];
  if (entry === undefined || !catalog.has(batches.name)) return { shared: false, adaptation };
  const [row] = await target.query<{ shared: boolean }>(
    `select exists (select from ${batches.name} t where not (${isOwn(batches, entry)})) as shared`,
  );
  return { shared: row?.shared === true, adaptation };
}

/** Master data are everybody's; places may be more than the dataset's (discrepancy D-01). */
function isOwned({ kind, group }: Table): boolean {
  return kind !== "static" || group === "infrastructure";
}

/**
 * What stands before a check's query on this database: the names of tables that are to be read
 * otherwise than they stand there. Empty where there are none.
 */
export function prelude(
  { tables, wholeFarm }: Check,
  manifest: ReddManifest,
  { shared, adaptation }: Reading,
): string {
  const names = tables.length > 0 ? tables : Object.keys(manifest.tables);
  const otherwise = names.flatMap((name) => {
    const [table, entry] = [tableNamed(name), manifest.tables[name]];
    const own = shared && !wholeFarm && entry !== undefined && isOwned(table);
    const replaced = Object.entries(adaptation.back[name] ?? {});
    if (!own && replaced.length === 0) return [];
    const columns = ["t.*", ...replaced.map(([column, value]) => `${value} AS ${column}`)];
    const rows = own ? ` WHERE ${isOwn(table, entry)}` : "";
    return [`${name} AS NOT MATERIALIZED (SELECT ${columns.join(", ")} FROM ${name} t${rows})`];
  });
  return otherwise.length === 0 ? "" : `WITH ${otherwise.join(",\n")}\n`;
}
