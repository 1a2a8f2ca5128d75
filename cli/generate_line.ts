/** The line of progress of a run that writes a dataset, or merges one. */
import type { GenerateProgress } from "../src/generate/progress.ts";
import { amountOf, grouped, sized } from "./numbers.ts";
import { leftTexts, listed, percent, silenceTexts } from "./progress_line.ts";
import { type Course, eventsOf, timeLeft, UNKNOWN_COURSE, withEvent } from "./time_left.ts";

/** A run as far as it was told. Times are milliseconds from its beginning. */
export interface RunCourse {
  readonly course: Course;
  readonly progress?: GenerateProgress;
  /** When the last was told that was news. */
  readonly told: number;
  /** When the first window was begun. */
  readonly writing?: number;
}

/** A run of which nothing was told yet. */
export const RUN_BEGINS: RunCourse = { course: UNKNOWN_COURSE, told: 0 };

/** A run after it has told where it is. */
export function withRunProgress(run: RunCourse, progress: GenerateProgress, ms: number): RunCourse {
  const course = eventsOf(run.course, progress.work, progress.phase, ms)
    .reduce(withEvent, run.course);
  // The same again and again, while nothing is done, is no news: only the time goes on.
  const before = run.progress;
  const isNews = before?.phase !== progress.phase || before.planned !== progress.planned ||
    before.rows !== progress.rows ||
    progress.work.some(({ done }, i) => done !== before.work[i]?.done);
  const writing = run.writing ?? (progress.phase === "windows" ? ms : undefined);
  return {
    course,
    progress,
    told: isNews ? ms : run.told,
    ...(writing === undefined ? {} : { writing }),
  };
}

/** How far, how long to go, how much, and how fast, in so many columns. */
export function generateLine(run: RunCourse, ms: number, columns: number): string {
  const { course, progress, told, writing = 0 } = run;
  const silence = silenceTexts(ms - told);
  if (progress === undefined) return listed(["planning", ...silence], columns);
  const {
    phase,
    planned,
    rows,
    rowsBefore,
    totalRows,
    bytes,
    windows,
    windowsBefore,
    totalWindows,
  } = progress;
  if (phase === "plan") {
    const months = `planning, month ${grouped(planned)} of ${grouped(totalWindows)}`;
    return listed([months, ...silence], columns);
  }
  const far = [
    percent(totalRows === 0 ? 0 : rows / totalRows),
    ...leftTexts(timeLeft(course, ms)),
    ...silence,
  ];
  if (phase === "finish") return listed([...far, "finishing"], columns);
  const there = `${grouped(windows)} of ${amountOf(totalWindows, "window")}`;
  if (phase === "compare") {
    return listed([...far, `reading, ${there} ${windows === 1 ? "is" : "are"} there`], columns);
  }
  const perSecond = 1000 / Math.max(1, ms - writing);
  return listed([
    ...far,
    there,
    ...(windowsBefore === 0 ? [] : [`${grouped(windowsBefore)} were there`]),
    `${grouped(rows)} rows`,
    `${grouped((rows - rowsBefore) * perSecond)} rows/s`,
    `${sized(bytes * perSecond)}/s`,
  ], columns);
}

/** What is said of windows that earlier runs have written, once all of them have been read. */
export function foundText(out: string, { windowsBefore, totalWindows }: GenerateProgress): string {
  const were = windowsBefore === 1 ? "was" : "were";
  return `${out}: ${grouped(windowsBefore)} of ${amountOf(totalWindows, "window")} ${were} there.`;
}
