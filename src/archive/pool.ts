/** Workers that pack and unpack: the answers come in the order of the jobs, whoever is faster. */
import { ReddError } from "../errors.ts";
import type { Renderer } from "../generate/pool.ts";
import type { ArchiveAnswer, ArchiveJob } from "./work.ts";

/** How many jobs are done, and by whom. */
export interface CrewOptions {
  /** Workers side by side; with 0 this thread does it all. By size and processors if absent. */
  readonly workers?: number;
  /** Opens a worker; one with the rights of the program unless given. */
  readonly open?: () => Renderer;
  /** Ends the work. */
  readonly signal?: AbortSignal | undefined;
}

/** What workers are made of. */
export const ARCHIVER = new URL("./worker.ts", import.meta.url);

/** For fewer bytes than this no worker is opened: that takes as long as to do it at once. */
const FEW = 16_000_000;

/** A job that takes longer than this, in milliseconds, is given up: ten minutes. */
const JOB_LIMIT = 600_000;

function openArchiver(): Worker {
  return new Worker(ARCHIVER, { type: "module" });
}

/**
 * Has jobs done.
 *
 * @param bytes How much they read, all in all.
 * @param cannot What they are done for, as in `Cannot <cannot>`.
 * @returns the answers in the order of the jobs; not more than two for a worker wait to be taken.
 * @throws {ReddError} interrupted: the signal; environment, for a job that does not end.
 */
export async function* answersOf<Job extends ArchiveJob>(
  jobs: readonly Job[],
  bytes: number,
  cannot: string,
  options: CrewOptions,
): AsyncGenerator<readonly [Job, ArchiveAnswer], void> {
  const { open = openArchiver, signal } = options;
  const most = options.workers ?? (bytes < FEW ? 0 : navigator.hardwareConcurrency);
  const workers = Math.min(most, jobs.length);
  if (workers === 0) {
    const { doneJob } = await import("./work.ts");
    for (const job of jobs) {
      // Signals are heard between two jobs.
      await new Promise((resolve) => setTimeout(resolve));
      requireUninterrupted(cannot, signal);
      yield [job, doneJob(job)];
    }
    return;
  }
  const all: Renderer[] = [];
  const idle: Renderer[] = [];
  const waiting: ((worker: Renderer) => void)[] = [];
  const begun: Promise<readonly [Job, ArchiveAnswer]>[] = [];
  const run = async (job: Job) => {
    const worker = idle.pop() ??
      await new Promise<Renderer>((resolve) => waiting.push(resolve));
    const answer = await answerTo(worker, job, cannot, signal);
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
    return [job, answer] as const;
  };
  try {
    for (let i = 0; i < workers; i++) {
      const worker = open();
      all.push(worker);
      idle.push(worker);
    }
    for (const job of jobs) {
      const one = run(job);
      // It is told when its turn comes.
      one.catch(() => {});
      begun.push(one);
      if (begun.length >= 2 * workers) yield await begun.shift()!;
    }
    for (const one of begun) yield await one;
  } finally {
    for (const worker of all) worker.terminate();
  }
}

/** Has a worker do a job. */
async function answerTo(
  worker: Renderer,
  job: ArchiveJob,
  cannot: string,
  signal: AbortSignal | undefined,
): Promise<ArchiveAnswer> {
  requireUninterrupted(cannot, signal);
  const { promise, resolve, reject } = Promise.withResolvers<ArchiveAnswer>();
  const stop = () => reject(interrupted(cannot));
  worker.onmessage = ({ data }: MessageEvent<ArchiveAnswer>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A worker stopped: ${event.message}`));
  };
  const timer = setTimeout(() => reject(tooSlow(cannot)), JOB_LIMIT);
  signal?.addEventListener("abort", stop);
  worker.postMessage(job);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** @throws {ReddError} interrupted, when the signal was aborted. */
export function requireUninterrupted(cannot: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted(cannot);
}

function interrupted(cannot: string): ReddError {
  return new ReddError("interrupted", "INTERRUPTED", {
    cannot,
    because: "it was interrupted",
    remedy: "Nothing of it is left; run the same command again",
  });
}

function tooSlow(cannot: string): ReddError {
  return new ReddError("environment", "ARCHIVER_TOO_SLOW", {
    cannot,
    because: `one file took longer than ${JOB_LIMIT / 60_000} minutes`,
    remedy: "Look at the disk, or give a lower --level",
  });
}
