/**
 * Whether a row of master data in a target is one of the dataset's: what a merge knows it by, and
 * what of it may be in the target's own words (merge.ts).
 */
import { identityColumn } from "../dataset/ids.ts";
import { tableNamed } from "../tables/catalog.ts";
import { naturalKeysOf, type Table } from "../tables/description.ts";

/** The values of a row, as CSV has them. */
export type RowValues = readonly string[];

/** How rows of a table are known. */
export interface KnownRows {
  /** A text that only rows of the same meaning have. */
  key(row: RowValues): string;
  /** Do two rows say the same? */
  same(ours: RowValues, theirs: RowValues): boolean;
  /** May a row that is known to be ours have other words? */
  keeps(ours: RowValues, theirs: RowValues): boolean;
}

/** Do two rows say the same in all columns that are compared? */
export function sameButSecrets(
  { columns }: Table,
  ours: RowValues,
  theirs: RowValues,
): boolean {
  return ours.length === theirs.length &&
    columns.every(({ secret }, at) => secret === true || ours[at] === theirs[at]);
}

/** A live row is known by its id; what names it, and what it belongs to, is settled. */
function knownById(table: Table): KnownRows {
  const names = table.columns.map(({ name }) => name);
  const id = names.indexOf(identityColumn(table)!);
  const settled = new Set([
    "name",
    ...naturalKeysOf(table).flat(),
    ...table.columns.filter(({ references, governed }) => references !== undefined || governed)
      .map(({ name }) => name),
  ]);
  return {
    key: (row) => row[id]!,
    same: (ours, theirs) => sameButSecrets(table, ours, theirs),
    keeps: (ours, theirs) =>
      ours.every((value, at) => value === theirs[at] || !settled.has(names[at]!)),
  };
}

/**
 * A save is known by its row and its instant, whatever its number; a row is created only once, so
 * of that save the instant does not count.
 */
function knownBySave(table: Table, live: Table): KnownRows {
  const at = (name: string) => table.columns.findIndex((column) => column.name === name);
  const [row, number] = [at(identityColumn(live)!), at("history_id")];
  const [type, date] = [at("history_type"), at("history_date")];
  const made = (values: RowValues) => values[type] === "+";
  return {
    key: (values) => [values[row], values[type], made(values) ? "" : values[date]].join(" "),
    same: (ours, theirs) => ours.every((value, at) => value === theirs[at] || at === number),
    keeps: made,
  };
}

/** How rows of a table of master data, or of its history, are known. */
export function knownRows(table: Table): KnownRows {
  return table.historyOf === undefined
    ? knownById(table)
    : knownBySave(table, tableNamed(table.historyOf));
}
