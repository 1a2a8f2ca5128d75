/**
 * Master data that a load has merged into the database's own (src/load/plan/merge.ts): rows that
 * were there stay in the database's words, with their own instants and descriptions, and a save
 * whose number in a history was taken has another. So rows are known by what the merge knows them
 * by, and one that is there in other words is kept, unless its name or what it belongs to differs.
 */
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { identityColumn } from "../dataset/ids.ts";
import type { Target } from "../postgres/target.ts";
import { bothRows } from "./part.ts";
import { type FileRow, rowsOfPart, rowValues, textOf } from "../dataset/records.ts";
import { type PartDifference, shownRow, tallyOf } from "./report.ts";
import { knownRows } from "../aquamind/known.ts";
import { copyRows, type TableReading } from "../aquamind/written.ts";

/** What the database has of the master data of a part. */
export interface MergedPart {
  /** The database's rows that are rows of the part. */
  readonly found: number;
  /** Those of them that it keeps in its own words. */
  readonly kept: number;
  readonly difference?: PartDifference;
}

/**
 * Looks for the rows of a part among all rows of the table.
 *
 * @throws {ReddError} input, when the file is not the one that was generated.
 */
export async function compareMerged(
  target: Target,
  dataset: Dataset,
  reading: TableReading,
  part: DatasetPart,
): Promise<MergedPart> {
  const { table } = reading;
  const { key, same, keeps } = knownRows(table);
  const id = table.columns.findIndex(({ name }) => name === identityColumn(table));
  const wanted = new Map<string, FileRow>();
  for (const { line, bytes } of rowsOfPart(dataset, part)) {
    wanted.set(key(rowValues(bytes)), { line, bytes: bytes.slice() });
  }
  const tally = tallyOf(part.path);
  let found = 0;
  let kept = 0;
  await target.copyOut(copyRows(reading, "row"), (row) => {
    const theirs = rowValues(row);
    const ours = wanted.get(key(theirs));
    if (ours === undefined) return;
    wanted.delete(key(theirs));
    found++;
    const values = rowValues(ours.bytes);
    if (same(values, theirs)) return;
    if (keeps(values, theirs)) kept++;
    else {
      const { line, bytes } = ours;
      const number = Number(values[id]);
      tally.add("changed", () => ({ line, id: number, ...bothRows(table, bytes, row) }));
    }
  });
  for (const { line, bytes } of wanted.values()) {
    const number = Number(rowValues(bytes)[id]);
    const dataset = shownRow(textOf(bytes));
    tally.add("missing", () => ({ line, id: number, dataset, values: [] }));
  }
  const difference = tally.result();
  return { found, kept, ...(difference === undefined ? {} : { difference }) };
}
