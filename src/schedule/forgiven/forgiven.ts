/**
 * A schedule file as people and the original system write it, made the schedule that it means. What
 * matters is left to the schema and the laws: dates, eggs, places, overlaps. What does not matter, or
 * can mean one thing alone, is put right and said.
 */
import { isoOf, parseIso } from "../../farm/days.ts";
import { namedValues } from "../../fixtures/expected.ts";
import { shown } from "../../fixtures/shown.ts";
import { isDecimal } from "../../fixtures/tree.ts";
import { checked } from "../../fixtures/yaml.ts";
import { forgivenBatch } from "./batch.ts";
import { readDays, withAsOf, withCounts } from "./metadata.ts";
import { atKey, knownKeys, noteAt, numberOf, type Spot, type Tree, treeOf } from "./values.ts";
import type { Reading } from "./stays.ts";
import { MOST_SCHEDULED, partition } from "../format.ts";
import { LONGEST_LIFE, LONGEST_TRANSITION } from "../limits.ts";
import { partitionsFinding } from "../partitions.ts";
import type { Remarks } from "../remarks.ts";

/** A file as a schedule. */
export interface Forgiven {
  /** For the schema, which refuses what is left. */
  readonly tree: unknown;
  /** Of every batch, its place in the file. */
  readonly origin: readonly number[];
  /** Numbers of the batches whose harvest target the file does not say. */
  readonly drawn: ReadonlySet<string>;
}

/** A batch with its place in the file. */
interface Numbered {
  readonly batch: unknown;
  readonly at: number;
}

/** The schedule that a file means, as far as it can be read. */
export function forgiven(data: unknown, reading: Reading, remarks: Remarks): Forgiven {
  const file = treeOf(data);
  const top: Spot = { path: "", of: "", remarks };
  // What is longer is refused before anybody looks at it.
  if (file === undefined || !Array.isArray(file.batches) || file.batches.length > MOST_SCHEDULED) {
    return { tree: data, origin: [], drawn: new Set() };
  }
  const known = knownKeys(file, ["metadata", "batches"], top);
  const place = atKey(top, "metadata");
  const read = file.batches.map((batch: unknown, at): Numbered => {
    const tree = treeOf(batch);
    return {
      at,
      batch: tree === undefined ? batch : forgivenBatch(tree, `batches[${at}]`, reading, remarks),
    };
  });
  const drawn = new Set(file.batches.flatMap((batch: unknown) => {
    const { batch_id: id, harvest_target_kg: target } = treeOf(batch) ?? {};
    return typeof id === "string" && target == null ? [id] : [];
  }));
  const given = known.metadata == null ? {} : treeOf(known.metadata);
  if (given === undefined) {
    return { tree: { ...known, batches: read.map(({ batch }) => batch) }, origin: [], drawn };
  }
  const days = (batch: unknown) => readDays(treeOf(batch) ?? {}, reading.life);
  const metadata = withAsOf(
    withSeed(given, place),
    read.map(({ batch }) => days(batch)),
    place,
  );
  const asOfText = metadata.as_of ?? metadata.generated_date;
  const asOf = typeof asOfText === "string" ? parseIso(asOfText) : undefined;
  const aged = asOf === undefined ? read : agedBatches(read, asOf, reading, remarks);
  const batches = inOrder(aged, remarks);
  const moved = batches.length < read.length || batches.some(({ at }, i) => at !== i);
  const trees = batches.map(({ batch }) => batch);
  const completed = trees.filter((batch) => {
    const { duration = 0, harvest = Infinity } = days(batch) ?? {};
    return harvest < duration;
  }).length;
  const counted = withCounts(
    metadata,
    read.length,
    new Map(reading.infrastructure.homes.map(({ name }) => [
      name,
      trees.filter((batch) => treeOf(batch)?.geography === name).length,
    ])),
    { completed, active: trees.length - completed },
    place,
  );
  return {
    tree: { metadata: withPartitions(counted, trees.length, moved, place), batches: trees },
    origin: batches.map(({ at }) => at),
    drawn,
  };
}

