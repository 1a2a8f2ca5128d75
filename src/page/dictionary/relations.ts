/** Which tables stand around a batch, and how they are laid out as a tree. */
import type { DictionaryTable } from "../../report/data/dictionary.ts";

/** A table in the tree. */
export interface RelatedTable {
  readonly name: string;
  /** How far it is from the batch: -1 are tables that a batch refers to. */
  readonly depth: number;
  /** The table to which it is tied here; itself of the batch. */
  readonly parent: string;
  /** The next ones, which refer to it. */
  readonly children: readonly RelatedTable[];
}

/** The middle of the drawing. */
export const BATCH_TABLE = "batch_batch";

/** What is around a batch. */
export interface BatchRelations {
  /** Tables that a batch refers to. */
  readonly referred: readonly RelatedTable[];
  /** The batch, and what refers to it, each table once. */
  readonly batch: RelatedTable;
  /** The greatest depth. */
  readonly deepest: number;
}

/** The tables to which one refers, without itself; those to which it has to, unless all are asked. */
function refersTo({ name, columns }: DictionaryTable, all = true): string[] {
  const links = columns.filter(({ of, optional }) => of !== undefined && (all || !optional));
  return [...new Set(links.flatMap(({ of }) => of === name ? [] : of!))];
}

/**
 * Every table that has rows and refers to a batch, be it over others, once: under the table that it
 * refers to which is farthest from the batch itself. What it may refer to, and does not have to,
 * counts where nothing else ties it to the batch. Histories are left out.
 */
export function batchRelations(tables: readonly DictionaryTable[]): BatchRelations {
  const shown = tables.filter(({ name, rows, historyOf }) =>
    name === BATCH_TABLE || (historyOf === undefined && (rows ?? 0) > 0)
  );
  const refers = new Map(shown.map((table) => [table.name, refersTo(table)]));
  const requires = new Map(shown.map((table) => [table.name, refersTo(table, false)]));
  const batch = shown.find(({ name }) => name === BATCH_TABLE);
  // What belongs to a batch, and is referred to by it as well, is around it.
  const up = new Set(
    (batch === undefined ? [] : refersTo(batch))
      .filter((name) => !refers.get(name)?.includes(BATCH_TABLE)),
  );
  const depths = new Map<string, number>([[BATCH_TABLE, 0]]);
  const open = new Set<string>(up);
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return -1;
    open.add(name);
    const depthsAbove = (names: ReadonlyMap<string, readonly string[]>) =>
      (names.get(name) ?? []).map(depthOf).filter((depth) => depth >= 0);
    const must = depthsAbove(requires);
    const above = must.length > 0 ? must : depthsAbove(refers);
    open.delete(name);
    const depth = above.length === 0 ? -1 : Math.max(...above) + 1;
    depths.set(name, depth);
    return depth;
  };
  for (const { name } of shown) if (!up.has(name)) depthOf(name);
  const parentOf = (name: string) => {
    const depth = depths.get(name)!;
    return (refers.get(name) ?? []).find((one) => depths.get(one) === depth - 1 && !up.has(one))!;
  };
  const below = Map.groupBy(
    shown.map(({ name }) => name).filter((name) => (depths.get(name) ?? -1) > 0 && !up.has(name)),
    parentOf,
  );
  const treeOf = (name: string, parent: string): RelatedTable => ({
    name,
    parent,
    depth: depths.get(name)!,
    children: (below.get(name) ?? []).map((child) => treeOf(child, name)),
  });
  return {
    referred: [...up].filter((name) => refers.has(name))
      .map((name) => ({ name, depth: -1, parent: BATCH_TABLE, children: [] })),
    batch: treeOf(BATCH_TABLE, BATCH_TABLE),
    deepest: Math.max(...depths.values()),
  };
}
