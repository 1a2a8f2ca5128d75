/**
 * The figures of a dataset's files, without a database.
 *
 * Deno permissions: read (the dataset), ffi (DuckDB's library).
 */
import { type Dataset, openDataset } from "../dataset/dataset.ts";
import type { DuckLimits } from "../duckdb/session.ts";
import { openFilesEngine, requireGoing } from "../verify/engines/files.ts";
import type { FigureResult } from "./figure.ts";
import { allFigures } from "./all_figures.ts";
import { figuresOf, type FiguresOptions, figureTables } from "./figures_of.ts";

/** What is given besides the dataset. */
export interface DatasetFiguresOptions extends Omit<FiguresOptions, "throwIfAborted">, DuckLimits {
  /** Called with every table as it begins to be read, with its place from 0 and their number. */
  readonly onTable?: (table: string, place: number, all: number) => void;
  /** Ends it, wherever it is. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the tables that figures need and reckons them, each beside its published and documented
 * range. Nothing is checked: a file that cannot be read leaves figures without a value.
 *
 * ```ts
 * import { figuresOfDataset } from "@redd/redd";
 *
 * for (const { id, value, unit, verdict } of await figuresOfDataset("out/farm")) {
 *   console.log(id, value, unit, verdict);
 * }
 * ```
 *
 * @param dataset The folder of a dataset, or one that is open.
 * @throws {ReddError} input: no dataset; environment: DuckDB cannot be used, or has too little
 *   memory; interrupted: the signal.
 */
export async function figuresOfDataset(
  dataset: string | Dataset,
  options: DatasetFiguresOptions = {},
): Promise<readonly FigureResult[]> {
  const opened = typeof dataset === "string"
    ? await openDataset(dataset, { unread: true })
    : dataset;
  const { figures = allFigures, onFigure, signal, ...reading } = options;
  await using engine = await openFilesEngine(opened, {
    ...reading,
    signal,
    tables: figureTables(figures),
  });
  return await figuresOf(engine, opened.manifest, {
    figures,
    ...onFigure === undefined ? {} : { onFigure },
    throwIfAborted: () => requireGoing(opened, signal),
  });
}
