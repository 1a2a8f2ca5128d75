/**
 * Finds a place for every batch of a plan before a day is lived (schedule.md#7): halls and
 * rings that no other batch has in those days.
 */
import type { Profile } from "../fixtures/profile.ts";
import type { BatchStart } from "./dates.ts";
import type { FarmPlaces, GeographyPlaces } from "./farm_places.ts";
import type { ScheduledBatch, SeaStay } from "./format.ts";
import { type Life, lifeOf } from "./life.ts";
import { type Interval, isFree, type Occupancy, reserve, takenOn, widened } from "./occupancy.ts";
import { type Pauses, usualPauses } from "./pauses.ts";
import { noteOf, spreadOver } from "./single.ts";

/** The places of a batch. */
export type Allocation = Pick<ScheduledBatch, "station" | "freshwater" | "sea">;

/** What a batch does not find. */
export interface Shortage {
  readonly resource: "halls" | "rings";
  readonly geography: string;
  /** The day from which it is wanted. */
  readonly day: number;
  /** `all 10 halls A in Scotland are taken`. */
  readonly because: string;
}

/** What places are looked for in, and by which rules. */
export interface PlaceSearch {
  readonly places: FarmPlaces;
  readonly profile: Profile;
  /** The share of a geography's rings that may be taken at once. */
  readonly saturation: number;
  /** As usual for the profile unless given. */
  readonly pauses?: Pauses;
}

/** Most rings that may be taken at once; a saturation has at most six decimals. */
export function mostRings(rings: number, saturation: number): number {
  return Math.floor(Math.round(saturation * 1e6) * rings / 1e6);
}

/** The freshwater stays: for each letter the first hall in station order with room. */
function allocateHalls(
  { day, geography }: BatchStart,
  { halls }: GeographyPlaces,
  { profile, pauses = usualPauses(profile) }: PlaceSearch,
  life: Life,
  occupancy: Occupancy,
): Pick<Allocation, "station" | "freshwater"> | Shortage {
  const needed = profile.creation.containers;
  const { graceDays } = pauses;
  const stays: ScheduledBatch["freshwater"] = {};
  let first: string | undefined;
  for (const [s, stage] of life.halls.entries()) {
    const { from: startDay, to } = life.stays[s]!;
    const endDay = Math.min(to, life.reserved);
    const interval = { from: day + startDay, to: day + endDay };
    const apart = widened(interval, graceDays);
    const letter = profile.stages[s]!.hall!;
    const all = halls.get(letter) ?? [];
    let containers: string[] = [];
    const home = all.find((hall) => {
      containers = hall.containers.filter((name) => isFree(occupancy, name, apart));
      return containers.length >= needed;
    });
    if (home === undefined) {
      const because = `all ${all.length} halls ${letter} in ${geography} are taken`;
      return { resource: "halls", geography, day: interval.from, because };
    }
    containers = containers.slice(0, needed);
    for (const name of containers) reserve(occupancy, name, interval);
    stays[stage] = { hall: home.hall, containers, start_day: startDay, end_day: endDay };
    first ??= home.station;
  }
  return { station: first!, freshwater: stays };
}

/** The sea stay: the k-th area or the next one with room, its free rings taken evenly. */
function allocateRings(
  { day, k, geography }: BatchStart,
  { areas, rings }: GeographyPlaces,
  { profile, saturation, pauses = usualPauses(profile) }: PlaceSearch,
  life: Life,
  occupancy: Occupancy,
): SeaStay | Shortage {
  const needed = profile.sea_transfer.minimum_rings;
  const { graceDays, fallowWeeks } = pauses;
  const interval: Interval = { from: day + life.seaStart, to: day + life.reserved };
  const shortage = (because: string): Shortage => (
    { resource: "rings", geography, day: interval.from, because }
  );
  // Batches go to sea in order, so that the first day of a stay is the fullest.
  const taken = takenOn(occupancy, rings, interval.from) + needed;
  for (let n = 0; n < areas.length && taken <= rings.length; n++) {
    const { area, rings: all } = areas[(k + n) % areas.length]!;
    // An area that rests between two batches has one at a time.
    const fallow = widened(interval, 7 * fallowWeeks);
    if (fallowWeeks > 0 && !all.every((name) => isFree(occupancy, name, fallow))) continue;
    const free = all.filter((name) => isFree(occupancy, name, widened(interval, graceDays)));
    if (free.length < needed) continue;
    if (taken > mostRings(rings.length, saturation)) {
      return shortage(
        `${taken} of the ${rings.length} rings in ${geography} would be taken, ` +
          `more than a saturation of ${saturation} allows`,
      );
    }
    const chosen = spreadOver(free, needed);
    for (const name of chosen) reserve(occupancy, name, interval);
    return {
      area,
      rings: chosen,
      rings_count: needed,
      start_day: life.seaStart,
      end_day: life.reserved,
      note: noteOf(needed),
    };
  }
  return shortage(
    fallowWeeks > 0
      ? `no sea area in ${geography} is empty from ${fallowWeeks} weeks before to ${fallowWeeks} weeks after`
      : `no sea area in ${geography} has ${needed} free rings`,
  );
}

/** The places of the batches that find some, and why the next does not. */
export interface Allocated {
  readonly allocations: readonly Allocation[];
  /** Of the batch after the last of `allocations`. */
  readonly shortage?: Shortage;
}

/**
 * Allocates batches in the order of their starts and stops at the first that finds no place. Places
 * are reserved to the worst case whatever the as-of date, so that shifting all starts changes
 * nothing and fewer batches get the same places (rulings.md#27).
 *
 * @param occupancy What is taken beforehand; every place found is reserved in it.
 */
export function allocate(
  starts: readonly BatchStart[],
  ground: PlaceSearch,
  occupancy: Occupancy = new Map(),
): Allocated {
  const life = lifeOf(ground.profile, ground.pauses?.transitionDays);
  const allocations: Allocation[] = [];
  for (const start of starts) {
    const places = ground.places.get(start.geography)!;
    const halls = allocateHalls(start, places, ground, life, occupancy);
    if ("resource" in halls) return { allocations, shortage: halls };
    const sea = allocateRings(start, places, ground, life, occupancy);
    if ("resource" in sea) return { allocations, shortage: sea };
    allocations.push({ ...halls, sea });
  }
  return { allocations };
}
