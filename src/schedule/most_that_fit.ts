/** How many batches of a stagger find a place up to a day. */
import type { Home } from "../farm/ground/places.ts";
import { allocate, type Allocated, type PlaceSearch, type Shortage } from "./allocate.ts";
import { firstPlanned, startsFrom } from "./dates.ts";
import { seasonOf } from "./seasons.ts";

/** A number of batches per geography that all find a place. */
export interface MostThatFit {
  readonly perGeography: number;
  /** Of the first of as many as were wanted that finds none. */
  readonly shortage?: Shortage;
}

/** The places of a plan of so many batches up to a day, as {@linkcode allocate} finds them. */
export function allocatedUpTo(
  asOf: number,
  perGeography: number,
  stagger: number,
  ground: PlaceSearch,
  homes: readonly Home[],
): Allocated {
  const season = seasonOf(ground.profile);
  const total = perGeography * homes.length;
  const first = firstPlanned(total, stagger, asOf, season);
  return allocate(startsFrom(first, total, stagger, homes, season), ground);
}

/**
 * The most batches per geography that find a place, of as many as are wanted. Without seasons those
 * are the ones before the first that finds none. Fewer batches start later, and so on other days of
 * their seasons: there it is tried how many all find one.
 *
 * @param asOf The day number of the as-of date.
 * @param wanted Batches per geography.
 */
export function mostThatFit(
  asOf: number,
  wanted: number,
  stagger: number,
  ground: PlaceSearch,
  homes: readonly Home[],
): MostThatFit {
  const hasSeasons = (ground.profile.field?.plan.sea_entry.length ?? 0) > 0;
  let perGeography = wanted;
  let first: Shortage | undefined;
  while (perGeography > 0) {
    const { allocations, shortage } = allocatedUpTo(asOf, perGeography, stagger, ground, homes);
    if (shortage === undefined) break;
    first ??= shortage;
    perGeography = hasSeasons ? perGeography - 1 : Math.floor(allocations.length / homes.length);
  }
  return first === undefined ? { perGeography } : { perGeography, shortage: first };
}