/** Metadata with a seed that can be one, or without. */
function withSeed({ seed, ...rest }: Tree, place: Spot): Tree {
  if (seed == null) return rest;
  const at = atKey(place, "seed");
  const number = readSeed(seed);
  if (number !== undefined) {
    numberOf(seed, at);
    return { ...rest, seed: number };
  }
  const because = `${shown(seed)}, expected a whole number from 0: left out`;
  noteAt(at, "wrong", because);
  return rest;
}

/** A seed as a file writes it; undefined for what is none. */
export function readSeed(seed: unknown): number | undefined {
  const number = typeof seed === "string" && isDecimal(seed.trim()) ? Number(seed) : seed;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? number as number : undefined;
}

/** The days over which containers go to the next stage, as a file has them; undefined where it has none. */
export function readTransition(days: unknown): number | undefined {
  const number = readSeed(days);
  return number !== undefined && number >= 1 && number <= LONGEST_TRANSITION ? number : undefined;
}

/** Batches whose durations are what the as-of date makes them; those that have not begun are left out. */
function agedBatches(
  batches: readonly Numbered[],
  asOf: number,
  { life }: Reading,
  remarks: Remarks,
): Numbered[] {
  const aged = batches.flatMap(({ batch, at }): Numbered[] => {
    const tree = treeOf(batch);
    const days = tree === undefined ? undefined : readDays(tree, life);
    if (tree === undefined || days === undefined) return [{ batch, at }];
    const of = ` (${String(tree.batch_id)})`;
    const place: Spot = { path: `batches[${at}]`, of, remarks };
    if (days.start >= asOf) {
      const because = `${tree.start_date}, not before the as-of date, ${isoOf(asOf)}: ` +
        "the batch is left out";
      noteAt(atKey(place, "start_date"), "does not matter", because);
      return [];
    }
    const duration = Math.min(LONGEST_LIFE, asOf - days.start);
    if (duration === days.duration) return [{ batch, at }];
    const { duration: said, harvest } = days;
    // Its fish are harvested before either day, or it says how long the batch is to live in the end.
    const isWhole = said !== undefined && said >= harvest;
    if (tree.duration != null && !isWhole) return [{ batch, at }];
    const because = said === undefined ? "missing" : `${said}`;
    const at_ = atKey(place, "duration");
    noteAt(
      at_,
      said === undefined ? "derived" : "does not matter",
      `${because}, read as ${duration}`,
    );
    return [{ batch: { ...tree, duration }, at }];
  });
  // A file of which nothing has begun is refused by its first batch.
  return aged.length === 0 ? [...batches] : aged;
}

/** Batches by their starts. */
function inOrder(batches: readonly Numbered[], remarks: Remarks): Numbered[] {
  const startOf = ({ batch }: Numbered) => {
    const start = treeOf(batch)?.start_date;
    return typeof start === "string" ? start : "";
  };
  const sorted = batches.toSorted((one, other) =>
    startOf(one) < startOf(other) ? -1 : startOf(one) > startOf(other) ? 1 : 0
  );
  const first = sorted.findIndex((one, i) => one !== batches[i]);
  if (first >= 0) {
    const because = "not in the order of their starts, in which they are read";
    remarks.say("order", `batches are ${because}`);
  }
  return sorted;
}

/** Slices of the original's executor, if they fit; Redd uses none. */
function withPartitions(tree: Tree, total: number, moved: boolean, place: Spot): Tree {
  const { worker_partitions, ...rest } = tree;
  if (worker_partitions === undefined) return tree;
  const parsed = checked(worker_partitions, namedValues(partition));
  const finding = !parsed.ok ? parsed.because : partitionsFinding(parsed.data, total)?.because;
  if (!moved && finding === undefined) return tree;
  noteAt(
    atKey(place, "worker_partitions"),
    "wrong",
    `without every batch once${
      moved ? ", as they are read" : ""
    }: left out, since Redd does not use it`,
  );
  return rest;
}
