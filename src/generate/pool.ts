/** A pool of workers that renders windows, each taking the next when it is free. */
import { ReddError } from "../errors.ts";
import { ownModule } from "../own_files.ts";
import { factsOf, type World } from "../farm/world.ts";
import type { Begin, Done, Failed, Job } from "./messages.ts";
import type { WindowPart } from "./render_window.ts";
import type { Window } from "../dataset/windows.ts";
import { writeError } from "./write_error.ts";

/** What the pool needs of a worker; a `Worker` is one. */
export interface Renderer {
  /** Hands a message of the pool's own to the worker. */
  postMessage(message: unknown): void;
  /** Is given what the worker answers. */
  onmessage: ((event: MessageEvent) => void) | null;
  /** Is given the error that has ended the worker. */
  onerror: ((event: ErrorEvent) => void) | null;
  /** Ends the worker at once. */
  terminate(): void;
}

/** What the pool needs to know. */
export interface PoolOptions {
  /** Absolute path of the dataset folder, the only place a worker may write to. */
  readonly folder: string;
  readonly world: World;
  readonly workers: number;
  /** Shared counters: rows and bytes written. */
  readonly counters: BigInt64Array;
  /** How often a window that failed is tried again. */
  readonly retries: number;
  /** How long a window may take, in milliseconds. */
  readonly windowLimit?: number;
  /** Opens a worker; one with the rights of the program unless given. */
  readonly open?: (folder: string) => Renderer;
  /** Called on the main thread when a window is written. */
  readonly onWindow: (window: Window, parts: readonly WindowPart[]) => void;
  /**
   * Aborting it ends the pool when the windows under way are written, or after
   * {@linkcode ABORT_PATIENCE}; what is half written then is no loss.
   */
  readonly signal?: AbortSignal;
}

/**
 * How long windows under way may take after an abort, in milliseconds. The command line ends a
 * process that has not ended itself soon after.
 */
export const ABORT_PATIENCE = 1200;

/** The first pause before a window is tried again, in milliseconds; it doubles with every try. */
const FIRST_PAUSE = 500;

/**
 * Renders all jobs.
 *
 * @throws {ReddError} environment, when a file cannot be written or a window takes too long;
 *   interrupted, when aborted.
 */
export async function renderAll(jobs: readonly Job[], options: PoolOptions): Promise<void> {
  const count = Math.min(options.workers, jobs.length);
  const workers = new Set<Renderer>();
  let next = 0;
  let failed = false;
  const lane = async () => {
    let worker = spawn(options, workers);
    for (let job = jobs[next++]; job !== undefined && !failed; job = jobs[next++]) {
      for (let tries = 0;; tries++) {
        try {
          options.onWindow(job.window, await render(worker, job, options));
          break;
        } catch (failure) {
          if (tries >= options.retries || options.signal?.aborted) {
            failed = true;
            throw failure;
          }
          worker.terminate();
          workers.delete(worker);
          await pause(FIRST_PAUSE * 2 ** tries, options.signal);
          if (options.signal?.aborted) throw interrupted(options.folder);
          worker = spawn(options, workers);
        }
      }
      if (options.signal?.aborted) throw interrupted(options.folder);
    }
  };
  try {
    // When one lane fails, the others write the windows they have begun: that work is not lost.
    const ends = await Promise.allSettled(Array.from({ length: count }, lane));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** What a worker is made of. */
export const RENDERER: URL = ownModule("src/generate/worker.ts");

/**
 * Opens a worker with the rights of the program: to give it fewer needs a flag of Deno's, which the
 * command line has and somebody's own program need not have.
 */
function openRenderer(): Worker {
  return new Worker(RENDERER, { type: "module" });
}

function spawn(options: PoolOptions, workers: Set<Renderer>): Renderer {
  const { folder, world, counters, open = openRenderer } = options;
  const worker = open(folder);
  const begin: Begin = { kind: "begin", folder, facts: factsOf(world), counters };
  worker.postMessage(begin);
  workers.add(worker);
  return worker;
}

/** Waits so many milliseconds, or until the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}

/** Has a worker render a window; rejects when it fails, takes too long, or is aborted and goes on. */
async function render(
  worker: Renderer,
  job: Job,
  { folder, windowLimit, signal }: PoolOptions,
): Promise<readonly WindowPart[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly WindowPart[]>();
  const timers: ReturnType<typeof setTimeout>[] = [];
  const rejectAfter = (milliseconds: number, error: () => Error) =>
    timers.push(setTimeout(() => reject(error()), milliseconds));
  const onAbort = () => rejectAfter(ABORT_PATIENCE, () => interrupted(folder));
  worker.onmessage = ({ data }: MessageEvent<Done | Failed>) =>
    data.kind === "done" ? resolve(data.parts) : reject(failure(folder, data));
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A worker stopped: ${event.message}`));
  };
  if (windowLimit !== undefined) {
    rejectAfter(windowLimit, () => tooSlow(folder, job.window, windowLimit));
  }
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort);
  worker.postMessage(job);
  try {
    return await promise;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function tooSlow(folder: string, window: Window, limit: number): ReddError {
  return new ReddError("environment", "WINDOW_TOO_SLOW", {
    cannot: `finish window ${window.name} of ${folder}`,
    because: `it took longer than ${limit / 1000} s`,
    remedy: "Give more time with --window-timeout, or let it be tried again with --retry",
  });
}

function interrupted(folder: string): ReddError {
  return new ReddError("interrupted", "INTERRUPTED", {
    cannot: `finish the dataset ${folder}`,
    because: "it was interrupted",
    remedy: "Run the same command again to go on",
  });
}

function failure(folder: string, failed: Failed): Error {
  return failed.osCode === undefined
    ? new Error(failed.message)
    : writeError(folder, failed.message, failed.osCode);
}
