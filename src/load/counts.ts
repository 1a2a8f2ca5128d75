/** Rows of the target against rows of the manifest. */
import { ReddError } from "../errors.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { actingWords } from "../postgres/acting.ts";
import { countTableRows } from "../aquamind/catalog.ts";
import type { TableLoad } from "./plan/table_load.ts";
import type { Target } from "../postgres/target.ts";

/** What may have changed the rows of a table meanwhile. */
function whoWrites(acting: readonly string[]): string {
  return acting.length === 0
    ? "Another session writes to the table"
    : `Another session writes to the table, or ${actingWords(acting)} of it does`;
}

/**
 * Counts a table that has been filled. Merged ones are counted when they are.
 *
 * @param others Rows of others by table.
 * @param then What a person can do once the cause is gone.
 * @throws {ReddError} environment, when it holds other rows than the manifest says.
 */
export async function compareCount(
  target: Target,
  dataset: Dataset,
  { table, entry, way, acting }: TableLoad,
  others: Readonly<Record<string, number>>,
  then = "load again",
): Promise<void> {
  if (way === "merged") return;
  const expected = entry.rows + (others[table.name] ?? 0);
  const rows = await countTableRows(target, table);
  if (rows === expected) return;
  throw new ReddError("environment", "COUNT_DIFFERS", {
    cannot: `load the dataset ${dataset.name}`,
    because: `${table.name} holds ${rows} rows after the copy, expected ${expected}`,
    remedy: `${whoWrites(acting)}: stop it and ${then}`,
  });
}
