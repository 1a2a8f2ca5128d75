/**
 * The next row number of every table that the farm's days fill. They are part of the farm's state,
 * so that a window can begin with them (design.md#d5).
 */

/** The rows that the farm's own state refers to by number; rendering numbers the others. */
export interface Numbers {
  batch: number;
  assignment: number;
  purchase: number;
  stock: number;
  scenario: number;
  transferWorkflow: number;
  transaction: number;
}

/** Numbers that begin at `first`, of the farm's own rows and of those that others name. */
export function numbersFrom<Key extends string = never>(
  first: number,
  others: Iterable<Key> = [],
): Numbers & Record<Key, number> {
  const own = [
    "batch",
    "assignment",
    "purchase",
    "stock",
    "scenario",
    "transferWorkflow",
    "transaction",
  ];
  const all = [...own, ...others].map((name) => [name, first]);
  return Object.fromEntries(all) as Numbers & Record<Key, number>;
}
