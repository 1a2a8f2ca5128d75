/** Holds the places of a batch against the farm: halls, containers, rings and their days. */
import { meantText } from "../closest.ts";
import type { Container, Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { type Finding, findingOf } from "./finding.ts";
import type { ScheduledBatch } from "./format.ts";
import { pathText } from "../fixtures/shown.ts";
import type { Life } from "./life.ts";
import { hallStayOf } from "./stays.ts";

/** When a stay may begin, and when it ends at the earliest and at the latest. */
interface Expected {
  readonly from: number;
  /** A stay may begin on this day at the latest. */
  readonly by: number;
  /** Fish that go on from it are there up to this day at the earliest. */
  readonly least: number;
  readonly to: number;
}

/** A stay of a batch, as the file has it and as it should be. */
interface Stay {
  readonly path: string;
  /** `containers` or `rings`. */
  readonly list: string;
  readonly names: readonly string[];
  readonly days: readonly [start: number, end: number];
  readonly expected: Expected;
  /** Name of the hall or the area. */
  readonly home: string;
  homeOf(container: Container): string | undefined;
}

/** The first rule about places that a batch breaks. */
export function checkPlaces(
  batch: ScheduledBatch,
  path: string,
  life: Life,
  profile: Profile,
  infrastructure: Infrastructure,
): Finding | undefined {
  const unknown = Object.keys(batch.freshwater).find((key) => !life.halls.includes(key));
  if (unknown !== undefined) {
    const meant = meantText(unknown, life.halls);
    const because = `unknown${meant}, expected one of ${life.halls.join(", ")}`;
    return findingOf(batch, `${path}.${pathText(["freshwater", unknown])}`, because);
  }
  for (const [s, stage] of life.halls.entries()) {
    const at = `${path}.freshwater.${stage}`;
    const stay = hallStayOf(batch, stage);
    if (stay === undefined) {
      const from = neededFrom(batch, s, life);
      if (batch.duration <= from) continue;
      return findingOf(batch, at, `missing, expected a hall from day ${from}`);
    }
    const finding = checkHall(batch, s, at, life, profile, infrastructure);
    if (finding !== undefined) return finding;
  }
  return checkStation(batch, path, life, infrastructure) ??
    checkSea(batch, path, life, infrastructure);
}

/** The day from which a batch must have places of a stage: where fish keep to any, those before end. */
function neededFrom(batch: ScheduledBatch, stage: number, { halls, stays, isFlexible }: Life) {
  const { from } = stays[stage]!;
  if (!isFlexible || stage === 0) return from;
  const before = hallStayOf(batch, halls[stage - 1]!);
  return before === undefined ? from : before.end_day;
}

function checkHall(
  batch: ScheduledBatch,
  stage: number,
  path: string,
  life: Life,
  profile: Profile,
  infrastructure: Infrastructure,
): Finding | undefined {
  const { hall, containers, start_day, end_day } = hallStayOf(batch, life.halls[stage]!)!;
  const finding = checkStay(batch, infrastructure, {
    path,
    list: "containers",
    names: containers,
    days: [start_day, end_day],
    expected: expectedDays(batch, stage, life),
    home: hall,
    homeOf: (container) => container.hallName,
  });
  if (finding !== undefined) return finding;
  const days = [start_day, end_day] as const;
  const needed = profile.creation.containers;
  if (containers.length !== needed) {
    const because = `${containers.length} containers, expected ${needed}`;
    return findingOf(batch, `${path}.containers`, because, days);
  }
  const { letter } = infrastructure.hallsByName.get(hall)!;
  const expected = profile.stages[stage]!.hall!;
  if (letter !== expected) {
    const because = `${hall}, expected a hall of letter ${expected}`;
    return findingOf(batch, `${path}.hall`, because, days);
  }
  return undefined;
}

function checkStation(
  batch: ScheduledBatch,
  path: string,
  { halls }: Life,
  { hallsByName }: Infrastructure,
): Finding | undefined {
  const { stationName } = hallsByName.get(hallStayOf(batch, halls[0]!)!.hall)!;
  if (batch.station === stationName) return undefined;
  const because = `${batch.station}, expected ${stationName}, the station of its first hall`;
  return findingOf(batch, `${path}.station`, because);
}

function checkSea(
  batch: ScheduledBatch,
  path: string,
  life: Life,
  infrastructure: Infrastructure,
): Finding | undefined {
  const at = `${path}.sea`;
  if (batch.sea === null) {
    const from = neededFrom(batch, life.halls.length, life);
    if (batch.duration <= from) return undefined;
    return findingOf(batch, at, `null, expected rings from day ${from}`);
  }
  const { area, rings, rings_count, start_day, end_day } = batch.sea;
  if (rings.length !== rings_count) {
    const because = `${rings_count}, expected ${rings.length}`;
    return findingOf(batch, `${at}.rings_count`, because, [start_day, end_day]);
  }
  return checkStay(batch, infrastructure, {
    path: at,
    list: "rings",
    names: rings,
    days: [start_day, end_day],
    expected: expectedDays(batch, life.halls.length, life),
    home: area,
    homeOf: (container) => container.areaName,
  });
}

/**
 * The days of a stay: those of the life; where fish keep to any, it begins after the stay before it
 * has begun, and before that ends, and goes on for so long that its fish can leave again.
 */
function expectedDays(batch: ScheduledBatch, stage: number, life: Life): Expected {
  const { from, to } = life.stays[stage]!;
  if (!life.isFlexible) return { from, by: from, least: 0, to };
  const before = stage === 0 ? undefined : hallStayOf(batch, life.halls[stage - 1]!);
  const least = (before?.end_day ?? 0) + life.least[stage]!;
  const last = life.reserved;
  return before === undefined
    ? { from: 0, by: 0, least, to: last }
    : { from: before.start_day + 1, by: before.end_day, least, to: last };
}

function checkStay(
  batch: ScheduledBatch,
  { containersByName, extraRingsByName }: Infrastructure,
  { path, list, names, days, expected, home, homeOf }: Stay,
): Finding | undefined {
  const at = `${path}.${list}`;
  const wrong = (path: string, because: string) => findingOf(batch, path, because, days);
  const [start, end] = days;
  const { from, by, least, to } = expected;
  const last = Math.min(to, Math.ceil(batch.effective_duration));
  if (start < from || start > by) {
    const days = from === by ? `${from}` : `${from} to ${by}, when its fish leave the hall before`;
    return wrong(`${path}.start_day`, `${start}, expected ${days}`);
  }
  if (end <= start || end > last) {
    const because = end > to || last === to ? "the end of the stage" : "the effective_duration";
    return wrong(`${path}.end_day`, `${end}, expected ${start + 1} to ${last}, ${because}`);
  }
  if (new Set(names).size !== names.length) {
    return wrong(at, `${names.join(", ")}, expected every container once`);
  }
  if (end < least && end < batch.duration) {
    const because = "so that the last fish to come can leave again";
    return wrong(`${path}.end_day`, `${end}, expected at least ${least}, ${because}`);
  }
  for (const name of names) {
    const container = containersByName.get(name) ?? extraRingsByName.get(name);
    if (container === undefined || !container.usable) {
      return wrong(at, `${name}, which is no container that holds batches`);
    }
    if (container.geography !== batch.geography) {
      return wrong(at, `${name}, which is not in ${batch.geography}`);
    }
    if (homeOf(container) === home) continue;
    const farm = [...containersByName.values(), ...extraRingsByName.values()];
    if (farm.some((one) => homeOf(one) === home)) {
      return wrong(at, `${name}, which is not in ${home}`);
    }
    const kind = list === "rings" ? "area" : "hall";
    const homes = [...new Set(farm.flatMap((one) => homeOf(one) ?? []))];
    return wrong(
      `${path}.${kind}`,
      `${home}${meantText(home, homes)}, which is no ${kind} of this farm`,
    );
  }
  return undefined;
}
