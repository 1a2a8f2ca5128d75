/** The line of progress of a load. */
import type { LoadProgress } from "../src/load/progress.ts";
import { grouped } from "./numbers.ts";
import { leftTexts, listed, percent, silenceTexts, waited } from "./progress_line.ts";
import {
  type Course,
  eventsOf,
  shareDone,
  timeLeft,
  UNKNOWN_COURSE,
  withEvent,
} from "./time_left.ts";

/** A load as far as it was told. Times are milliseconds from its beginning. */
export interface LoadCourse {
  readonly course: Course;
  readonly progress?: LoadProgress;
  /** When the last was told. */
  readonly told: number;
  /** When the copy began. */
  readonly copying?: number;
  /** When each step began. */
  readonly began: ReadonlyMap<string, number>;
}

/** A load of which nothing was told yet. */
export const LOAD_BEGINS: LoadCourse = { course: UNKNOWN_COURSE, told: 0, began: new Map() };

function keyOf({ step }: LoadProgress): string | undefined {
  return step && `${step.what} ${step.number}`;
}

/** A load after it has told where it is. */
export function withLoadProgress(load: LoadCourse, progress: LoadProgress, ms: number): LoadCourse {
  const course = eventsOf(load.course, progress.work, progress.phase, ms)
    .reduce(withEvent, load.course);
  const key = keyOf(progress);
  const isNew = key !== undefined && !load.began.has(key);
  const copying = load.copying ?? (progress.phase === "copy" ? ms : undefined);
  return {
    course,
    progress,
    told: ms,
    ...(copying === undefined ? {} : { copying }),
    began: isNew ? new Map([...load.began, [key, ms]]) : load.began,
  };
}

/** The number of the last step of a kind that has begun: connections side by side tell of others too. */
function highest({ began }: LoadCourse, what: string): number {
  const numbers = [...began.keys()].filter((key) => key.startsWith(`${what} `))
    .map((key) => Number(key.slice(what.length + 1)));
  return Math.max(...numbers);
}

/** How far, how long to go, what, and how fast, in so many columns. */
export function loadLine(load: LoadCourse, ms: number, columns: number): string {
  const { course, progress, told } = load;
  const silence = silenceTexts(ms - told);
  if (progress === undefined) return listed(["looking at the database", ...silence], columns);
  const far = [percent(shareDone(course)), ...leftTexts(timeLeft(course, ms))];
  const still = [...far, ...silence];
  const { phase, step, table } = progress;
  if (step !== undefined) {
    const took = waited(ms - (load.began.get(keyOf(progress)!) ?? told));
    const what = `${step.what} ${highest(load, step.what)} of ${step.of}`;
    return listed([...far, what, ...(table === undefined ? [] : [table]), took], columns);
  }
  if (phase !== "copy") return listed([...still, phase], columns);
  return listed([...still, ...copyTexts(load, progress, ms)], columns);
}

function copyTexts(
  { copying = 0 }: LoadCourse,
  { table, rows, rowsBefore, totalRows }: LoadProgress,
  ms: number,
): readonly string[] {
  const rate = (rows - rowsBefore) / Math.max(1, ms - copying) * 1000;
  return [
    "copy",
    `${grouped(rows)} of ${grouped(totalRows)} rows`,
    ...(rate === 0 ? [] : [`${grouped(rate)} rows/s`]),
    ...(rowsBefore === 0 ? [] : [`${grouped(rowsBefore)} were there`]),
    ...(table === undefined ? [] : [table]),
  ];
}
