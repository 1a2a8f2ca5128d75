/** Rows of `scenario` and `scenario_scenarioprojection` (domain.md#13). */
import { isoOf } from "../farm/days.ts";
import { project } from "../farm/projection.ts";
import { tableNamed } from "../tables/catalog.ts";
import { writeDate, writeInstant, writeInteger, writeMillionths } from "./bytes.ts";
import { feature } from "./feature.ts";
import { isoInstant, writeRow } from "./plain_row.ts";

/** A scenario and its projection. */
export const scenarios = feature({
  tables: { scenario: "scenario", projection: "scenario_scenarioprojection" },
  // The farm numbers its scenarios itself: a batch refers to one.
  count: ({ numbers }) => ({
    planned(_batch, scenario) {
      numbers.projection += scenario.days;
    },
  }),
  render({ parts, world, numbers }) {
    const { scenario: scenarios, projection: projections } = parts;
    const table = tableNamed("scenario");
    const { projection } = world.rates;
    return {
      planned(batch, scenario) {
        const { number, geography } = world.batches[batch.index]!;
        const at = isoInstant({ day: scenario.day, hour: 0 });
        writeRow(scenarios, table, {
          scenario_id: scenario.id,
          name: `${scenario.name} - ${number}`,
          start_date: isoOf(scenario.day),
          duration_days: scenario.days,
          initial_count: scenario.fish,
          genotype: `Standard ${geography.name}`,
          supplier: scenario.supplier,
          initial_weight: scenario.weight,
          created_at: at,
          updated_at: at,
          batch_id: batch.id,
          created_by_id: world.ids.makers.management,
          fcr_model_id: projection.fcrModelId,
          mortality_model_id: projection.mortalityModelId,
          tgc_model_id: geography.tgcModelId,
          biological_constraints_id: null,
        });
        project(scenario, projection, geography.seaTemperatures, (day, n) => {
          const { out } = projections;
          const millions = (value: number) => Math.floor(value * 1e6 + 0.5);
          let at = writeInteger(out, projections.begin(), numbers.projection++);
          at = writeDate(out, at, scenario.day + n - 1);
          at = writeInteger(out, at, n);
          at = writeMillionths(out, at, millions(day.weight));
          at = writeMillionths(out, at, millions(day.population));
          at = writeMillionths(out, at, millions(day.biomass));
          at = writeMillionths(out, at, millions(day.dailyFeed));
          at = writeMillionths(out, at, millions(day.cumulativeFeed));
          at = writeMillionths(out, at, millions(day.temperature));
          at = writeInstant(out, at, scenario.day, 0);
          at = writeInstant(out, at, scenario.day, 0);
          at = writeInteger(out, at, day.stageId);
          projections.end(writeInteger(out, at, scenario.id));
        });
      },
    };
  },
});
