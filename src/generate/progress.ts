/** How far the writing of a dataset is, for a person who waits. */
import type { PhaseWork } from "../phase_work.ts";

/**
 * The parts of a run: all days are lived without a row; windows of earlier runs, or of shards, are
 * read and compared; windows are written; the dataset is finished.
 */
export type RunPhase = "plan" | "compare" | "windows" | "finish";

/** How far a run is. A window is a month of the dataset's days. */
export interface GenerateProgress {
  /** What the run is at. */
  readonly phase: RunPhase;
  /** Windows whose days have been lived without a row. */
  readonly planned: number;
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
  /** All work of the run; nothing while that is being planned. */
  readonly work: readonly PhaseWork<RunPhase>[];
}

/**
 * Milliseconds, measured once on one machine with two workers: they say how long one part takes
 * beside another, and the run itself shows how fast its own machine is.
 */
const COST = {
  /** A byte that is read and hashed. */
  comparedByte: 2.5e-6,
  /** A byte that is copied and compared on the way. */
  copiedByte: 1.2e-5,
  /** Workers until they have written a row. */
  start: 500,
  /** A row that is rendered, hashed and written. */
  writtenRow: 1.8e-3,
  /** A row, as far as its file waits for the disk at the end. */
  endedRow: 1.2e-4,
  /** The tables that are written at the end, however few rows they have. */
  end: 700,
} as const;

/** A run at work; what has changed in it is told with {@linkcode progressOf}. */
export interface Run {
  phase: RunPhase;
  planned: number;
  rowsBefore: number;
  rowsWritten: number;
  totalRows: number;
  bytes: number;
  windowsBefore: number;
  windowsWritten: number;
  totalWindows: number;
  /** Whether windows are copied as they are compared. */
  readonly copies: boolean;
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
export function newRun(kind: Pick<Run, "finishes" | "copies">): Run {
  return {
    ...kind,
    phase: "plan",
    planned: 0,
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
    ended: 0,
  };
}

/**
 * Tells, as the days of a run are lived, how far that is; as `prepare` wants it.
 *
 * @param run Is moved on; one that writes nothing unless given.
 */
export function planning(
  onProgress: ((progress: GenerateProgress) => void) | undefined,
  run: Run = newRun({ finishes: false, copies: false }),
): (lived: number, windows: number) => void {
  return (lived, windows) => {
    run.phase = "plan";
    run.planned = lived;
    run.totalWindows = windows;
    onProgress?.(progressOf(run));
  };
}

/** What it takes to write so many rows. */
function workOf(rows: number): number {
  return rows === 0 ? 0 : COST.start + rows * COST.writtenRow;
}

/** How far a run is. */
export function progressOf(run: Run): GenerateProgress {
  const { phase, planned, rowsBefore, totalRows, bytes, windowsBefore, totalWindows } = run;
  const end = run.finishes && phase !== "plan" ? COST.end + totalRows * COST.endedRow : 0;
  const byte = run.copies ? COST.copiedByte : COST.comparedByte;
  const parts: readonly [RunPhase, number, number][] = [
    ["compare", run.compared * byte, run.toCompare * byte],
    ["windows", workOf(run.rowsWritten), workOf(run.toWrite)],
    ["finish", run.ended * end, end],
  ];
  return {
    phase,
    planned,
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
