/**
 * How fish of the biology `field` score: what is behind a score is a number of the fish, moved by what
 * the fish have: diseases, lice, treatments, and what a month and a container do to all.
 */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { exp } from "../../chance/arithmetic.ts";
import { normal } from "../../chance/deviates.ts";
import type { HealthRules } from "../../fixtures/field/health_rules.ts";
import type { Examination } from "../../farm/biology.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { normalAt } from "../chance.ts";
import type { Illnesses } from "./illness.ts";
import { FISH } from "../memory.ts";

const LN2 = 0.6931471805599453;

/** The scores of a profile. */
export function fieldScores(
  facts: Facts,
  rules: HealthRules,
  illnesses: Illnesses,
): Examination["score"] {
  const { batches, ids, rates: { health } } = facts;
  const names = [...ids.healthParameters.keys()];
  // The shares of the profile are those of sound fish.
  const limits = health.scoreUpTo.slice(0, -1).map((percent) =>
    percent <= 0 ? -9 : percent >= 100 ? 9 : normal(percent / 100)
  );
  const rest = Math.sqrt(1 - rules.fish_sd * rules.fish_sd);

  /** How much worse than usual the fish of a container are today, by parameter. */
  function shifts(farm: Farm, assignment: Assignment): number[] {
    const { batch, position, memory } = assignment;
    const { keys: { fishHealth } } = batches[batch]!;
    const { year, month } = civilOf(farm.day);
    const ill = illnesses.of(farm, assignment);
    const healed = memory[FISH.treated] === 0
      ? 0
      : exp(-LN2 * (farm.day - memory[FISH.treated]!) / rules.healed_days);
    return names.map((name, p) =>
      rules.month_sd * normalAt(fishHealth, year * 12 + month, 0, p) +
      rules.container_sd * normalAt(fishHealth, 0, position + 1, p) +
      (rules.per_louse[name] ?? 0) * memory[FISH.females]! +
      (rules.of_treatment[name] ?? 0) * healed +
      ill.reduce(
        (sum, { degree, rules: { course } }) => sum + degree * (course.scores[name] ?? 0),
        0,
      )
    );
  }

  return (into, farm, assignment) => {
    const key = batches[assignment.batch]!.keys.healthScore;
    const [a, b] = [
      aimA(key, farm.day, assignment.position),
      aimB(key, farm.day, assignment.position),
    ];
    const moved = shifts(farm, assignment);
    // Of every fish, its own and then its scores.
    const items = names.length + 1;
    for (let f = 0; f * names.length < into.length; f++) {
      const own = rules.fish_sd * normal(unit(valueAt(a, b, f * items)));
      for (let p = 0; p < names.length; p++) {
        const behind = own + moved[p]! +
          rest * normal(unit(valueAt(a, b, f * items + 1 + p)));
        let score = 0;
        while (score < limits.length && behind > limits[score]!) score++;
        into[f * names.length + p] = score;
      }
    }
  };
}
