/** Chance of places and fish, addressed as all chance is (design.md#d4). */
import {
  aimA,
  aimB,
  keyOf,
  type Purpose,
  type RandomKey,
  unit,
  valueAt,
} from "../chance/addressed.ts";
import { normal } from "../chance/deviates.ts";
import type { ContainerFacts, Facts } from "../farm/facts.ts";

/** A number strictly between 0 and 1 at an address. */
export function uniformAt(key: RandomKey, day: number, position: number, item: number): number {
  return unit(valueAt(aimA(key, day, position), aimB(key, day, position), item));
}

/** A standard normal deviate at an address, within 5.5 of 0. */
export function normalAt(key: RandomKey, day: number, position: number, item: number): number {
  return normal(uniformAt(key, day, position, item));
}

/** The keys of a purpose for sites or other named places, in their order. */
export function keysOfPlaces(
  seed: number,
  purpose: Purpose,
  places: readonly { readonly name: string }[],
): RandomKey[] {
  return places.map(({ name }) => keyOf(seed, purpose, name));
}

/** Something of every container of a plan that follows from its name, by its id. */
export function keysOfContainers<One>(
  { batches, seed }: Facts,
  purpose: Purpose,
  make: (key: RandomKey, place: ContainerFacts) => One,
): ReadonlyMap<number, One> {
  const found = new Map<number, One>();
  for (const place of batches.flatMap(({ places }) => places.flat())) {
    if (!found.has(place.id)) found.set(place.id, make(keyOf(seed, purpose, place.name), place));
  }
  return found;
}

/** A whole number from `least` to `most`, evenly, from a number between 0 and 1. */
export function wholeBetween([least, most]: readonly [number, number], u: number): number {
  return least + Math.floor(u * (most - least + 1));
}

/** The numbers between 0 and 1 of an address, by their items from one on. */
export function uniformOf(
  key: RandomKey,
  day: number,
  position: number,
  from: number,
): (item: number) => number {
  const [a, b] = [aimA(key, day, position), aimB(key, day, position)];
  return (item) => unit(valueAt(a, b, from + item));
}
