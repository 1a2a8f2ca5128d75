/** How many batches a span of years and a farm hold (schedule.md#5). */
import { ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { YOUNGEST } from "./dates.ts";
import { farmPlaces } from "./farm_places.ts";
import { requireFit } from "./fits_farm.ts";
import { lifeOf } from "./life.ts";
import { mostThatFit } from "./most_that_fit.ts";
import { type Pauses, usualPauses } from "./pauses.ts";
import { PRESET_AS_OF } from "./presets.ts";

/** What the number of batches follows from. */
export interface CountRequest {
  /** Years of production at sea; parts of a year count. */
  readonly years: number;
  /** Days from one start to the next, over all geographies. */
  readonly stagger: number;
  /** The share of a geography's rings that may be taken at once, up to 1. */
  readonly saturation: number;
  /** As in {@linkcode FarmRequest}. */
  readonly pauses?: Partial<Pauses>;
  /**
   * The as-of day, as in {@linkcode FarmRequest}: what finds a place depends on it where smolts go to
   * sea in seasons.
   */
  readonly asOf?: number;
}

/** A number of batches per geography, and the two limits that it is the smaller of. */
export interface BatchCount {
  /** The smaller of the two limits, for {@linkcode FarmRequest}. */
  readonly perGeography: number;
  /** As many start in the years. */
  readonly byTime: number;
  /** As many find a place; `byTime` where all of those do. */
  readonly byPlaces: number;
  /** The limit that decides: the years, the freshwater halls or the rings at sea. */
  readonly binds: "time" | "halls" | "rings";
}

/**
 * Counts the batches per geography: those that start in the years at sea, the time before the sea
 * added and the 50 days of the youngest batch taken off, as far as all of them find a place.
 *
 * @throws {ReddError} input, when there is no time or no place for one batch per geography.
 */
export function countBatches(
  { years, stagger, saturation, pauses, asOf = PRESET_AS_OF }: CountRequest,
  profile: Profile,
  infrastructure: Infrastructure,
): BatchCount {
  requireFit(profile, infrastructure, profile.sea_transfer.minimum_rings);
  const { homes } = infrastructure;
  const days = years * 365 + lifeOf(profile).starts.at(-2)! - YOUNGEST;
  const total = Math.floor(days / stagger + 1e-9) + 1;
  const byTime = Math.floor(total / homes.length);
  if (byTime === 0) {
    throw new ReddError("input", "NO_BATCH_FITS", {
      cannot: `plan ${years} years`,
      because: `with a stagger of ${stagger} days there is no time for a batch per geography`,
      remedy: "Take more years, a shorter stagger or a number of batches",
    });
  }
  const ground = {
    places: farmPlaces(infrastructure),
    profile,
    saturation,
    pauses: { ...usualPauses(profile), ...pauses },
  };
  const { perGeography: byPlaces, shortage } = mostThatFit(asOf, byTime, stagger, ground, homes);
  if (byPlaces === 0) {
    throw new ReddError("input", "NO_BATCH_FITS", {
      cannot: `plan ${years} years`,
      because: `not one batch per geography finds a place: ${shortage!.because}`,
      remedy: "Take a higher saturation or a larger farm",
    });
  }
  return { perGeography: byPlaces, byTime, byPlaces, binds: shortage?.resource ?? "time" };
}
