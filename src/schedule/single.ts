/** The schedule of one batch that stands alone (domain.md#12, rulings.md#1 and rulings.md#21). */
import { didYouMean } from "../closest.ts";
import { keyOf, unit, valueAt } from "../chance/addressed.ts";
import { ReddError } from "../errors.ts";
import { isoOf } from "../farm/days.ts";
import type { Area, Container, Home, Infrastructure, Station } from "../farm/ground/places.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Profile } from "../fixtures/profile.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { quoted } from "../quoted.ts";
import { requireFit } from "./fits_farm.ts";
import { type HallStay, LONGEST_LIFE, type Schedule } from "./format.ts";
import { lifeOf } from "./life.ts";
import { pausesText, usualPauses } from "./pauses.ts";
import { planGround } from "./plan_ground.ts";
import { quietEnd } from "./quiet.ts";

/** A batch that stands alone. */
export interface SingleBatch {
  /** The day on which its eggs arrive, as days since 1970-01-01 ({@linkcode parseIso}). */
  readonly startDay: number;
  /** How many eggs arrive; a schedule file has 100,000 to 5,000,000. */
  readonly eggs: number;
  /** Name of the geography where it lives; the first of a plan unless given. */
  readonly geography?: string;
  /** Days to simulate, up to 900. */
  readonly duration: number;
  /** A whole number from 0 to 2^53 - 1, for the harvest target. */
  readonly seed: number;
  /** `FI-2025-001`: the prefix of its geography and the year of its start, unless given. */
  readonly batchNumber?: string;
  /** Name of its freshwater station; the geography's first by name unless given. */
  readonly station?: string;
  /** Name of its sea area; the geography's first by name unless given. */
  readonly area?: string;
}

/** The number of a batch that stands alone, unless another is given: `FI-2025-001`. */
export function loneNumber({ alonePrefix }: Home, startDay: number): string {
  return `${alonePrefix}-${isoOf(startDay).slice(0, 4)}-001`;
}

/** The home that a batch names. */
function homeOf({ geography }: SingleBatch, { homes }: Infrastructure): Home {
  const home = geography === undefined ? homes[0] : homes.find(({ name }) => name === geography);
  if (home !== undefined) return home;
  throw new ReddError("input", "UNKNOWN_GEOGRAPHY", {
    cannot: "plan the batch",
    because: `${quoted(geography ?? "")} is no geography that holds batches`,
    remedy: oneOf(geography ?? "", homes.map(({ name }) => name)),
  });
}

function oneOf(wanted: string, names: readonly string[]): string {
  return `${didYouMean(wanted, names)}Take one of ${names.join(", ")}`;
}

/** Fish expected to be alive on a day index, from the mortality rates alone. */
export function expectedFish(eggs: number, index: number, profile: Profile): number {
  let fish = eggs;
  let day = 0;
  for (const { days, mortality_per_day } of profile.stages) {
    for (let d = 0; d < days && day < index; d++, day++) fish *= 1 - mortality_per_day;
  }
  return fish;
}

/** The seeded harvest target of a batch in kg, evenly from the profile's span, in whole grams. */
export function harvestTarget(seed: number, batchNumber: string, profile: Profile): number {
  const [from, to] = profile.harvest.target_kg;
  const key = keyOf(seed, "harvestTarget", batchNumber);
  return Math.round(1000 * (from + (to - from) * unit(valueAt(key.a, key.b, 0)))) / 1000;
}

/** `needed` of some containers, spread evenly: positions i x floor(n / needed) (domain.md#12). */
export function spreadOver<Place>(places: readonly Place[], needed: number): Place[] {
  const step = Math.floor(places.length / needed);
  return Array.from({ length: needed }, (_, i) => places[i * step]!);
}

/** What a sea stay is called by its size (schedule.md#2). */
export function noteOf(rings: number): string {
  const size = rings >= 20
    ? "Full area"
    : rings >= 15
    ? "Large"
    : rings >= 10
    ? "Standard"
    : "Minimal";
  return `${size} (${rings}/20 rings)`;
}

