/** Rows of `environmental_environmentalreading` (domain.md#6): hour, batch, container, parameter. */
import { aimA, aimB, valueAt, wholeOf } from "../chance/addressed.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import type { BatchFacts, Sensor } from "../farm/world.ts";
import { type Column, columns, copied, instant, integer, tenThousandths, text } from "./bytes.ts";
import { feature } from "./feature.ts";
import type { Part } from "./part.ts";

/** Items of one hour at an address; no container has more sensors. */
const ITEMS_PER_HOUR = 16;

/**
 * The mean of a sensor's readings on a day index, in 0.01 of its unit, as it follows from the rows.
 *
 * @param sensor Its position among the container's sensors.
 */
export function meanReading(
  { keys, places }: BatchFacts,
  stage: number,
  ordinal: number,
  sensor: number,
  index: number,
  hours: number,
): number {
  const { low, span } = places[stage]![ordinal]!.sensors[sensor]!;
  const a = aimA(keys.reading, index, ordinal);
  const b = aimB(keys.reading, index, ordinal);
  let sum = 0;
  for (let h = 0; h < hours; h++) {
    sum += wholeOf(valueAt(a, b, h * ITEMS_PER_HOUR + sensor), low, span);
  }
  return divideRounded(sum, hours * 100);
}

/** reading_time, is_manual, notes and created_at are the same for all readings of an hour. */
interface HourColumns {
  readonly out: DataView;
  length: number;
}

const NOT_MANUAL_NO_NOTES = columns('false,""');

function renderHour(target: HourColumns, day: number, hour: number): void {
  let at = instant(target.out, 0, day, hour);
  at = text(target.out, at, NOT_MANUAL_NO_NOTES);
  target.length = instant(target.out, at, day, hour);
}

/** The columns from batch_id on, which do not change while the fish are in the container. */
function endOfRow(batch: Batch, assignment: Assignment, container: number, sensor: Sensor): Column {
  return columns(`${batch.id},${container},${sensor.parameterId},,${sensor.id},${assignment.id}`);
}

/** The ends of the rows of a batch in its present stage: by ordinal, then sensor. */
interface Ends {
  readonly stage: number;
  readonly byOrdinal: readonly (readonly Column[])[];
}

function endsOf(batch: Batch, facts: BatchFacts): Ends {
  const places = facts.places[batch.stage]!;
  const byOrdinal = batch.assignments.map((assignment) => {
    const { id, sensors } = places[assignment.ordinal]!;
    return sensors.map((sensor) => endOfRow(batch, assignment, id, sensor));
  });
  return { stage: batch.stage, byOrdinal };
}

/** The readings of all sensors on a day of the farm. */
export const readings = feature({
  tables: { reading: "environmental_environmentalreading" },
  count: ({ world, numbers }) => ({
    read(farm) {
      let sensors = 0;
      for (const batch of farm.batches) {
        const places = world.batches[batch.index]!.places[batch.stage]!;
        for (const assignment of batch.assignments) {
          sensors += places[assignment.ordinal]!.sensors.length;
        }
      }
      numbers.reading += sensors * world.rates.readingHours.length;
    },
  }),
  render({ parts, world, numbers }) {
    const { readingHours } = world.rates;
    const part = parts.reading;
    const hourColumns: HourColumns = { out: new DataView(new ArrayBuffer(64)), length: 0 };
    const ends: Ends[] = [];
    return {
      read(farm) {
        for (let h = 0; h < readingHours.length; h++) {
          renderHour(hourColumns, farm.day, readingHours[h]!);
          for (const batch of farm.batches) {
            if (batch.assignments.length === 0) continue;
            const facts = world.batches[batch.index]!;
            if (ends[batch.index]?.stage !== batch.stage) ends[batch.index] = endsOf(batch, facts);
            const index = farm.day - facts.startDay;
            for (const assignment of batch.assignments) {
              numbers.reading = writeReadings(
                part,
                numbers.reading,
                facts,
                index,
                assignment.ordinal,
                h * ITEMS_PER_HOUR,
                facts.places[batch.stage]![assignment.ordinal]!.sensors,
                hourColumns,
                ends[batch.index]!.byOrdinal[assignment.ordinal]!,
              );
            }
          }
        }
      },
    };
  },
});

/** One container at one hour; returns the next id. */
function writeReadings(
  part: Part,
  id: number,
  facts: BatchFacts,
  index: number,
  ordinal: number,
  firstItem: number,
  sensors: readonly Sensor[],
  hourColumns: HourColumns,
  ends: readonly Column[],
): number {
  const { out } = part;
  const a = aimA(facts.keys.reading, index, ordinal);
  const b = aimB(facts.keys.reading, index, ordinal);
  for (let s = 0; s < sensors.length; s++) {
    const { low, span } = sensors[s]!;
    let at = part.begin();
    at = integer(out, at, id++);
    at = tenThousandths(out, at, wholeOf(valueAt(a, b, firstItem + s), low, span));
    at = copied(out, at, hourColumns.out, hourColumns.length);
    at = text(out, at, ends[s]!);
    part.end(at);
  }
  return id;
}
