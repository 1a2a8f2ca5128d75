/** What a line of `redd export` asks for. */
import {
  EXPORT_FORMATS,
  type ExportFormat,
  exportTarget,
  LAYOUTS,
  type ParquetLayout,
} from "../src/export/formats.ts";
import type { Given } from "./command.ts";
import { STDIN } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { flagValues } from "./values.ts";

const NAME = "export";

/**
 * The format of a line.
 *
 * @throws {ReddError} input, for a word that is none.
 */
export function formatOf(given: Given): ExportFormat {
  return flagValues(NAME, given).oneOf("format", EXPORT_FORMATS) ?? "parquet";
}

/**
 * How the files of Parquet are to lie.
 *
 * @throws {ReddError} input, for a word that is no layout, and where there are no such files.
 */
export function parquetLayoutOf(given: Given): ParquetLayout | undefined {
  const layout = flagValues(NAME, given).oneOf("layout", LAYOUTS);
  if (layout === undefined || formatOf(given) === "parquet") return layout;
  throw usageError(NAME, "--layout is of Parquet, and --format is not", "Leave one of them out");
}

/**
 * Where a line exports to.
 *
 * @throws {ReddError} input, as {@linkcode formatOf}; where what comes through a pipe has no place.
 */
export function targetOf(given: Given): string {
  const [dataset] = given.operands;
  const output = given.text("output");
  if (output !== undefined) return output;
  if (dataset !== STDIN) return exportTarget(dataset!, formatOf(given));
  throw usageError(NAME, "--output is missing", "Name the folder or file for what comes through -");
}
