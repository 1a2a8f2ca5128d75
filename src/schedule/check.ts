/** Holds a schedule against the farm and against itself (schedule.md section 8). */
import { parseIso } from "../farm/days.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import {
  asOfOf,
  FRESHWATER_STAGES,
  LONGEST_LIFE,
  type Schedule,
  type ScheduledBatch,
} from "./format.ts";
import { stageStarts } from "./single.ts";

/** A rule that a schedule breaks: where, and what was found and expected there. */
export interface Finding {
  /** `batches[3].eggs`. */
  readonly path: string;
  readonly because: string;
}

/** The stay of a batch in one container: days from, up to and not including, to. */
interface Stay {
  readonly batch: string;
  readonly container: string;
  readonly from: number;
  readonly to: number;
}

/** The first rule that the schedule breaks, or undefined where it breaks none. */
export function checkSchedule(
  schedule: Schedule,
  profile: Profile,
  infrastructure: Infrastructure,
): Finding | undefined {
  const numbers = new Map<string, number>();
  const asOf = parseIso(asOfOf(schedule))!;
  const { total_batches } = schedule.metadata;
  if (total_batches !== schedule.batches.length) {
    const because = `${total_batches}, expected ${schedule.batches.length}, the number of batches`;
    return { path: "metadata.total_batches", because };
  }
  for (const [i, batch] of schedule.batches.entries()) {
    const path = `batches[${i}]`;
    const twin = numbers.get(batch.batch_id);
    if (twin !== undefined) {
      return { path: `${path}.batch_id`, because: `${batch.batch_id}, as batches[${twin}] has it` };
    }
    numbers.set(batch.batch_id, i);
    const before = schedule.batches[i - 1]?.start_date;
    if (before !== undefined && before > batch.start_date) {
      const because = `${batch.start_date}, expected a day not before ${before}`;
      return { path: `${path}.start_date`, because };
    }
    const finding = checkDates(batch, path, asOf) ??
      checkPlaces(batch, path, profile, infrastructure);
    if (finding !== undefined) return finding;
  }
  return checkConflicts(schedule, profile);
}

function checkDates(batch: ScheduledBatch, path: string, asOf: number): Finding | undefined {
  const age = asOf - parseIso(batch.start_date)!;
  if (age < 1) {
    const because = `${batch.start_date}, expected a day before the as-of date`;
    return { path: `${path}.start_date`, because };
  }
  const expected = Math.min(LONGEST_LIFE, age);
  if (batch.duration !== expected) {
    const because = `${batch.duration}, expected ${expected} = min(${LONGEST_LIFE}, days to as_of)`;
    return { path: `${path}.duration`, because };
  }
  return undefined;
}

function checkPlaces(
  batch: ScheduledBatch,
  path: string,
  profile: Profile,
  { containersByName }: Infrastructure,
): Finding | undefined {
  const starts = stageStarts(profile);
  const checkStay = (
    at: string,
    names: readonly string[],
    startDay: number,
    expectedStart: number,
    where: (name: string) => string | undefined,
    home: string,
  ): Finding | undefined => {
    if (startDay !== expectedStart) {
      return { path: `${at}.start_day`, because: `${startDay}, expected ${expectedStart}` };
    }
    if (new Set(names).size !== names.length) {
      return { path: at, because: `${names.join(", ")}, expected every container once` };
    }
    for (const name of names) {
      const container = containersByName.get(name);
      if (container === undefined || !container.usable) {
        return { path: at, because: `${name}, which is no container that holds batches` };
      }
      if (container.geography !== batch.geography) {
        return { path: at, because: `${name}, which is not in ${batch.geography}` };
      }
      if (where(name) !== home) return { path: at, because: `${name}, which is not in ${home}` };
    }
    return undefined;
  };
  for (const [s, stage] of FRESHWATER_STAGES.entries()) {
    const at = `${path}.freshwater.${stage}`;
    const stay = batch.freshwater[stage];
    if (stay === undefined) {
      if (batch.duration <= starts[s]!) continue;
      return { path: at, because: `missing, expected a hall from day ${starts[s]}` };
    }
    const hallOf = (name: string) => containersByName.get(name)?.hallName;
    const finding = checkStay(
      `${at}.containers`,
      stay.containers,
      stay.start_day,
      starts[s]!,
      hallOf,
      stay.hall,
    );
    if (finding !== undefined) return finding;
    if (stay.containers.length !== profile.creation.containers) {
      const because =
        `${stay.containers.length} containers, expected ${profile.creation.containers}`;
      return { path: `${at}.containers`, because };
    }
    const letter = containersByName.get(stay.containers[0]!)?.hallLetter;
    if (letter !== profile.stages[s]!.hall) {
      const because = `${stay.hall}, expected a hall of letter ${profile.stages[s]!.hall}`;
      return { path: `${at}.hall`, because };
    }
  }
  const seaStart = starts[FRESHWATER_STAGES.length]!;
  if (batch.sea === null) {
    return batch.duration <= seaStart
      ? undefined
      : { path: `${path}.sea`, because: `null, expected rings from day ${seaStart}` };
  }
  const { area, rings, rings_count, start_day } = batch.sea;
  if (rings.length !== rings_count) {
    return { path: `${path}.sea.rings_count`, because: `${rings_count}, expected ${rings.length}` };
  }
  const areaOf = (name: string) => containersByName.get(name)?.areaName;
  return checkStay(`${path}.sea.rings`, rings, start_day, seaStart, areaOf, area);
}

/** Two stays in one container must not overlap. */
function checkConflicts(schedule: Schedule, profile: Profile): Finding | undefined {
  const starts = stageStarts(profile);
  const stays = schedule.batches.flatMap((batch) => staysOf(batch, starts));
  stays.sort((a, b) =>
    a.container < b.container ? -1 : a.container > b.container ? 1 : a.from - b.from
  );
  for (let i = 1; i < stays.length; i++) {
    const one = stays[i - 1]!;
    const other = stays[i]!;
    if (one.container === other.container && other.from < one.to) {
      const index = schedule.batches.findIndex((batch) => batch.batch_id === other.batch);
      const because = `in ${other.container} while ${one.batch} is still there`;
      return { path: `batches[${index}]`, because };
    }
  }
  return undefined;
}

/** The stays of a batch. Its fish stay in a hall to the end of the stage, whatever is reserved. */
function staysOf(batch: ScheduledBatch, starts: readonly number[]): Stay[] {
  const start = parseIso(batch.start_date)!;
  const halls = FRESHWATER_STAGES.flatMap((stage, s) => {
    const stay = batch.freshwater[stage];
    if (stay === undefined) return [];
    const end_day = Math.max(stay.end_day, Math.min(batch.duration, starts[s + 1]!));
    return [{ ...stay, end_day, names: stay.containers }];
  });
  const sea = batch.sea === null ? [] : [{ ...batch.sea, names: batch.sea.rings }];
  return [...halls, ...sea].flatMap(({ names, start_day, end_day }) =>
    names.map((container) => ({
      batch: batch.batch_id,
      container,
      from: start + start_day,
      to: start + end_day,
    }))
  );
}
