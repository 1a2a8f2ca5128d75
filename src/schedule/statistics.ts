/** Figures of a schedule (schedule.md#8 and schedule.md#9). */
import { isoOf, parseIso } from "../farm/days.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { asOfOf, type Schedule } from "./format.ts";
import { type Life, lifeIn } from "./life.ts";
import { startOf, staysOf } from "./stays.ts";
import { scheduleText } from "./text.ts";

/** How many of something there are in each geography, by its name, in the order of a plan. */
export type PerGeography = Readonly<Record<string, number>>;

/** Some of all. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

export interface Statistics {
  readonly asOf: string;
  readonly firstStart: string;
  readonly lastStart: string;
  readonly staggerDays: number;
  readonly batches: number;
  readonly perGeography: PerGeography;
  /** Batches that are harvested before the as-of date. */
  readonly completed: number;
  /** Batches that live on the last simulated day, by the name of their stage. */
  readonly activeByStage: Readonly<Record<string, number>>;
  readonly active: number;
  readonly sea: {
    /** Stays in 20 rings, and in 10. */
    readonly ofTwenty: number;
    readonly ofTen: number;
    readonly averageRings: number;
    /** Rings times stays. */
    readonly ringPeriods: number;
    /** Most rings that are reserved on one day. */
    readonly mostAtOnce: PerGeography;
    /** Rings that there are. */
    readonly rings: PerGeography;
  };
  /** Containers that some batch has at some time, of all that can hold batches. */
  readonly everAllocated: Share;
  /** Containers with fish on the last simulated day. */
  readonly occupied: Share;
  /** Size of the schedule file. */
  readonly bytes: number;
}

/** Most rings of a geography that are reserved on one day. */
function mostAtOnce(schedule: Schedule, geography: string): number {
  const changes = schedule.batches.flatMap((batch) => {
    if (batch.sea === null || batch.geography !== geography) return [];
    const { rings_count, start_day, end_day } = batch.sea;
    const start = startOf(batch);
    return [
      { day: start + start_day, rings: rings_count },
      { day: start + end_day, rings: -rings_count },
    ];
  });
  // What leaves on a day makes room for what comes.
  changes.sort((a, b) => a.day - b.day || a.rings - b.rings);
  let taken = 0;
  let most = 0;
  for (const { rings } of changes) most = Math.max(most, taken += rings);
  return most;
}

/**
 * The stays that have fish on the evening before the as-of date, one per active batch: where two
 * overlap, the later one from the middle of the days that both have.
 */
function staysOnTheLastDay(schedule: Schedule, life: Life) {
  const asOf = parseIso(asOfOf(schedule))!;
  return schedule.batches.flatMap((batch) => {
    const index = asOf - 1 - startOf(batch);
    return staysOf(batch, life).filter(({ from, end }, i, stays) => {
      const [before, after] = [stays[i - 1], stays[i + 1]];
      const isIn = before === undefined || 2 * index >= from + Math.max(before.end, from);
      const isOut = after !== undefined && 2 * index >= after.from + Math.max(end, after.from);
      return from <= index && index < end && isIn && !isOut;
    });
  });
}

/** The figures of a schedule in order. */
export function statisticsOf(
  schedule: Schedule,
  profile: Profile,
  infrastructure: Infrastructure,
): Statistics {
  const { batches, metadata } = schedule;
  const perGeography = (countOf: (geography: string) => number): PerGeography =>
    Object.fromEntries(infrastructure.homes.map(({ name }) => [name, countOf(name)]));
  const life = lifeIn(schedule, profile);
  const usable = infrastructure.containers.filter((one) => one.usable);
  const stays = batches.flatMap((batch) => batch.sea === null ? [] : [batch.sea.rings_count]);
  const ringPeriods = stays.reduce((sum, rings) => sum + rings, 0);
  const allocated = new Set(
    batches.flatMap((batch) => staysOf(batch, life).flatMap((stay) => stay.containers)),
  );
  const lastDay = staysOnTheLastDay(schedule, life);
  const starts = batches.map(startOf);
  return {
    asOf: asOfOf(schedule),
    firstStart: isoOf(Math.min(...starts)),
    lastStart: isoOf(Math.max(...starts)),
    staggerDays: metadata.stagger_days,
    batches: batches.length,
    perGeography: perGeography((name) => batches.filter((one) => one.geography === name).length),
    completed: batches.length - lastDay.length,
    activeByStage: Object.fromEntries(
      profile.stages.map(({ name }, i) => [name, lastDay.filter((s) => s.stage === i).length]),
    ),
    active: lastDay.length,
    sea: {
      ofTwenty: stays.filter((rings) => rings === 20).length,
      ofTen: stays.filter((rings) => rings === 10).length,
      averageRings: stays.length === 0 ? 0 : ringPeriods / stays.length,
      ringPeriods,
      mostAtOnce: perGeography((name) => mostAtOnce(schedule, name)),
      rings: perGeography((name) =>
        usable.filter((one) => one.geography === name && one.areaName !== undefined).length
      ),
    },
    everAllocated: { count: allocated.size, of: usable.length },
    occupied: {
      count: lastDay.reduce((sum, { containers }) => sum + containers.length, 0),
      of: usable.length,
    },
    bytes: new TextEncoder().encode(scheduleText(schedule)).length,
  };
}
