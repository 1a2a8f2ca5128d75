/** How far a load is, for a person who waits, and how long its parts took. */
import type { PhaseWork } from "../phase_work.ts";

/** The parts of a load in their order; the deferred way makes and checks constraints
 * before it counts. */
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

/** One of several things of a kind that a load does after the copy: the 14th index of 73. */
export interface LoadStep {
  /** What it is: `index`. */
  readonly what: string;
  /** From 1 to `of`; those of an earlier run count. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
}

/** Where a load is. */
export interface LoadProgress {
  /** The part of the load. */
  readonly phase: Phase;
  /** The table that is worked at; absent where it is not one. */
  readonly table?: string;
  /** What is done to the table, in the parts after the copy. */
  readonly step?: LoadStep;
  /** Rows that have been copied; those of a file count when it is through. */
  readonly rows: number;
  /** Of these the rows that an earlier run of the same load had copied. */
  readonly rowsBefore: number;
  /** Rows that the load brings. */
  readonly totalRows: number;
  /** Bytes of CSV that have been copied. */
  readonly bytes: number;
  /** Bytes of CSV that the load brings. */
  readonly totalBytes: number;
  /** All work of the load, from the copy on. */
  readonly work: readonly PhaseWork<Phase>[];
}

/** Something that a load does as a whole, and what it is expected to take. */
export interface Chore {
  readonly phase: Phase;
  /** What it is, where it is one of several that are counted. */
  readonly what?: string;
  readonly table?: string;
  /** In milliseconds of {@linkcode PhaseWork}. */
  readonly cost: number;
}

/** The copy of a table. */
export interface CopyChore extends Chore {
  readonly table: string;
  /** Bytes of CSV that it brings. */
  readonly bytes: number;
}

/** Tells where a load is. */
export interface Reporter {
  /** An earlier run has done this. All that it has done is told before anything else. */
  before(chore: Chore): void;
  /** An earlier run has copied so much of a table. */
  copiedBefore(chore: CopyChore, bytes: number, rows: number): void;
  /** A part of the load begins. */
  enter(phase: Phase): void;
  /** So many bytes and rows of a table have been copied since the last call. */
  copied(chore: CopyChore, bytes: number, rows: number): void;
  /** Does a chore; what it throws is thrown. */
  during<Result>(chore: Chore, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Adds up what has been done, for the caller's `onProgress`.
 *
 * @param chores Everything that the load has to do, an earlier run's included.
 */
export function progressReporter(
  whole: { readonly rows: number; readonly bytes: number },
  chores: readonly Chore[],
  onProgress: ((progress: LoadProgress) => void) | undefined,
): Reporter {
  const totals = { totalRows: whole.rows, totalBytes: whole.bytes };
  const done = new Map<Phase, number>();
  const all = new Map<Phase, number>();
  const counts = new Map<string, { begun: number; of: number }>();
  for (const { phase, what, cost } of chores) {
    all.set(phase, (all.get(phase) ?? 0) + cost);
    if (what === undefined) continue;
    const { of } = counts.get(what) ?? { of: 0 };
    counts.set(what, { begun: 0, of: of + 1 });
  }
  let [bytes, rows, rowsBefore] = [0, 0, 0];
  let current: Phase = "schema";
  const add = (phase: Phase, cost: number) => done.set(phase, (done.get(phase) ?? 0) + cost);
  const begin = ({ what }: Chore): LoadStep | undefined => {
    const count = what === undefined ? undefined : counts.get(what);
    if (what === undefined || count === undefined) return undefined;
    return { what, number: ++count.begun, of: count.of };
  };
  const tell = (table?: string, step?: LoadStep) =>
    onProgress?.({
      phase: current,
      ...(table === undefined ? {} : { table }),
      ...(step === undefined ? {} : { step }),
      rows,
      rowsBefore,
      bytes,
      ...totals,
      work: [...all].map(([phase, all]) => ({ phase, done: done.get(phase) ?? 0, all })),
    });
  const copy = (chore: CopyChore, moreBytes: number, moreRows: number) => {
    bytes += moreBytes;
    rows += moreRows;
    if (chore.bytes > 0) add(chore.phase, chore.cost * moreBytes / chore.bytes);
  };
  return {
    before(chore) {
      begin(chore);
      add(chore.phase, chore.cost);
    },
    copiedBefore(chore, moreBytes, moreRows) {
      rowsBefore += moreRows;
      copy(chore, moreBytes, moreRows);
    },
    enter(phase) {
      const finished = all.get(current);
      if (finished !== undefined) done.set(current, finished);
      current = phase;
      tell();
    },
    copied(chore, moreBytes, moreRows) {
      copy(chore, moreBytes, moreRows);
      tell(chore.table);
    },
    async during(chore, work) {
      const step = begin(chore);
      tell(chore.table, step);
      const result = await work();
      add(chore.phase, chore.cost);
      tell(chore.table, step);
      return result;
    },
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
