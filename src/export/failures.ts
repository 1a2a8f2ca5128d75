/** Why DuckDB could not make an export, in Redd's words. */
import { lineFault } from "../duckdb/line_fault.ts";
import { isOutOfMemory } from "../duckdb/tables.ts";
import { messageOf, ReddError } from "../errors.ts";
import { writeFailure } from "../files/write_failure.ts";
import type { Table } from "../tables/description.ts";
import { goalOf } from "./target.ts";

/** What was being done when it failed. */
export interface Doing {
  /** What the user calls the dataset. */
  readonly dataset: string;
  /** What the user calls the target. */
  readonly target: string;
  /** The table, and what the user calls the part, where one was at work. */
  readonly table?: Table;
  readonly part?: string;
}

/** @throws {ReddError} interrupted, when the signal was aborted. */
export function requireExporting(signal: AbortSignal | undefined, target: string): void {
  if (!signal?.aborted) return;
  throw new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish the export to ${target}`,
    because: "it was interrupted",
    remedy: "Nothing is left of it; export again when you like",
  });
}

/** What has failed, for the user. */
export function exportFault(cause: unknown, { dataset, target, table, part }: Doing): unknown {
  if (cause instanceof ReddError) return isFull(cause.cause) ? full(target, cause.cause) : cause;
  const message = messageOf(cause).trim();
  const [first = ""] = message.split("\n");
  if (isOutOfMemory(cause)) {
    return new ReddError("environment", "OUT_OF_MEMORY", {
      cannot: goalOf(target).cannot,
      because: `DuckDB says: ${first}`,
      remedy: "Allow it more with --memory, or close other programs",
      cause,
    });
  }
  if (isFull(cause)) return full(target, cause);
  if (table !== undefined && /CSV Error|^Conversion Error|^Constraint Error/.test(message)) {
    return new ReddError("input", "PART_UNREADABLE", {
      cannot: `export ${dataset}`,
      because: `${part ?? table.name}, ${lineFault(message, table)}`,
      remedy: "Run verify, which tells what is wrong with its files",
      cause,
    });
  }
  return new ReddError("environment", "DUCKDB_FAILED", {
    cannot: goalOf(target).cannot,
    because: `DuckDB says: ${first}`,
    remedy: "Look at the disk and the memory of this machine, and export again",
    cause,
  });
}

/** Does DuckDB say that the disk is full, whatever it was at? */
function isFull(cause: unknown): boolean {
  return cause instanceof Error && /No space left on device/.test(cause.message);
}

function full(target: string, cause: unknown): ReddError {
  return writeFailure(goalOf(target), messageOf(cause), "ENOSPC", cause);
}
