/** The parts of a dataset that are exported: each is read through before anything is made of it. */
import { didYouMean } from "../closest.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { PartChanged, partChanged } from "../dataset/part_file.ts";
import type { TableData } from "../dataset/table_data.ts";
import { ReddError } from "../errors.ts";
import { quoted } from "../quoted.ts";

/** A name in which `*` stands for anything, as an expression. */
function expressionOf(wanted: string): RegExp {
  return new RegExp(`^${wanted.split("*").map((part) => part.replace(/\W/g, "\\$&")).join(".*")}$`);
}

/**
 * The tables of a dataset that are wanted, in its order.
 *
 * @param wanted Names, or patterns such as `batch_*`; all tables if absent.
 * @throws {ReddError} input, for a name or a pattern that is no table's.
 */
export function wantedTables(
  tables: readonly TableData[],
  wanted?: readonly string[],
): readonly TableData[] {
  if (wanted === undefined) return tables;
  const names = tables.map(({ table }) => table.name);
  const stranger = wanted.find((one) => !names.some((name) => expressionOf(one).test(name)));
  if (stranger !== undefined || wanted.length === 0) {
    throw new ReddError("input", "TABLE_UNKNOWN", {
      cannot: "export a part of the dataset",
      because: stranger === undefined ? "no table is named" : `it has no table ${quoted(stranger)}`,
      remedy: didYouMean(stranger ?? "", names) +
        "Name tables as its files in data/ are called, or by a pattern such as batch_*",
    });
  }
  return tables.filter(({ table }) => wanted.some((one) => expressionOf(one).test(table.name)));
}

/**
 * The whole path of the file of a part.
 *
 * @throws {ReddError} input, where parts are no files, or this one is not there.
 */
export function fileOfPart(dataset: Dataset, part: DatasetPart): string {
  if (dataset.fileOf === undefined) {
    throw new ReddError("input", "PARTS_NO_FILES", {
      cannot: `export ${dataset.name}`,
      because: "its parts are no files, and DuckDB reads nothing else",
      remedy: "Unpack it into a folder, and export that",
    });
  }
  try {
    return dataset.fileOf(part);
  } catch (thrown) {
    if (thrown instanceof PartChanged) {
      throw partChanged(`export ${dataset.whereIs(part)}`, thrown);
    }
    throw thrown;
  }
}
