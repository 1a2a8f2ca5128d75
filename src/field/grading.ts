/** Grades of the biology `field`: quality differs from ring to ring, and no gram is lost. */
import type { GradingRules } from "../fixtures/field/grading_rules.ts";
import type { Grading } from "../farm/biology.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Facts } from "../farm/facts.ts";
import type { HarvestLot } from "../farm/harvest_lot.ts";
import { exp } from "../chance/arithmetic.ts";
import { normalAt, uniformAt } from "./chance.ts";
import { FISH } from "./memory.ts";

/** Items of chance of a ring. */
const ITEM = { superior: 1, reject: 2, gutted: 3, between: 10 } as const;

/** Standard deviation of the logarithm of the shares of the grades between. */
const BETWEEN_SD = 0.35;

/**
 * Shares of the fish of a ring that are superior and rejected, within what there can be.
 *
 * @param lost What diseases have taken off the superior ones.
 */
function sharesOf(
  rules: GradingRules,
  lost: number,
  superiorZ: number,
  rejectZ: number,
): [number, number] {
  const superior = rules.superior - lost + rules.superior_sd * superiorZ;
  const reject = rules.reject * (1 + 0.5 * rejectZ);
  return [Math.min(Math.max(superior, 0.4), 0.985), Math.min(Math.max(reject, 0.002), 0.015)];
}

/** Grades by the shares of the ring; the profile's grades divide what is neither best nor worst. */
export function fieldGrading({ batches, rates: { harvest } }: Facts, rules: GradingRules): Grading {
  const { grades, remainderGrade } = harvest;
  const [best, worst] = [0, grades.length - 1];
  return {
    lots({ batch, ordinal, population, weight, memory }) {
      const key = batches[batch]!.keys.slaughter;
      const [superior, reject] = sharesOf(
        rules,
        memory[FISH.quality]!,
        normalAt(key, 0, ordinal, ITEM.superior),
        normalAt(key, 0, ordinal, ITEM.reject),
      );
      // What is neither best nor worst differs from ring to ring, too.
      const parts = grades.map(({ percent }, g) =>
        g === best || g === worst
          ? 0
          : percent * exp(BETWEEN_SD * normalAt(key, 0, ordinal, ITEM.between + g))
      );
      const between = parts.reduce((sum, one) => sum + one, 0);
      const units = grades.map((_, g) =>
        Math.floor(
          population * (g === best
            ? superior
            : g === worst
            ? reject
            : (1 - superior - reject) * parts[g]! / Math.max(between, 1)),
        )
      );
      units[remainderGrade]! += population - units.reduce((sum, one) => sum + one, 0);
      const [least, most] = rules.gutted;
      const gutted = Math.floor(
        1000 * (least + (most - least) * uniformAt(key, 0, ordinal, ITEM.gutted)),
      );
      return shared(
        divideRounded(population * weight, 100),
        units,
        harvest.grades.map(({ weightPercent }) => weightPercent),
      )
        .map((live, grade): HarvestLot => ({
          grade,
          units: units[grade]!,
          live,
          gutted: divideRounded(live * gutted, 1000),
          fillet: divideRounded(live * harvest.filletPercent, 100),
        })).filter((lot) => lot.units > 0);
    },
  };
}

/** A mass shared by units of some relative weights; the largest share takes what rounding leaves. */
function shared(mass: number, units: readonly number[], weights: readonly number[]): number[] {
  const parts = units.map((one, i) => one * weights[i]!);
  const all = parts.reduce((sum, one) => sum + one, 0);
  if (all === 0) return parts;
  const lots = parts.map((part) => Math.floor(mass * (part / all)));
  const largest = parts.indexOf(Math.max(...parts));
  lots[largest]! += mass - lots.reduce((sum, one) => sum + one, 0);
  return lots;
}
