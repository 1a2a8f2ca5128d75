/** How far the writing of a dataset is, for a person who waits. */
import type { PhaseWork } from "../phase_work.ts";

/**
 * The parts of a run: windows of earlier runs, or of shards, are read and compared; windows are
 * written; the dataset is finished.
 */
export type RunPhase = "compare" | "windows" | "finish";

/** How far a run is. A window is a month of the dataset's days. */
export interface Progress {
  readonly phase: RunPhase;
  /** Event rows that are there, those of earlier runs included. */
  readonly rows: number;
  /** Of these the rows that earlier runs have written, or that come from shards. */
  readonly rowsBefore: number;
  /** Event rows of the dataset, or of the shard. */
  readonly totalRows: number;
  /** Bytes written so far by this run. */
  readonly bytes: number;
  /** Windows that are there, those of earlier runs included. */
  readonly windows: number;
  /** Of these the windows that earlier runs have written, or that come from shards. */
  readonly windowsBefore: number;
  /** Windows of the dataset, or of the shard. */
  readonly totalWindows: number;
  /** All work of the run. */
  readonly work: readonly PhaseWork<RunPhase>[];
}

/**
 * Milliseconds, measured once on one machine with two workers: they say how long one part takes
 * beside another, and the run itself shows how fast its own machine is.
 */
const COST = {
  /** A byte that is read and hashed. */
  comparedByte: 1.5e-6,
  /** A row that is rendered, hashed and written. */
  writtenRow: 1.8e-3,
  /** A row that is to reach the disk, with the others of its file. */
  syncedRow: 0.2e-4,
  /** The tables that are written at the end, however few rows they have. */
  end: 400,
} as const;

/** A run at work; what has changed in it is told with {@linkcode progressOf}. */
export interface Run {
  phase: RunPhase;
  rowsBefore: number;
  rowsWritten: number;
  totalRows: number;
  bytes: number;
  windowsBefore: number;
  windowsWritten: number;
  totalWindows: number;
  /** Bytes that are to be read and compared, and that have been. */
  toCompare: number;
  compared: number;
  /** Rows that are to be written; those of damaged windows are found while comparing. */
  toWrite: number;
  /** Whether a dataset is finished at the end; a shard does not. */
  readonly finishes: boolean;
  /** The share of the end that is done. */
  ended: number;
}

/** A run that has not begun. */
export function newRun(finishes: boolean): Run {
  return {
    phase: "compare",
    rowsBefore: 0,
    rowsWritten: 0,
    totalRows: 0,
    bytes: 0,
    windowsBefore: 0,
    windowsWritten: 0,
    totalWindows: 0,
    toCompare: 0,
    compared: 0,
    toWrite: 0,
    finishes,
    ended: 0,
  };
}

/** How far a run is. */
export function progressOf(run: Run): Progress {
  const { phase, rowsBefore, totalRows, bytes, windowsBefore, totalWindows } = run;
  const end = run.finishes ? COST.end + totalRows * COST.syncedRow : 0;
  const parts: readonly [RunPhase, number, number][] = [
    ["compare", run.compared * COST.comparedByte, run.toCompare * COST.comparedByte],
    ["windows", run.rowsWritten * COST.writtenRow, run.toWrite * COST.writtenRow],
    ["finish", run.ended * end, end],
  ];
  return {
    phase,
    rows: rowsBefore + run.rowsWritten,
    rowsBefore,
    totalRows,
    bytes,
    windows: windowsBefore + run.windowsWritten,
    windowsBefore,
    totalWindows,
    work: parts.flatMap(([phase, done, all]) => all === 0 ? [] : [{ phase, done, all }]),
  };
}
