/** Rows of the target against rows of the manifest. */
import { ReddError } from "../errors.ts";
import { countRows } from "./catalog.ts";
import type { Filling } from "./dataset.ts";
import type { Target } from "./target.ts";

/**
 * Counts a table that has been filled.
 *
 * @param then What a person can do once the cause is gone.
 * @throws {ReddError} environment, when it holds other rows than the manifest says.
 */
export async function compareCount(
  target: Target,
  folder: string,
  { table, entry }: Filling,
  then = "load again",
): Promise<void> {
  const rows = await countRows(target, table);
  if (rows === entry.rows) return;
  throw new ReddError("environment", "COUNT_DIFFERS", {
    cannot: `load the dataset ${folder}`,
    because: `${table.name} holds ${rows} rows after the copy, expected ${entry.rows}`,
    remedy: `Another session or a trigger writes to the table: stop it and ${then}`,
  });
}
