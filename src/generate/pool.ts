/** A pool of workers that renders windows in order, each taking the next when it is free. */
import { ReddError } from "../errors.ts";
import type { World } from "../farm/world.ts";
import type { Done, Failed, Job } from "./messages.ts";
import type { WindowPart } from "./render_window.ts";
import type { Window } from "./windows.ts";
import { writeError } from "./write_error.ts";

/** What the pool needs to know. */
export interface PoolOptions {
  /** Absolute path of the dataset folder, the only place a worker may write to. */
  readonly folder: string;
  readonly world: World;
  readonly workers: number;
  /** Shared counter of written rows. */
  readonly rows: Int32Array;
  /** Called on the main thread when a window is written. */
  readonly onWindow: (window: Window, parts: readonly WindowPart[]) => void;
  readonly signal?: AbortSignal;
}

/**
 * Renders all jobs.
 *
 * @throws {ReddError} environment, when a file cannot be written; interrupted, when aborted.
 */
export async function renderAll(jobs: readonly Job[], options: PoolOptions): Promise<void> {
  const count = Math.min(options.workers, jobs.length);
  let next = 0;
  const workers: Worker[] = [];
  const lanes = Array.from({ length: count }, async () => {
    const worker = spawn(options);
    workers.push(worker);
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const parts = await render(worker, job, options);
      options.onWindow(job.window, parts);
    }
  });
  try {
    await Promise.all(lanes);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

function spawn({ folder, world, rows }: PoolOptions): Worker {
  const permissions: Deno.PermissionOptions = {
    write: [folder],
    read: false,
    net: false,
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  worker.postMessage({ kind: "begin", folder, world, rows });
  return worker;
}

function render(worker: Worker, job: Job, options: PoolOptions): Promise<readonly WindowPart[]> {
  const { folder, signal } = options;
  return new Promise((resolve, reject) => {
    const interrupt = () => reject(interrupted(folder));
    const settle = (end: () => void) => {
      signal?.removeEventListener("abort", interrupt);
      end();
    };
    if (signal?.aborted) return interrupt();
    signal?.addEventListener("abort", interrupt, { once: true });
    worker.onmessage = ({ data }: MessageEvent<Done | Failed>) =>
      settle(() => data.kind === "done" ? resolve(data.parts) : reject(failure(folder, data)));
    worker.onerror = (event) => {
      event.preventDefault();
      settle(() => reject(new Error(`A worker stopped: ${event.message}`)));
    };
    worker.postMessage(job);
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
