/** Vaccination of the biology `field`: once, when the fish weigh enough, tank by tank over days. */
import type { VaccinationRules } from "../../fixtures/field/treatment_rules.ts";
import type { Facts } from "../../farm/facts.ts";
import { weighAtLeast } from "../../farm/mean_weight.ts";
import type { Assignment, Batch, Farm } from "../../farm/state.ts";
import { weekday } from "../calendar.ts";
import { uniformAt, wholeBetween } from "../chance.ts";
import { BATCH, FISH } from "../memory.ts";
import type { Part } from "../remembering.ts";

/** Items of chance of a batch. */
const ITEM = { weight: 0, over: 1, vaccine: 2 } as const;

/** Vaccination, and what of it the evening decides. */
export interface Vaccinating extends Required<Pick<Part, "evening">> {
  /** Index of the vaccine that fish of a tank get today, -1 for none. */
  vaccine(farm: Farm, tank: Assignment): number;
}

/** The vaccinations of a profile. */
export function fieldVaccinating(facts: Facts, rules: VaccinationRules): Vaccinating {
  const { batches, rates: { stages, treatments: { vaccination } } } = facts;
  const sea = stages.length - 1;
  const drawn = (batch: number, item: number) =>
    uniformAt(batches[batch]!.keys.vaccination, 0, 0, item);
  const vaccines = rules.vaccines.map((name) =>
    vaccination.vaccines.findIndex((one) => one.name === name)
  );

  /** Do the fish of a batch weigh enough? */
  function isDue({ index, assignments }: Batch): boolean {
    const [least, most] = rules.weight_g;
    return weighAtLeast(assignments, 100 * (least + (most - least) * drawn(index, ITEM.weight)));
  }

  return {
    evening({ day }, batch) {
      const { index, stage, transition, memory, assignments } = batch;
      if (vaccines.length === 0 || stage >= sea || transition !== null) return;
      if (memory[BATCH.vaccination] === 0) {
        if (!isDue(batch) || assignments.some((one) => one.memory[FISH.leaving] !== 0)) return;
        memory[BATCH.vaccination] = day;
        const first = day + rules.notice_days;
        const over = wholeBetween(rules.over_days, drawn(index, ITEM.over));
        assignments.forEach(({ memory: fish }, turn) =>
          fish[FISH.treatment] = weekday(first + Math.floor(turn * over / assignments.length))
        );
      }
      for (const { memory: fish } of assignments) {
        // Whoever leaves before has it before.
        const leaving = fish[FISH.leaving]!;
        if (leaving !== 0 && fish[FISH.treatment]! >= leaving) fish[FISH.treatment] = leaving - 1;
      }
    },
    vaccine({ day }, { batch, memory }) {
      if (memory[FISH.treatment] !== day) return -1;
      return vaccines[Math.floor(drawn(batch, ITEM.vaccine) * vaccines.length)]!;
    },
  };
}
