/** Rows of `environmental_environmentalreading` (domain.md#6): hour, batch, container, parameter. */
import { NO_READING } from "../farm/biology.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import type { SensorFacts } from "../farm/facts.ts";
import { placeOf, type World } from "../farm/world.ts";
import {
  copyBytes,
  csvQuoted,
  type FixedField,
  fixedFields,
  writeField,
  writeInstant,
  writeInteger,
  writeTenThousandths,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import type { PartWriter } from "./part.ts";

/** reading_time, is_manual, notes and created_at: the same for all readings of an hour but for one. */
interface HourColumns {
  readonly out: DataView;
  length: number;
}

/** Room for them. */
const HOUR_ROOM = 512;

const NOT_MANUAL_NO_NOTES = fixedFields('false,""');

function newHour(): HourColumns {
  return { out: new DataView(new ArrayBuffer(HOUR_ROOM)), length: 0 };
}

function renderHour(
  target: HourColumns,
  day: number,
  hour: number,
  manualAndNotes = NOT_MANUAL_NO_NOTES,
): void {
  let at = writeInstant(target.out, 0, day, hour);
  at = writeField(target.out, at, manualAndNotes);
  target.length = writeInstant(target.out, at, day, hour);
}

/** The columns from batch_id on, which do not change while the fish are in the container. */
function endOfRow(
  batch: Batch,
  assignment: Assignment,
  container: number,
  sensor: SensorFacts,
): FixedField {
  return fixedFields(
    `${batch.id},${container},${sensor.parameterId},,${sensor.id},${assignment.id}`,
  );
}

/** The ends of the rows of an assignment, by sensor. */
interface Ends {
  readonly assignment: number;
  readonly bySensor: readonly FixedField[];
}

function endsOf(batch: Batch, assignment: Assignment, world: World): Ends {
  const { id, sensors } = placeOf(world, assignment);
  const bySensor = sensors.map((sensor) => endOfRow(batch, assignment, id, sensor));
  return { assignment: assignment.id, bySensor };
}

/** How many sensors a container has at most. */
function mostSensors({ batches }: World): number {
  let most = 0;
  for (const { places } of batches) {
    for (const { sensors } of places.flat()) most = Math.max(most, sensors.length);
  }
  return most;
}

/** The readings of all sensors on a day of the farm. */
export const readings = feature({
  tables: { reading: "environmental_environmentalreading" },
  count: ({ world, numbers }) => ({
    read(farm) {
      const { water } = world.biology;
      for (const batch of farm.batches) numbers.reading += water.count(farm, batch);
    },
  }),
  render({ parts, world, numbers }) {
    const { readingHours } = world.rates;
    const { water } = world.biology;
    const values = new Int32Array(mostSensors(world));
    const part = parts.reading;
    const [plain, noted] = [newHour(), newHour()];
    /** By batch, and then by its assignments as they are today. */
    const ends: Ends[][] = world.batches.map(() => []);
    return {
      read(farm) {
        for (let h = 0; h < readingHours.length; h++) {
          renderHour(plain, farm.day, readingHours[h]!);
          for (const batch of farm.batches) {
            if (batch.assignments.length === 0) continue;
            const own = ends[batch.index]!;
            for (let i = 0; i < batch.assignments.length; i++) {
              const assignment = batch.assignments[i]!;
              if (own[i]?.assignment !== assignment.id) {
                own[i] = endsOf(batch, assignment, world);
              }
              water.read(values, farm, assignment, h);
              const remark = water.remark(farm, assignment, h);
              if (remark !== null) {
                const columns = fixedFields(`false,${csvQuoted(remark.text)}`);
                renderHour(noted, farm.day, readingHours[h]!, columns);
              }
              const { bySensor } = own[i]!;
              const sensor = remark === null ? NO_SENSOR : remark.sensor;
              numbers.reading = writeReadings(
                part,
                numbers.reading,
                values,
                bySensor,
                plain,
                noted,
                sensor,
              );
            }
          }
        }
      },
    };
  },
});

/** The position of no sensor. */
const NO_SENSOR = -1;

/** The readings of one container at one hour, one of them noted; returns the next id. */
function writeReadings(
  part: PartWriter,
  id: number,
  values: Int32Array,
  ends: readonly FixedField[],
  plain: HourColumns,
  noted: HourColumns,
  notedSensor: number,
): number {
  const { out } = part;
  for (let s = 0; s < ends.length; s++) {
    const value = values[s]!;
    if (value === NO_READING) continue;
    let at = part.begin();
    at = writeInteger(out, at, id++);
    at = writeTenThousandths(out, at, value);
    const { out: hour, length } = s === notedSensor ? noted : plain;
    at = copyBytes(out, at, hour, length);
    at = writeField(out, at, ends[s]!);
    part.end(at);
  }
  return id;
}
