/** The order in which tables can be filled so that every row finds the rows it refers to. */
import type { Table } from "./description.ts";

/** A reference that the order cannot honour: it is set, or checked, after both tables are filled. */
export interface DeferredReference {
  readonly table: string;
  readonly column: string;
  /** The table it refers to. */
  readonly to: string;
}

/** The answer of `loadOrder`. */
export interface LoadOrder {
  /** Every table after the tables it refers to, the deferred references apart. */
  readonly order: readonly Table[];
  readonly deferred: readonly DeferredReference[];
  /** The groups of tables that refer to each other in a circle, names ascending. */
  readonly cycles: readonly (readonly string[])[];
}

interface Edge extends DeferredReference {
  readonly nullable: boolean;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** References to tables that are not being ordered do not count. */
function edgesOf(tables: readonly Table[]): readonly Edge[] {
  const names = new Set(tables.map((table) => table.name));
  return tables.flatMap((table) =>
    table.columns.flatMap(({ name, nullable, references }) =>
      references === undefined || !names.has(references.table)
        ? []
        : [{ table: table.name, column: name, to: references.table, nullable }]
    )
  );
}

function reachable(from: string, edges: readonly Edge[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { table, to } of edges) {
      if (table !== next || seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return seen;
}

/** The edges that lie on a circle: their end leads back to their beginning. */
function circular(edges: readonly Edge[]): readonly Edge[] {
  const starts = new Set(edges.map((edge) => edge.table));
  const reach = new Map([...starts].map((start) => [start, reachable(start, edges)]));
  return edges.filter(({ table, to }) => reach.get(to)?.has(table));
}

/** The tables of circular edges, gathered by mutual reach. */
function circles(edges: readonly Edge[]): readonly (readonly string[])[] {
  const names = [...new Set(edges.map((edge) => edge.table))].sort(compare);
  const placed = new Set<string>();
  return names.flatMap((name) => {
    if (placed.has(name)) return [];
    const circle = [...reachable(name, edges)].sort(compare);
    for (const member of circle) placed.add(member);
    return [circle];
  });
}

/**
 * The references to give up, one after the other: a nullable one before others, then the one that
 * leaves the fewest references on circles, then by the names of table and column.
 */
function givenUp(edges: readonly Edge[]): readonly Edge[] {
  const chosen: Edge[] = [];
  let left = circular(edges);
  while (left.length > 0) {
    const open = left;
    const ranked = open.map((edge) => ({
      edge,
      rest: circular(open.filter((other) => other !== edge)),
    })).sort((a, b) =>
      Number(b.edge.nullable) - Number(a.edge.nullable) || a.rest.length - b.rest.length ||
      compare(a.edge.table, b.edge.table) || compare(a.edge.column, b.edge.column)
    );
    const best = ranked[0];
    if (best === undefined) break;
    chosen.push(best.edge);
    left = best.rest;
  }
  return chosen;
}

/**
 * Orders tables by their references; tables that could come next to each other stand by name, so
 * that the order depends on nothing but the set of tables.
 */
export function loadOrder(tables: readonly Table[]): LoadOrder {
  const edges = edgesOf(tables);
  const deferred = givenUp(edges);
  const kept = edges.filter((edge) => !deferred.includes(edge));
  const waiting = tables.toSorted((a, b) => compare(a.name, b.name));
  const order: Table[] = [];
  const placed = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex((table) =>
      kept.every((edge) => edge.table !== table.name || placed.has(edge.to))
    );
    const [table] = waiting.splice(next, 1);
    if (next < 0 || table === undefined) throw new RangeError("a circle of references is left");
    order.push(table);
    placed.add(table.name);
  }
  return {
    order,
    deferred: deferred.map(({ table, column, to }) => ({ table, column, to })),
    cycles: circles(circular(edges)),
  };
}
