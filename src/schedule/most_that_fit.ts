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

/** The places of the youngest plan of so many batches up to a day, as in {@linkcode allocate}. */
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
 * The most batches per geography that find a place, of as many as are wanted. Fewer batches start
 * later, and with seasons on other days of them: so fewer are tried until all find one.
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
  let perGeography = wanted;
  let first: Shortage | undefined;
  while (perGeography > 0) {
    const { allocations, shortage } = allocatedUpTo(asOf, perGeography, stagger, ground, homes);
    if (shortage === undefined) break;
    first ??= shortage;
    perGeography = Math.floor(allocations.length / homes.length);
  }
  return first === undefined ? { perGeography } : { perGeography, shortage: first };
}
