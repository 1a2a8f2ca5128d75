/** What a file says of the whole: only its as-of date matters, and counts follow from the batches. */
import { isoOf } from "../../farm/days.ts";
import { shown } from "../../fixtures/shown.ts";
import { atKey, dateOf, noteAt, numberOf, type Spot, type Tree, treeOf } from "./values.ts";
import { MOST_STAGGER, TARGETS } from "../limits.ts";
import type { Life } from "../life.ts";
import { dateInRange } from "../range.ts";

/** What the days of a batch say, as far as they can be read. */
interface Days {
  readonly start: number;
  readonly duration: number | undefined;
  /** The day index of its harvest. */
  readonly harvest: number;
}

/** The days of a batch of a tree; undefined where its start cannot be read. */
export function readDays({ start_date, duration, harvest_target_kg }: Tree, life: Life) {
  const start = typeof start_date === "string" ? dateInRange(start_date) : undefined;
  if (start === undefined || typeof harvest_target_kg !== "number") return undefined;
  const target = Number(harvest_target_kg.toFixed(6));
  if (!(target >= TARGETS.least && target <= TARGETS.most)) return undefined;
  const days: Days = {
    start,
    duration: typeof duration === "number" ? duration : undefined,
    harvest: life.harvestOf(target),
  };
  return days;
}

/**
 * The as-of date of a file, and the metadata with it: the one that it names. Where it names none, the
 * day up to which its living batches are simulated, for `generated_date` is when the file was written;
 * that where they do not agree on a day.
 */
export function withAsOf(tree: Tree, batches: readonly (Days | undefined)[], place: Spot): Tree {
  const date = (key: string) => dateOf(tree[key], atKey(place, key));
  const [asOf, generated] = [date("as_of"), date("generated_date")];
  const { as_of: _, generated_date: __, ...rest } = tree;
  if (asOf != null) return { generated_date: generated ?? asOf, ...rest, as_of: asOf };
  const lived = livedUntil(batches, typeof generated === "string" ? generated : undefined);
  if (lived === undefined || lived === generated) return { generated_date: generated, ...rest };
  const at = atKey(place, "generated_date");
  noteAt(
    at,
    "derived",
    `${shown(generated)}, and batches are simulated up to ${lived}, which is the as-of date`,
  );
  const written = typeof generated === "string" && dateInRange(generated) !== undefined;
  return { generated_date: written ? generated : lived, ...rest, as_of: lived };
}

/**
 * The day up to which batches are simulated that are not harvested before: that of most of them. A plan
 * of which nothing has begun when it was written is lived to the last day that it says.
 */
function livedUntil(
  batches: readonly (Days | undefined)[],
  generated: string | undefined,
): string | undefined {
  const times = new Map<string, number>();
  for (const days of batches) {
    if (days?.duration === undefined || days.duration < 1 || days.duration >= days.harvest) {
      continue;
    }
    const end = isoOf(days.start + days.duration);
    times.set(end, (times.get(end) ?? 0) + 1);
  }
  if (generated !== undefined && times.has(generated)) return generated;
  const starts = batches.flatMap((days) => days === undefined ? [] : [days]);
  if (starts.length === 0) return undefined;
  const begun = generated === undefined || starts.some(({ start }) => isoOf(start) < generated);
  if (!begun && starts.every(({ duration = 0 }) => duration > 0)) {
    return isoOf(Math.max(...starts.map(({ start, duration = 0 }) => start + duration)));
  }
  const [most] = [...times].toSorted(([one, n], [other, m]) => m - n || (one < other ? 1 : -1));
  return most?.[0];
}

/** What is always there of a plan. */
const PLAN_KEYS = ["total_batches", "batches_per_geography", "target_saturation", "stagger_days"];

/**
 * Metadata whose counts are those of the batches. What Redd does not know stays as it is.
 *
 * @param inFile How many batches the file has, those that have not begun too.
 * @param perGeography How many batches each geography has, by its name.
 * @param status How many batches are harvested by the as-of date, and how many live.
 */
export function withCounts(
  tree: Tree,
  inFile: number,
  perGeography: ReadonlyMap<string, number>,
  status: { readonly completed: number; readonly active: number },
  place: Spot,
): Tree {
  const total = status.completed + status.active;
  const counted = (key: string, expected: number, also: readonly number[] = []) => {
    if (isCountOfEach(tree[key], perGeography)) return expected;
    const found = numberOf(tree[key] ?? expected, atKey(place, key));
    if (found === expected || also.includes(found as number)) return found;
    const because = `${shown(found)}, expected ${expected}, as many batches are there`;
    noteAt(atKey(place, key), "wrong", because);
    return expected;
  };
  counted("total_batches", total, [inFile]);
  // What a file counts by status is written as it is, not as the file says.
  const byStatus = (["completed", "active"] as const).map((key) => {
    const name = `${key}_batches`;
    return [name, counted(name, status[key])] as const;
  }).filter(([name]) => tree[name] != null);
  const { generated_date, as_of, seed, worker_partitions, ...rest } = tree;
  const others = Object.entries(rest).filter(([key]) => !PLAN_KEYS.includes(key));
  const even = Math.ceil(total / perGeography.size);
  return {
    generated_date,
    total_batches: total,
    batches_per_geography: counted("batches_per_geography", even, [...perGeography.values()]),
    target_saturation: plannedWith(
      tree.target_saturation,
      1,
      atKey(place, "target_saturation"),
      1,
    ),
    stagger_days: plannedWith(tree.stagger_days, 0, atKey(place, "stagger_days"), MOST_STAGGER),
    ...worker_partitions == null ? {} : { worker_partitions },
    ...Object.fromEntries([...others, ...byStatus]),
    ...seed == null ? {} : { seed },
    ...as_of == null ? {} : { as_of },
  };
}

/** Whether a value is a mapping that counts the batches of each geography, as they are. */
function isCountOfEach(value: unknown, perGeography: ReadonlyMap<string, number>): boolean {
  const tree = treeOf(value);
  if (tree === undefined) return false;
  const said = Object.entries(tree);
  return said.every(([name, count]) => perGeography.get(name) === count) &&
    [...perGeography].every(([name, count]) => count === 0 || Object.hasOwn(tree, name));
}

/** What a plan was made with, which goes on with it and does nothing else; `otherwise` where it is odd. */
function plannedWith(value: unknown, otherwise: number, place: Spot, most: number): number {
  if (value == null) {
    const because = `missing, written as ${otherwise}: nothing follows from it`;
    place.remarks.say("plan derived", `${place.path} is ${because}`);
    return otherwise;
  }
  const number = numberOf(value, place);
  const fits = typeof number === "number" && number >= 0 && number <= most &&
    (most === 1 ? Number(number.toFixed(6)) === number : Number.isInteger(number));
  if (fits) return number;
  noteAt(place, "wrong", `${shown(number)}, expected a number up to ${most}: read as ${otherwise}`);
  return otherwise;
}
