/** Rows of `inventory_feedingevent` and its history (domain.md#7.1). */
import type { Meal } from "../farm/meal.ts";
import type { Assignment } from "../farm/state.ts";
import { placeOf } from "../farm/world.ts";
import {
  fixedFields,
  writeDate,
  writeEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
  writeTenThousandths,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { writeHistory } from "./history.ts";

const METHOD_AND_NOTES = fixedFields('AUTOMATIC,""');

/** One feeding of one container and its history. */
export const feedings = feature({
  tables: { feeding: "inventory_feedingevent", feedingHistory: "inventory_historicalfeedingevent" },
  count: ({ numbers }) => ({
    fed() {
      numbers.feeding++;
      numbers.feedingHistory++;
    },
  }),
  render({ parts, farm, world, numbers }) {
    const { feeding: live, feedingHistory: past } = parts;
    const times = new Map(
      world.rates.feedingHours.map((
        hour,
      ) => [hour, fixedFields(`${String(hour).padStart(2, "0")}:00:00`)]),
    );

    /** feeding_date to feeding_percentage. */
    function measures(out: DataView, at: number, meal: Meal): number {
      at = writeDate(out, at, farm.day);
      at = writeField(out, at, times.get(meal.hour)!);
      at = writeTenThousandths(out, at, meal.amount);
      at = writeHundredths(out, at, meal.biomass);
      return writeHundredths(out, at, meal.percent);
    }

    /** batch_id, batch_assignment_id, container_id, feed_id. */
    function references(out: DataView, at: number, assignment: Assignment, meal: Meal): number {
      at = writeInteger(out, at, farm.batches[assignment.batch]!.id);
      at = writeInteger(out, at, assignment.id);
      at = writeInteger(out, at, placeOf(world, assignment).id);
      return writeInteger(out, at, meal.feedId);
    }

    function instants(out: DataView, at: number, hour: number): number {
      return writeInstant(out, writeInstant(out, at, farm.day, hour), farm.day, hour);
    }

    return {
      fed(assignment, meal) {
        const id = numbers.feeding++;
        let out = live.out;
        let at = writeInteger(out, live.begin(), id);
        at = measures(out, at, meal);
        at = writeField(out, at, METHOD_AND_NOTES);
        at = instants(out, at, meal.hour);
        at = references(out, at, assignment, meal);
        at = writeEmpty(out, at);
        live.end(writeHundredths(out, at, meal.cost));

        out = past.out;
        at = writeInteger(out, past.begin(), id);
        at = instants(out, at, meal.hour);
        at = measures(out, at, meal);
        at = writeHundredths(out, at, meal.cost);
        at = writeField(out, at, METHOD_AND_NOTES);
        at = writeHistory(out, at, numbers.feedingHistory++, farm.day, meal.hour, "+");
        at = references(out, at, assignment, meal);
        past.end(writeEmpty(out, writeInteger(out, at, world.ids.makers.dailyWork)));
      },
    };
  },
});
