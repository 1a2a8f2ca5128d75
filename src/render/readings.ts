/** Rows of `environmental_environmentalreading` (domain.md#6): hour, batch, container, parameter. */
import { NO_READING } from "../farm/biology.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import type { ContainerFacts } from "../farm/facts.ts";
import { placeOf, type World } from "../farm/world.ts";
import {
  copyBytes,
  csvQuoted,
  fixedFields,
  writeEmpty,
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

/** Room for the columns from batch_id on of one sensor: six numbers at most, and their commas. */
const END_ROOM = 128;

/** The columns from batch_id on, by sensor: they do not change while the fish are in the container. */
interface Ends {
  readonly assignment: number;
  /** {@linkcode END_ROOM} bytes for every sensor. */
  readonly out: DataView;
  readonly lengths: readonly number[];
}

function endsOf(batch: Batch, assignment: Assignment, { id, sensors }: ContainerFacts): Ends {
  const out = new DataView(new ArrayBuffer(END_ROOM * sensors.length));
  const lengths = sensors.map((sensor, s) => {
    const from = END_ROOM * s;
    let at = writeInteger(out, from, batch.id);
    at = writeInteger(out, at, id);
    at = writeInteger(out, at, sensor.parameterId);
    at = writeEmpty(out, at);
    at = writeInteger(out, at, sensor.id);
    return writeInteger(out, at, assignment.id) - from;
  });
  return { assignment: assignment.id, out, lengths };
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
    /** By the id of the container, of the fish that were in it last. */
    const ends: Ends[] = [];
    return {
      read(farm) {
        for (let h = 0; h < readingHours.length; h++) {
          renderHour(plain, farm.day, readingHours[h]!);
          for (const batch of farm.batches) {
            if (batch.assignments.length === 0) continue;
            for (const assignment of batch.assignments) {
              const place = placeOf(world, assignment);
              let own = ends[place.id];
              if (own?.assignment !== assignment.id) {
                own = ends[place.id] = endsOf(batch, assignment, place);
              }
              water.read(values, farm, assignment, h);
              const remark = water.remark(farm, assignment, h);
              if (remark !== null) {
                const columns = fixedFields(`false,${csvQuoted(remark.text)}`);
                renderHour(noted, farm.day, readingHours[h]!, columns);
              }
              const sensor = remark === null ? NO_SENSOR : remark.sensor;
              numbers.reading = writeReadings(
                part,
                numbers.reading,
                values,
                own,
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
  { out: ends, lengths }: Ends,
  plain: HourColumns,
  noted: HourColumns,
  notedSensor: number,
): number {
  const { out } = part;
  for (let s = 0; s < lengths.length; s++) {
    const value = values[s]!;
    if (value === NO_READING) continue;
    let at = part.begin();
    at = writeInteger(out, at, id++);
    at = writeTenThousandths(out, at, value);
    const { out: hour, length } = s === notedSensor ? noted : plain;
    at = copyBytes(out, at, hour, length);
    at = copyBytes(out, at, ends, lengths[s]!, END_ROOM * s);
    part.end(at);
  }
  return id;
}
