/**
 * The weight of daily states under `field`: the mean of a sample on its day, else one step of the
 * growth that AquaMind expects in such water from the day before, never further from the real one than a state may
 * be. What it was yesterday is remembered.
 */
import type { Growth } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import { weightTolerance } from "../farm/sampling.ts";
import type { Conditions } from "./water/conditions.ts";
import type { FieldWeighing } from "./weighing.ts";

/** State weights by samples and the growth between them. */
export function fieldStateWeight(
  { batches, rates }: Facts,
  conditions: Pick<Conditions, "temperature">,
  weighing: FieldWeighing,
  expected: Growth["expected"],
): Growth["stateWeight"] {
  const { fromStage } = rates.samples;
  /** By container: the last that was reckoned. Rows ask for it, and then the evening. */
  const known: { day: number; id: number; before: number; weight: number; grown: number }[] = [];
  return (farm, assignment, before) => {
    const { id, batch, ordinal, stage, weight, weighedDay } = assignment;
    if (stage < fromStage) return weight;
    if (weighedDay === farm.day) return weighing.mean(farm, assignment);
    const place = batches[batch]!.places[stage]![ordinal]!.id;
    const last = known[place] ??= { day: NaN, id, before, weight, grown: 0 };
    if (
      last.day === farm.day && last.id === id && last.before === before && last.weight === weight
    ) return last.grown;
    const tolerance = weightTolerance(weight, rates.samples);
    const grown = expected(stage, before, 100 * conditions.temperature(farm, assignment));
    last.day = farm.day;
    last.id = id;
    last.before = before;
    last.weight = weight;
    return last.grown = Math.min(Math.max(grown, weight - tolerance), weight + tolerance);
  };
}
