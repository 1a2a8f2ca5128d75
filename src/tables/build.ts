/** Makes a table's description of its columns as written, with the catalog's names. */
import type { Draft } from "./columns.ts";
import type {
  CheckConstraint,
  Column,
  Group,
  Index,
  Table,
  TableKind,
  UniqueKey,
} from "./description.ts";
import { djangoName, firstName, postgresName } from "./names.ts";

/** What a table file says of a table besides its columns. */
export interface Head {
  readonly name: string;
  readonly group: Group;
  readonly kind: TableKind;
  readonly day?: string;
  readonly meaning: string;
  /** Where it is not the identity column alone. */
  readonly primaryKey?: readonly string[];
  /** Unique constraints over several columns; a bare list of columns has Django's name. */
  readonly unique?: readonly (UniqueKey | readonly string[])[];
  /** Checks other than "at or above zero". */
  readonly checks?: readonly CheckConstraint[];
  /** Indexes other than those of foreign keys and of `unique` and `indexed` columns. */
  readonly indexes?: readonly Index[];
  /** Of master data, where no unique constraint names a row: the columns that do. */
  readonly naturalKey?: readonly string[];
  /** Django fills it migrates. */
  readonly filledByDjango?: true;
  /** A freshly migrated AquaMind has rows of it. */
  readonly seeded?: true;
  /** The version of Redd whose datasets are the first to have it. */
  readonly since?: string;
}

/** A unique constraint with a name of its own. */
export function key(name: string, ...columns: readonly string[]): UniqueKey {
  return { name, columns };
}

/** A btree index; `on` is the list of columns with its parentheses and what follows. */
export function index(name: string, on: string): Index {
  return { name, unique: false, definition: `USING btree ${on}` };
}

/** A unique btree index that is no constraint, such as a partial one. */
export function uniqueIndex(name: string, on: string): Index {
  return { ...index(name, on), unique: true };
}

/** The check that keeps a column at or above zero; PostgreSQL quotes a name that is a key word. */
export function naturalCheck(table: string, column: string): CheckConstraint {
  const shown = column === "order" ? `"order"` : column;
  return { name: postgresName(table, column, "check"), expression: `CHECK ((${shown} >= 0))` };
}

/** The index of one column, as Django makes it. */
export function columnIndex(table: string, column: string): Index {
  return index(djangoName(table, [column]), `(${column})`);
}

/** The second index of a unique or indexed text column, for LIKE. */
export function likeIndex(table: string, column: string): Index {
  return index(djangoName(table, [column], "_like"), `(${column} varchar_pattern_ops)`);
}

/** Whether Django gives the column's index a second one for LIKE. */
export function isVarchar(column: { readonly type: string }): boolean {
  return column.type.startsWith("character varying");
}

/** The rows in the order of their names, by code unit. */
export function inNameOrder<Row extends { readonly name: string }>(
  rows: readonly Row[],
): readonly Row[] {
  return rows.toSorted((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function finished(draft: Draft, table: string): Column {
  const { to, unique: _unique, indexed: _indexed, natural: _natural, ...plain } = draft;
  const { name } = plain;
  if (to === undefined) return plain;
  const constraint = djangoName(
    firstName(table, name),
    [name],
    `_fk_${firstName(to.table)}_${to.column}`,
  );
  return { ...plain, references: { ...to, constraint } };
}

/** The description of a table from its head and its columns in the catalog's order. */
export function table(head: Head, drafts: readonly Draft[]): Table {
  const { name, group, kind, meaning, day, naturalKey, since } = head;
  const owner = firstName(name);
  const primaryKey = {
    name: `${owner}_pkey`,
    columns: head.primaryKey ?? drafts.filter((draft) => draft.identity).map((draft) => draft.name),
  };
  const unique = [
    ...drafts.filter((draft) => draft.unique).map((draft) =>
      key(`${owner}_${draft.name}_key`, draft.name)
    ),
    ...(head.unique ?? []).map((one) =>
      "name" in one ? one : { name: djangoName(owner, one, "_uniq"), columns: one }
    ),
  ];
  const indexes = [
    ...drafts.filter((draft) => draft.indexed || (draft.to !== undefined && !draft.unique))
      .map((draft) => columnIndex(firstName(name, draft.name), draft.name)),
    ...drafts.filter((draft) =>
      isVarchar(draft) && (draft.unique || primaryKey.columns.includes(draft.name))
    ).map((draft) => likeIndex(owner, draft.name)),
    ...head.indexes ?? [],
  ];
  const checks = [
    ...drafts.filter((draft) => draft.natural).map((draft) => naturalCheck(owner, draft.name)),
    ...head.checks ?? [],
  ];
  return {
    name,
    group,
    kind,
    meaning,
    columns: drafts.map((draft) => finished(draft, name)),
    primaryKey,
    unique: inNameOrder(unique),
    checks: inNameOrder(checks),
    indexes: inNameOrder(indexes),
    wiped: group === "operational",
    filledByDjango: head.filledByDjango ?? false,
    seeded: head.seeded ?? false,
    ...(day === undefined ? {} : { day }),
    ...(naturalKey === undefined ? {} : { naturalKey }),
    ...(since === undefined ? {} : { since }),
  };
}
