/** The well boat that takes fish from a tank to a ring (domain.md#12): how long it took, and its water. */
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import type { Facts } from "./facts.ts";
import type { Assignment, Farm } from "./state.ts";

/** What is noted of the fish of a tank that went to a ring. */
export interface Voyage {
  /** From the first fish pumped aboard to the last one pumped out. */
  readonly minutes: number;
  /** Dissolved oxygen in the wells, in 0.01 mg/L. */
  readonly oxygen: number;
}

/** What is noted of a pour, null where no boat is needed or nothing is noted. */
export type VoyageOf = (farm: Pick<Farm, "day">, to: Assignment) => Voyage | null;

/** Voyages of all fish that go to sea. */
export function voyages({ batches, rates: { stages, wellBoat } }: Facts): VoyageOf {
  const sea = stages.length - 1;
  const between = ([least, most]: readonly [number, number], u: number) =>
    least + Math.floor(u * (most - least + 1));
  return ({ day }, to) => {
    if (to.stage !== sea) return null;
    const { keys, startDay } = batches[to.batch]!;
    // All that goes to sea on a day goes in one boat.
    const a = aimA(keys.voyage, day - startDay, 0);
    const b = aimB(keys.voyage, day - startDay, 0);
    const drawn = (item: number) => unit(valueAt(a, b, item));
    return {
      minutes: between(wellBoat.minutes, drawn(0)),
      oxygen: between(wellBoat.oxygen, drawn(1)),
    };
  };
}