function byName(containers: readonly Container[]): Container[] {
  return [...containers].sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The place that is wanted, or the geography's first by name. */
function placeFor(
  kind: "station" | "area",
  { [kind]: wanted }: SingleBatch,
  geography: string,
  places: readonly (Station | Area)[],
): string {
  const names = places.filter((one) => one.planned && one.geography === geography)
    .map((one) => one.name).sort();
  if (wanted === undefined) return names[0]!;
  if (names.includes(wanted)) return wanted;
  const elsewhere = places.find((one) => one.planned && one.name === wanted);
  throw new ReddError("input", `UNKNOWN_${kind.toUpperCase()}`, {
    cannot: "plan the batch",
    because: `${wanted} is no ${kind} of ${geography} that holds batches`,
    remedy: elsewhere === undefined
      ? oneOf(wanted, names)
      : `It belongs to ${elsewhere.geography}: take that geography, or one of ${names.join(", ")}`,
  });
}

/**
 * Plans a batch that stands alone: the halls of one station and, in one sea area, enough rings for
 * the fish that are expected there; the geography's first of both unless others are wanted. Places
 * are reserved for the whole life, whatever the duration, so that the dataset can be extended
 * (rulings.md#27).
 *
 * ```ts
 * import { parseIso, planSingle, readFixtures } from "@redd/redd";
 *
 * const startDay = parseIso("2025-01-01")!;
 * const schedule = planSingle(
 *   { startDay, eggs: 3_500_000, geography: "Scotland", duration: 200, seed: 7 },
 *   readFixtures(),
 * );
 * console.log(schedule.batches[0]?.batch_id); // SCO-2025-001
 * ```
 *
 * @throws {ReddError} input, when there is no such geography, the station or the area is none of
 *   the geography's, or halls are too small for the profile.
 */
export function planSingle(batch: SingleBatch, fixtures: Fixtures): Schedule;
/** The same on places that are built already, of a profile. */
export function planSingle(
  batch: SingleBatch,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule;
export function planSingle(
  batch: SingleBatch,
  given: Fixtures | Profile,
  places?: Infrastructure,
): Schedule {
  const { profile, infrastructure } = planGround(given, places);
  requireFit(profile, infrastructure);
  const { startDay, eggs, duration, seed } = batch;
  const home = homeOf(batch, infrastructure);
  const geography = home.name;
  const start = isoOf(startDay);
  const number = batch.batchNumber ?? loneNumber(home, startDay);
  const pauses = usualPauses(profile);
  const { starts, stays: planned } = lifeOf(profile);
  const usable = infrastructure.containers.filter((one) =>
    one.planned && one.geography === geography
  );
  const station = placeFor("station", batch, geography, infrastructure.stations);
  const area = placeFor("area", batch, geography, infrastructure.areas);
  const halls = freshwaterStages(profile);
  const stays = halls.map((stage, i): [string, HallStay] => {
    const { hall: letter } = profile.stages[i]!;
    const inHall = usable.filter((one) => one.stationName === station && one.hallLetter === letter);
    const containers = byName(inHall).slice(0, profile.creation.containers);
    return [stage, {
      hall: containers[0]!.hallName!,
      containers: containers.map((one) => one.name),
      start_day: planned[i]!.from,
      end_day: planned[i]!.to,
    }];
  });
  const { minimum_rings, fish_per_ring } = profile.sea_transfer;
  const seaStart = starts[halls.length]!;
  const fish = expectedFish(eggs, seaStart, profile);
  const rings = byName(usable.filter((one) => one.areaName === area));
  const needed = Math.min(rings.length, Math.max(minimum_rings, Math.ceil(fish / fish_per_ring)));
  return {
    metadata: {
      generated_date: isoOf(startDay + duration),
      total_batches: 1,
      batches_per_geography: 1,
      target_saturation: 1,
      stagger_days: 1,
      seed,
      as_of: isoOf(startDay + duration),
      ...pausesText(pauses),
    },
    batches: [{
      batch_id: number,
      start_date: start,
      eggs,
      duration,
      effective_duration: LONGEST_LIFE,
      harvest_target_kg: harvestTarget(seed, number, profile),
      geography,
      station,
      freshwater: Object.fromEntries(stays),
      sea: {
        area,
        rings: spreadOver(rings, needed).map((one) => one.name),
        rings_count: needed,
        start_day: planned.at(-1)!.from,
        end_day: LONGEST_LIFE,
        note: noteOf(needed),
      },
    }],
  };
}

/**
 * Plans a batch up to the end of its days. Where its fish would be harvested before the last week, it
 * starts so much later that they are harvested on the last day.
 *
 * @throws {ReddError} as {@linkcode planSingle}.
 */
export function planToTheEnd(
  batch: SingleBatch,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const life = lifeOf(profile);
  const end = batch.startDay + batch.duration;
  let schedule = planSingle(batch, profile, infrastructure);
  // The year of the start is in the batch's number, and the target follows from that. Each turn is
  // shorter than the one before.
  while (quietEnd(schedule, life) !== undefined) {
    const duration = life.harvestOf(schedule.batches[0]!.harvest_target_kg) + 1;
    schedule = planSingle(
      { ...batch, startDay: end - duration, duration },
      profile,
      infrastructure,
    );
  }
  return schedule;
}
