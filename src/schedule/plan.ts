/** Plans the batches of a whole farm. */
import { ReddError } from "../errors.ts";
import { isoOf } from "../farm/days.ts";
import type { Home, Infrastructure } from "../farm/ground/places.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Profile } from "../fixtures/profile.ts";
import { allocate, type Allocated, type PlaceSearch } from "./allocate.ts";
import { type BatchStart, batchStarts } from "./dates.ts";
import { farmPlaces } from "./farm_places.ts";
import { requireFit } from "./fits_farm.ts";
import type { Schedule } from "./format.ts";
import { seasonOf } from "./seasons.ts";
import { type Pauses, pausesText, usualPauses } from "./pauses.ts";
import { MOST_BATCHES, MOST_STAGGER } from "./limits.ts";
import { allocatedUpTo, mostThatFit } from "./most_that_fit.ts";
import { planGround } from "./plan_ground.ts";
import { workerPartitions } from "./partitions.ts";
import { plannedBatches, shortageText } from "./planned_batches.ts";

/** What a farm is planned from. */
export interface FarmRequest {
  /** Batches of each of the geographies, from 1 to 999. */
  readonly perGeography: number;
  /** Days from one start to the next, over all geographies. */
  readonly stagger: number;
  /** The share of a geography's rings that may be taken at once, up to 1. */
  readonly saturation: number;
  /** The first day that is not simulated, as days since 1970-01-01 ({@linkcode parseIso}). */
  readonly asOf: number;
  /** A whole number from 0 to 2^53 - 1, for the eggs and the harvest targets. */
  readonly seed: number;
  /** Days between batches, and over which one is moved; what is usual for the profile unless given. */
  readonly pauses?: Partial<Pauses>;
}

/** The shortest stagger above one that does not do with which all batches find a place. */
function fittingStagger(
  { perGeography, stagger, asOf }: FarmRequest,
  ground: PlaceSearch,
  homes: readonly Home[],
) {
  for (let longer = stagger + 1; longer <= MOST_STAGGER; longer++) {
    const { shortage } = allocatedUpTo(asOf, perGeography, longer, ground, homes);
    if (shortage === undefined) return longer;
  }
  return undefined;
}

function noPlace(
  request: FarmRequest,
  starts: readonly BatchStart[],
  { allocations, shortage }: Required<Allocated>,
  ground: PlaceSearch,
  homes: readonly Home[],
): ReddError {
  const longer = fittingStagger(request, ground, homes);
  const { perGeography, stagger, asOf } = request;
  const { perGeography: fewer } = mostThatFit(asOf, perGeography, stagger, ground, homes);
  const ways = [
    ...longer === undefined ? [] : [`a stagger of ${longer} days`],
    ...fewer === 0 ? [] : [`${fewer} batches per geography`],
  ];
  return new ReddError("input", "NO_PLACE", {
    cannot: `plan ${perGeography} batches per geography with a stagger of ` +
      `${stagger} ${stagger === 1 ? "day" : "days"}`,
    because: shortageText(starts[allocations.length]!, shortage),
    remedy: ways.length === 0
      ? "Take a higher saturation or a larger farm"
      : `What fits is ${ways.join(", or ")}`,
  });
}

/**
 * Plans a farm: dates, numbers, eggs, harvest targets and all places of every batch, up to the worst
 * case of its harvest. Equal requests give equal schedules.
 *
 * ```ts
 * import { FARM_PRESETS, planFarm, readFixtures } from "@redd/redd";
 *
 * const schedule = planFarm({ ...FARM_PRESETS.small, seed: 7 }, readFixtures());
 * console.log(schedule.batches.length); // 20
 * ```
 *
 * @throws {ReddError} input: a batch finds no place (which resource, on which date, and what would
 *   fit), none of the profile can,
 *   there are more than 999 batches per geography, or the first would start too early.
 */
export function planFarm(request: FarmRequest, fixtures: Fixtures): Schedule;
/** The same on places that are built already, of a profile. */
export function planFarm(
  request: FarmRequest,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule;
export function planFarm(
  request: FarmRequest,
  given: Fixtures | Profile,
  places?: Infrastructure,
): Schedule {
  const { profile, infrastructure } = planGround(given, places);
  const { perGeography, stagger, saturation, asOf, seed } = request;
  if (perGeography > MOST_BATCHES) {
    throw new ReddError("input", "TOO_MANY_BATCHES", {
      cannot: `plan ${perGeography} batches per geography`,
      because: `their numbers have three digits, so that ${MOST_BATCHES} are the most`,
      remedy: "Take fewer batches or years",
    });
  }
  requireFit(profile, infrastructure, profile.sea_transfer.minimum_rings);
  const { homes } = infrastructure;
  const pauses = { ...usualPauses(profile), ...request.pauses };
  const season = seasonOf(profile);
  const starts = batchStarts(perGeography, stagger, asOf, homes, season);
  const ground = { places: farmPlaces(infrastructure), profile, saturation, pauses };
  const { allocations, shortage } = allocate(starts, ground);
  if (shortage !== undefined) {
    throw noPlace(request, starts, { allocations, shortage }, ground, homes);
  }
  return {
    metadata: {
      generated_date: isoOf(asOf),
      total_batches: starts.length,
      batches_per_geography: perGeography,
      target_saturation: saturation,
      stagger_days: stagger,
      worker_partitions: workerPartitions(starts.length),
      seed,
      as_of: isoOf(asOf),
      ...pausesText(pauses),
      ...profile.field === undefined ? {} : { planned_from: isoOf(starts[0]!.planned) },
    },
    batches: plannedBatches(starts, allocations, asOf, seed, profile, pauses),
  };
}
