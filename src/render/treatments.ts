/** Rows of `health_treatment` and its history (section 11). */
import type { Numbers } from "../farm/numbers.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Part } from "./part.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

/** Functions that write one treatment of one container. */
export interface TreatmentRows {
  /** @param vaccine Index of the vaccine. */
  vaccinated(assignment: Assignment, vaccine: number, index: number): void;
  liceTreated(assignment: Assignment, index: number): void;
}

/** The functions for a farm. */
export function treatmentRows(
  live: Part,
  past: Part,
  farm: Farm,
  world: World,
  numbers: Numbers,
): TreatmentRows {
  const { vaccination, lice } = world.rates.treatments;
  const liveTable = tableNamed("health_treatment");
  const pastTable = tableNamed("health_historicaltreatment");

  function write(assignment: Assignment, hour: number, special: PlainRow): void {
    const facts = world.batches[assignment.batch]!;
    const at = isoInstant({ day: farm.day, hour });
    const row = {
      id: numbers.treatment++,
      treatment_date: at,
      outcome: "successful",
      batch_id: farm.batches[assignment.batch]!.id,
      batch_assignment_id: assignment.id,
      container_id: facts.places[assignment.stage]![assignment.ordinal]!.id,
      user_id: world.userId,
      includes_weighing: false,
      sampling_event_id: null,
      journal_entry_id: null,
      ...special,
    };
    writeRow(live, liveTable, row);
    const history = historyColumns(numbers.treatmentHistory++, "+", at);
    writeRow(past, pastTable, { ...row, ...history });
  }

  return {
    vaccinated(assignment, vaccine, index) {
      const { id, name, dosage } = vaccination.vaccines[vaccine]!;
      const stage = world.rates.stages[assignment.stage]!.name;
      write(assignment, vaccination.hour, {
        treatment_type: "vaccination",
        description: `${name}, ${stage}, day ${index}`,
        dosage,
        duration_days: vaccination.durationDays,
        withholding_period_days: vaccination.withholdingDays,
        vaccination_type_id: id,
      });
    },
    liceTreated(assignment, index) {
      write(assignment, lice.hour, {
        treatment_type: "physical",
        description: `${lice.description}, day ${index}`,
        dosage: lice.dosage,
        duration_days: lice.durationDays,
        withholding_period_days: lice.withholdingDays,
        vaccination_type_id: null,
      });
    },
  };
}
