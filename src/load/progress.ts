/** How far a load is, for a person who waits, and how long its parts took. */
import type { Table } from "../tables/description.ts";

/** The parts of a load in their order; the deferred way has no `indexes` of its own. */
export const PHASES = [
  "schema",
  "copy",
  "indexes",
  "constraints",
  "count",
  "analyze",
  "sequences",
  "commit",
] as const satisfies readonly Phase[];

/** A part of a load. */
export type Phase =
  | "schema"
  | "copy"
  | "indexes"
  | "constraints"
  | "count"
  | "analyze"
  | "sequences"
  | "commit";

/** Where a load is. */
export interface LoadProgress {
  /** The part of the load. */
  readonly phase: Phase;
  /** The table that is being copied; absent in other parts of the load. */
  readonly table?: string;
  /** Rows that have been copied; those of a file count when it is through. */
  readonly rows: number;
  /** Rows that the load brings. */
  readonly totalRows: number;
  /** Bytes of CSV that have been copied. */
  readonly bytes: number;
  /** Bytes of CSV that the load brings. */
  readonly totalBytes: number;
}

/** Tells where a load is; bytes and rows are those that came since the last call. */
export type Reporter = (phase: Phase, table?: Table, bytes?: number, rows?: number) => void;

/** Adds up what has been done, for the caller's `onProgress`. */
export function progressReporter(
  whole: { readonly rows: number; readonly bytes: number },
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Reporter {
  const totals = { totalRows: whole.rows, totalBytes: whole.bytes };
  let bytes = 0;
  let rows = 0;
  return (phase, table, moreBytes = 0, moreRows = 0) => {
    bytes += moreBytes;
    rows += moreRows;
    const place = table === undefined ? { phase } : { phase, table: table.name };
    onProgress?.({ ...place, rows, bytes, ...totals });
  };
}

/** Measures the phases; entering one ends the one before. */
export interface PhaseClock {
  enter(phase: Phase): void;
  stop(): Readonly<Record<Phase, number>>;
}

/** A clock that shows seconds per phase. */
export function phaseClock(): PhaseClock {
  const seconds = Object.fromEntries(PHASES.map((phase) => [phase, 0])) as Record<Phase, number>;
  let current: Phase | undefined;
  let since = performance.now();
  const leave = () => {
    if (current !== undefined) seconds[current] += (performance.now() - since) / 1000;
    since = performance.now();
  };
  return {
    enter(phase) {
      leave();
      current = phase;
    },
    stop() {
      leave();
      return seconds;
    },
  };
}
