/** Rows of `health_journalentry` and its history (domain.md#11). */
import type { Note } from "../farm/notes.ts";
import { placeOf } from "../farm/world.ts";
import { feature } from "./feature.ts";
import { historyColumns, isoInstant, writeRow } from "./plain_row.ts";

/** One journal entry and its history. */
export const journal = feature({
  tables: { journal: "health_journalentry", journalHistory: "health_historicaljournalentry" },
  count: ({ numbers }) => ({
    journalKept() {
      numbers.journal++;
      numbers.journalHistory++;
    },
    noted() {
      numbers.journal++;
      numbers.journalHistory++;
    },
  }),
  render({ parts, tables, farm, world, numbers }) {
    const { journal: live, journalHistory: past } = parts;
    const { hour, category, severity } = world.rates.journal;

    function write({ assignment, hour, category, severity, text, resolution }: Note): void {
      const at = isoInstant({ day: farm.day, hour });
      const row = {
        id: numbers.journal++,
        entry_date: at,
        category,
        severity,
        description: text,
        resolution_status: resolution !== undefined,
        resolution_notes: resolution ?? "",
        batch_id: farm.batches[assignment.batch]!.id,
        container_id: placeOf(world, assignment).id,
        user_id: world.ids.makers.health,
        created_at: at,
        updated_at: at,
      };
      writeRow(live, tables.journal, row);
      writeRow(past, tables.journalHistory, {
        ...row,
        ...historyColumns(numbers.journalHistory++, "+", at, world.ids.makers.health),
      });
    }

    return {
      journalKept(assignment) {
        const text = `Routine observation ${world.rates.stages[assignment.stage]!.name}`;
        write({ assignment, hour, category, severity, text });
      },
      noted: write,
    };
  },
});
