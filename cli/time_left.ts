/**
 * How long a run will still take, learned from how it has gone so far. Work is told in milliseconds
 * of another machine (`src/phase_work.ts`), so that phases compare; what this machine makes of them
 * is seen from the whole run, and for each phase more and more from the phase itself.
 */

import type { PhaseWork } from "../src/phase_work.ts";

/** What was told of a phase at a moment. The first of a phase says what was done before. */
export interface WorkEvent extends PhaseWork {
  /** When, from the beginning of the run, in milliseconds; no event comes before the last. */
  readonly ms: number;
}

/** A phase as far as it is known. */
interface Pace {
  /** What was done before the run. */
  readonly before: number;
  readonly done: number;
  readonly all: number;
  /** How long the run has been at it, in milliseconds, up to the last event. */
  readonly spent: number;
  /** Time and work of late: what lies back counts less and less. */
  readonly late: { readonly time: number; readonly work: number };
}

/** A run as far as it is known; the phase that was told last is the one it is at. */
export interface Course {
  readonly paces: ReadonlyMap<string, Pace>;
  readonly at?: { readonly phase: string; readonly ms: number };
}

/** A run of which nothing is known. */
export const UNKNOWN_COURSE: Course = { paces: new Map() };

/** So much work of this machine counts as done at the pace of the other one. */
const SUPPOSED = 500;

/** Such a share of a phase counts as done at the pace of the run. */
const SUPPOSED_SHARE = 0.04;

/**
 * The events that all phases of a run give at a moment, but for those that say nothing new; last the
 * one of the phase that the run is at.
 */
export function eventsOf(
  { paces }: Course,
  work: readonly PhaseWork[],
  phase: string,
  ms: number,
): readonly WorkEvent[] {
  const news = work.filter((one) => {
    const pace = paces.get(one.phase);
    return one.phase !== phase && (pace?.done !== one.done || pace.all !== one.all);
  });
  // A phase without work takes its time as well, which is no other's.
  const current = work.find((one) => one.phase === phase) ?? { phase, done: 0, all: 0 };
  return [...news, current].map((one) => ({ ...one, ms }));
}

/** After such a share of a phase what was seen before counts half. */
const HALVED_AFTER = 0.15;

/** A run after an event. */
export function withEvent(course: Course, { phase, done, all, ms }: WorkEvent): Course {
  const { at } = course;
  const known = course.paces.get(phase);
  // That it goes on is no news of how fast it goes.
  if (at?.phase === phase && known?.done === done && known.all === all) return course;
  const paces = new Map(course.paces);
  const time = ms - (at?.ms ?? ms);
  const left = at === undefined || at.phase === phase ? undefined : paces.get(at.phase);
  if (left !== undefined) paces.set(at!.phase, passed(left, time, left.done));
  const pace = known ?? { before: done, done, all, spent: 0, late: { time: 0, work: 0 } };
  paces.set(phase, { ...passed(pace, at?.phase === phase ? time : 0, done), all });
  return { paces, at: { phase, ms } };
}

/** A phase after some time in which it came to be done so far. */
function passed(pace: Pace, time: number, done: number): Pace {
  const { before, all, spent, late } = pace;
  const work = Math.max(0, done - pace.done);
  const fading = 0.5 ** (work / Math.max(HALVED_AFTER * (all - before), Number.MIN_VALUE));
  return {
    before: Math.min(before, done),
    done,
    all,
    spent: spent + time,
    late: { time: late.time * fading + time, work: late.work * fading + work },
  };
}

/**
 * The milliseconds that are left; undefined where no work is known.
 *
 * @param now As the events count it. Since the last one the phase is taken to have gone on at its
 *   pace; where it should have ended, it is slower than it seemed.
 */
export function timeLeft(course: Course, now: number): number | undefined {
  const { at } = course;
  if (at === undefined) return undefined;
  const paces = [...course.paces].filter(([, { all }]) => all > 0);
  if (paces.length === 0) return undefined;
  const sum = (of: (pace: Pace) => number) => paces.reduce((all, [, pace]) => all + of(pace), 0);
  const run = (sum(({ spent }) => spent) + SUPPOSED) /
    (sum(({ done, before }) => done - before) + SUPPOSED);
  return paces.reduce((left, [phase, pace]) => {
    const { before, done, all, late } = pace;
    const supposed = SUPPOSED_SHARE * Math.max(0, all - before) + Number.EPSILON;
    const slowness = (time: number, work: number) => (time + supposed * run) / (work + supposed);
    const here = slowness(late.time, late.work);
    const rest = Math.max(0, all - done);
    if (phase !== at.phase) return left + here * rest;
    const since = Math.max(0, now - at.ms);
    const gone = supposedlyDone(since / here, rest);
    return left + slowness(late.time + since, late.work + gone) * (rest - gone);
  }, 0);
}

/**
 * How much of a rest is done after so much time at the usual pace: all of it in time at first, and
 * less and less as the end comes near, which nobody has seen yet.
 */
function supposedlyDone(work: number, rest: number): number {
  if (work <= 0.8 * rest || rest === 0) return Math.min(work, rest);
  return rest * (1 - 0.04 / (work / rest - 0.6));
}

/** The share of all work that is done, from 0 to 1; what was done before counts. */
export function shareDone({ paces }: Course): number {
  let [done, all] = [0, 0];
  for (const pace of paces.values()) {
    done += pace.done;
    all += pace.all;
  }
  return all === 0 ? 0 : done / all;
}
