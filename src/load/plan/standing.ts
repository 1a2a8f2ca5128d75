/**
 * Master data that an earlier load has brought and that stand as it left them: a continuation does
 * not send them again (rulings.md#31).
 */
import type { Dataset } from "../../dataset/dataset.ts";
import { rowsOfPart, rowValues } from "../../dataset/records.ts";
import type { TableData } from "../../dataset/table_data.ts";
import type { Target } from "../../postgres/target.ts";
import type { Conversion } from "../../aquamind/conversion.ts";
import { knownRows, type RowValues } from "../../aquamind/known.ts";
import { copyRows, tableReading } from "../../aquamind/written.ts";

/**
 * Does the target have every row of a table, as far as a merge would look? The table is read back:
 * a count would take a row of somebody's for one that was removed.
 *
 * @throws {ReddError} input, when a file is not the one that was generated.
 */
export async function stands(
  target: Target,
  dataset: Dataset,
  { table, entry }: TableData,
  conversion: Conversion,
): Promise<boolean> {
  const { key, same, keeps } = knownRows(table);
  const wanted = new Map<string, RowValues>();
  for (const part of entry.parts) {
    for (const { bytes } of rowsOfPart(dataset, part, "load")) {
      const values = rowValues(bytes);
      wanted.set(key(values), values);
    }
  }
  let differs = false;
  await target.copyOut(copyRows(tableReading(target, table, conversion), "row"), (row) => {
    const theirs = rowValues(row);
    const ours = wanted.get(key(theirs));
    if (ours === undefined) return;
    wanted.delete(key(theirs));
    differs ||= !same(ours, theirs) && !keeps(ours, theirs);
  });
  return !differs && wanted.size === 0;
}
