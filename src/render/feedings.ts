/** Rows of `inventory_feedingevent` and its history (domain.md#7.1). */
import type { Meal } from "../farm/events.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Assignment } from "../farm/state.ts";
import { placeOf } from "../farm/world.ts";
import {
  columns,
  date,
  empty,
  hundredths,
  instant,
  integer,
  tenThousandths,
  text,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { history } from "./history.ts";

const METHOD_AND_NOTES = columns('AUTOMATIC,""');

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
      ) => [hour, columns(`${String(hour).padStart(2, "0")}:00:00`)]),
    );

    /** feeding_date to feeding_percentage: a meal is half of the day's rate. */
    function measures(out: DataView, at: number, assignment: Assignment, meal: Meal): number {
      at = date(out, at, farm.day);
      at = text(out, at, times.get(meal.hour)!);
      at = tenThousandths(out, at, meal.amount);
      at = hundredths(out, at, meal.biomass);
      return hundredths(out, at, divideRounded(world.rates.stages[assignment.stage]!.feedRate, 2));
    }

    /** batch_id, batch_assignment_id, container_id, feed_id. */
    function references(out: DataView, at: number, assignment: Assignment, meal: Meal): number {
      at = integer(out, at, farm.batches[assignment.batch]!.id);
      at = integer(out, at, assignment.id);
      at = integer(out, at, placeOf(world, assignment).id);
      return integer(out, at, meal.feedId);
    }

    function instants(out: DataView, at: number, hour: number): number {
      return instant(out, instant(out, at, farm.day, hour), farm.day, hour);
    }

    return {
      fed(assignment, meal) {
        const id = numbers.feeding++;
        let out = live.out;
        let at = integer(out, live.begin(), id);
        at = measures(out, at, assignment, meal);
        at = text(out, at, METHOD_AND_NOTES);
        at = instants(out, at, meal.hour);
        at = references(out, at, assignment, meal);
        at = empty(out, at);
        live.end(hundredths(out, at, meal.cost));

        out = past.out;
        at = integer(out, past.begin(), id);
        at = instants(out, at, meal.hour);
        at = measures(out, at, assignment, meal);
        at = hundredths(out, at, meal.cost);
        at = text(out, at, METHOD_AND_NOTES);
        at = history(out, at, numbers.feedingHistory++, farm.day, meal.hour, "+");
        at = references(out, at, assignment, meal);
        past.end(empty(out, empty(out, at)));
      },
    };
  },
});
