/** Rows of `health_healthlabsample` and its history: written on the day on which results come. */
import { isoOf } from "../farm/days.ts";
import { feature } from "./feature.ts";
import { jsonbText } from "./jsonb_text.ts";
import { historyColumns, isoInstant, writeRow } from "./plain_row.ts";

/** What a laboratory has answered of, and its history. */
export const labSamples = feature({
  tables: { labSample: "health_healthlabsample", labHistory: "health_historicalhealthlabsample" },
  count: ({ numbers }) => ({
    labAnswered() {
      numbers.labSample++;
      numbers.labHistory++;
    },
  }),
  render({ parts, tables, farm, world, numbers }) {
    const { hour } = world.rates.health;
    const user = world.ids.makers.health;
    return {
      labAnswered({ assignment, sampleTypeId, taken, sent, reference, findings, measured }) {
        const at = isoInstant({ day: farm.day, hour });
        const row = {
          id: numbers.labSample++,
          sample_date: isoOf(taken),
          date_sent_to_lab: isoOf(sent),
          date_results_received: isoOf(farm.day),
          lab_reference_id: reference,
          findings_summary: findings,
          quantitative_results: jsonbText(measured),
          attachment: null,
          notes: "",
          created_at: at,
          updated_at: at,
          batch_container_assignment_id: assignment.id,
          recorded_by_id: user,
          sample_type_id: sampleTypeId,
        };
        writeRow(parts.labSample, tables.labSample, row);
        writeRow(parts.labHistory, tables.labHistory, {
          ...row,
          ...historyColumns(numbers.labHistory++, "+", at, user),
        });
      },
    };
  },
});
