/** Renders the windows of a dataset that are not there yet. */
import { DAY_TABLES, type DayNumbers, type DayTable } from "../render/day_rows.ts";
import type { Job } from "./messages.ts";
import { type PoolOptions, renderAll, type Renderer } from "./pool.ts";
import type { Prepared } from "./prepare.ts";
import { type GenerateProgress, newRun, progressOf, type Run } from "./progress.ts";
import { completedWindow, type Counted, recordedWindow, recordWindow } from "./records.ts";
import type { WindowPart } from "./render_window.ts";
import type { Pass } from "./pass.ts";
import { writing } from "./write_error.ts";

/** One of several machines: it renders every `of`-th window, from the `number`-th on. */
export interface Shard {
  /** From 1 to `of`. */
  readonly number: number;
  /** How many shards there are. */
  readonly of: number;
}

/** How windows, the months of the dataset's days, are rendered. */
export interface RenderOptions {
  /** Threads that write at the same time; as many as the machine has cores unless given. */
  readonly workers?: number;
  /** Only the windows of this shard; all of them unless given. */
  readonly shard?: Shard;
  /** How often a window that failed is tried again; 0 unless given. */
  readonly retries?: number;
  /** How long a window may take, in milliseconds; as long as it takes unless given. */
  readonly windowLimit?: number;
  /** Opens a worker that may write into a folder; with the least rights unless given. */
  readonly open?: (folder: string) => Renderer;
  /** Aborting it ends the run when the windows under way are written. */
  readonly signal?: AbortSignal;
  /** Is told, in words, of a window of an earlier run that is damaged and made anew. */
  readonly onDamage?: (damage: string) => void;
  /** Called a few times a second. */
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** Interval of progress reports in milliseconds. */
const PROGRESS_INTERVAL = 200;

/** How many event rows there are between two states of the row numbers. */
export function rowsBetween(from: DayNumbers, to: DayNumbers): number {
  const tables = Object.keys(DAY_TABLES) as DayTable[];
  return tables.reduce((sum, table) => sum + to[table] - from[table], 0);
}

/** Whether a window is a shard's to render. */
export function isOfShard(window: number, shard: Shard | undefined): boolean {
  return shard === undefined || window % shard.of === shard.number - 1;
}

/** The row numbers after a window. */
function numbersAfter({ snapshots, end }: Pass, window: number): DayNumbers {
  return (snapshots[window + 1] ?? end).numbers;
}

/** How many rows a window has of each table, as the pass over all days counted them. */
export function rowsOfWindow(pass: Pass, window: number): Counted {
  const [from, to] = [pass.snapshots[window]!.numbers, numbersAfter(pass, window)];
  const tables = Object.entries(DAY_TABLES) as [DayTable, string][];
  const rows = new Map(tables.map(([key, name]) => [name, to[key] - from[key]]));
  return (table) => rows.get(table)!;
}

/** The share of a dataset's rows that is a shard's to render: 1 where there are no shards. */
export function shareOf(pass: Pass, shard: Shard | undefined): number {
  let [own, all] = [0, 0];
  pass.snapshots.forEach(({ numbers }, window) => {
    const rows = rowsBetween(numbers, numbersAfter(pass, window));
    all += rows;
    if (isOfShard(window, shard)) own += rows;
  });
  return all === 0 ? 1 : own / all;
}

/**
 * The windows that earlier runs have completed, each read through and compared; undefined for the
 * others, and for those that are not the shard's and not there.
 */
function comparedWindows(
  folder: string,
  { identity, pass }: Prepared,
  { onProgress, onDamage, shard }: RenderOptions,
  run: Run,
): (readonly WindowPart[] | undefined)[] {
  const rowsOf = pass.windows.map((_, i) =>
    rowsBetween(pass.snapshots[i]!.numbers, numbersAfter(pass, i))
  );
  const bytesOf = pass.windows.map(({ name }, i) =>
    recordedWindow(folder, name, identity, rowsOfWindow(pass, i))
      ?.reduce((sum, { bytes }) => sum + bytes, 0)
  );
  run.phase = "compare";
  run.totalWindows = 0;
  pass.windows.forEach((_, i) => {
    run.toCompare += bytesOf[i] ?? 0;
    if (!isOfShard(i, shard)) return;
    run.totalWindows++;
    run.totalRows += rowsOf[i]!;
    if (bytesOf[i] === undefined) run.toWrite += rowsOf[i]!;
  });
  onProgress?.(progressOf(run));
  return pass.windows.map(({ name }, i) => {
    if (bytesOf[i] === undefined) return undefined;
    const parts = completedWindow(folder, name, identity, rowsOfWindow(pass, i), onDamage);
    run.compared += bytesOf[i];
    if (isOfShard(i, shard)) {
      if (parts === undefined) run.toWrite += rowsOf[i]!;
      else {
        run.rowsBefore += rowsOf[i]!;
        run.windowsBefore++;
      }
    }
    onProgress?.(progressOf(run));
    return parts;
  });
}

/**
 * Renders the windows that no earlier run has completed.
 *
 * @param run Is moved on; a new one unless given.
 * @return The parts of every window in order, undefined for those that are not there.
 */
export async function renderWindows(
  folder: string,
  prepared: Prepared,
  options: RenderOptions,
  run = newRun({ finishes: false, copies: false }),
): Promise<(readonly WindowPart[] | undefined)[]> {
  const { identity, world, pass } = prepared;
  const { onProgress, shard, workers = navigator.hardwareConcurrency } = options;
  const done = comparedWindows(folder, prepared, options, run);
  const jobs = pass.windows.flatMap((window, i): Job[] => {
    if (done[i] !== undefined || !isOfShard(i, shard)) return [];
    return [{
      kind: "job",
      window,
      snapshot: pass.snapshots[i]!,
      expected: numbersAfter(pass, i),
    }];
  });
  // No worker is left with a long window at the end.
  const rowsOf = ({ snapshot, expected }: Job) => rowsBetween(snapshot.numbers, expected);
  jobs.sort((a, b) => rowsOf(b) - rowsOf(a));
  const counters = new BigInt64Array(new SharedArrayBuffer(16));
  run.phase = "windows";
  const report = () => {
    run.rowsWritten = Number(Atomics.load(counters, 0));
    run.bytes = Number(Atomics.load(counters, 1));
    onProgress?.(progressOf(run));
  };
  report();
  const pool: PoolOptions = {
    folder,
    world,
    workers,
    counters,
    retries: options.retries ?? 0,
    onWindow(window, parts) {
      writing(folder, () => recordWindow(folder, window.name, identity, parts));
      done[pass.windows.indexOf(window)] = parts;
      run.windowsWritten++;
    },
    ...(options.windowLimit === undefined ? {} : { windowLimit: options.windowLimit }),
    ...(options.open === undefined ? {} : { open: options.open }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const timer = onProgress === undefined ? undefined : setInterval(report, PROGRESS_INTERVAL);
  try {
    await renderAll(jobs, pool);
    report();
  } finally {
    clearInterval(timer);
  }
  return done;
}
