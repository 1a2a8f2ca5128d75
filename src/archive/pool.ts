/** Workers that pack and unpack: the answers come in the order of the jobs, whoever is faster. */
import { ReddError } from "../errors.ts";
import { ownModule } from "../own_files.ts";
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
export const ARCHIVER: URL = ownModule("src/archive/worker.ts");

/** For fewer bytes than this no worker is opened: that takes as long as to do it at once. */
const FEW = 16_000_000;

/** From this level on packing takes about as many times longer: a signal would wait for seconds. */
const SLOW = { level: 10, times: 16 } as const;

/** So many jobs for each worker are begun before the first of them is taken: none waits for the next. */
const AHEAD = 3;

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
 * @returns the answers in the order of the jobs; not more than three for a worker wait to be taken.
 * @throws {ReddError} interrupted: the signal; environment, for a job that does not end.
 */
export async function* answersOf<Job extends ArchiveJob>(
  jobs: readonly Job[],
  bytes: number,
  cannot: string,
  options: CrewOptions,
): AsyncGenerator<readonly [Job, ArchiveAnswer], void> {
  const { open = openArchiver, signal } = options;
  const most = options.workers ?? (isQuick(jobs, bytes) ? 0 : navigator.hardwareConcurrency);
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
  const crew: Member[] = [];
  const begun: Promise<readonly [Job, ArchiveAnswer]>[] = [];
  try {
    for (let i = 0; i < workers; i++) crew.push(memberOf(open()));
    for (const job of jobs) {
      if (begun.length >= AHEAD * workers) yield await begun.shift()!;
      const free = crew.reduce((one, other) => other.begun.length < one.begun.length ? other : one);
      const one = answerTo(free, job, cannot, signal).then((answer) => [job, answer] as const);
      // What goes wrong is told when its turn comes.
      one.catch(() => {});
      begun.push(one);
    }
    for (const one of begun) yield await one;
  } finally {
    for (const { worker } of crew) worker.terminate();
  }
}

/** Is the work done before anybody would miss this thread, which hears signals between jobs alone? */
function isQuick(jobs: readonly ArchiveJob[], bytes: number): boolean {
  const slow = jobs.some((job) => job.kind === "pack" && job.level >= SLOW.level);
  return bytes * (slow ? SLOW.times : 1) < FEW;
}

/** A worker, and what it has been given to do and not answered yet, in this order. */
interface Member {
  readonly worker: Renderer;
  readonly begun: PromiseWithResolvers<ArchiveAnswer>[];
}

function memberOf(worker: Renderer): Member {
  const begun: PromiseWithResolvers<ArchiveAnswer>[] = [];
  worker.onmessage = ({ data }: MessageEvent<ArchiveAnswer>) => begun.shift()?.resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    const stopped = new Error(`A worker stopped: ${event.message}`);
    for (const { reject } of begun) reject(stopped);
  };
  return { worker, begun };
}

/** Has a worker do a job, behind those that it has. */
async function answerTo(
  { worker, begun }: Member,
  job: ArchiveJob,
  cannot: string,
  signal: AbortSignal | undefined,
): Promise<ArchiveAnswer> {
  requireUninterrupted(cannot, signal);
  const answer = Promise.withResolvers<ArchiveAnswer>();
  const stop = () => answer.reject(interrupted(cannot));
  const timer = setTimeout(() => answer.reject(tooSlow(cannot)), JOB_LIMIT);
  signal?.addEventListener("abort", stop);
  begun.push(answer);
  worker.postMessage(job);
  try {
    return await answer.promise;
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
    because: `a file took longer than ${JOB_LIMIT / 60_000} minutes`,
    remedy: "Look at the disk, or give a lower --level",
  });
}
