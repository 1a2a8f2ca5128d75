/** Reads a schedule file. */
import { ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import { readUtf8, whyUnread } from "../files/utf8.ts";
import type { Profile } from "../fixtures/profile.ts";
import { shortened, shown } from "../fixtures/shown.ts";
import { checked, parseYaml } from "../fixtures/yaml.ts";
import { z } from "../packages/zod.ts";
import { checkSchedule, findingText } from "./check.ts";
import { forgiven, readSeed, readTransition } from "./forgiven/forgiven.ts";
import { sayPoints } from "./forgiven/points.ts";
import { treeOf } from "./forgiven/values.ts";
import { FOREIGN_LIMITS, type Schedule, SCHEDULE_LIMITS, scheduleSchema } from "./format.ts";
import { lifeOf } from "./life.ts";
import { DEFAULT_SEED } from "./limits.ts";
import { foreignPlace } from "./other_layout.ts";
import { placeNames } from "./place_names.ts";
import { newRemarks } from "./remarks.ts";

function scheduleError(
  path: string,
  because: string,
  cause?: unknown,
  remedy = "Correct it in the file",
): ReddError {
  return new ReddError("input", "SCHEDULE_INVALID", {
    cannot: `read the schedule ${path}`,
    because: shortened(because),
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The stays of all batches in the order of their stages, so that equal schedules give equal text. */
function inOrderOfLife({ metadata, batches }: Schedule, stages: readonly string[]): Schedule {
  const place = (key: string) => (stages.indexOf(key) + stages.length + 1) % (stages.length + 1);
  return {
    metadata,
    batches: batches.map((batch) => ({
      ...batch,
      freshwater: Object.fromEntries(
        Object.entries(batch.freshwater).toSorted(([one], [other]) => place(one) - place(other)),
      ),
    })),
  };
}

/** How a schedule is read. */
export interface ReadScheduleOptions {
  /** Follows a link that the user has named; true unless given. */
  readonly follow?: boolean;
  /**
   * Draws the harvest targets of a file that has none: the seed of the dataset, where it is known. The
   * file's own unless given, or 1.
   */
  readonly seed?: number;
  /** Ids of the diseases that its outbreaks may be of; any will do unless given. */
  readonly diseases?: readonly string[];
  /**
   * Is told what a file says otherwise than it is read, in one text for each kind of remark, with how
   * often it is so, also before a file is refused. Nobody is unless given.
   */
  readonly onRemark?: (text: string) => void;
}

/**
 * Reads a schedule and holds it against the farm. Files of the original system are read as they are:
 * what they leave out or say otherwise is put right where it can mean one thing alone
 * (schedule.md#2).
 *
 * @param path A regular file of at most 10 MB. A link to one will do where a user has named it; what
 *   lies in a dataset is read with `follow` false.
 * @throws {ReddError} input, naming file, path, value, batch and what was expected; line and column
 *   where the YAML is broken.
 */
export function readSchedule(
  path: string,
  profile: Profile,
  infrastructure: Infrastructure,
  options: ReadScheduleOptions = {},
): Schedule {
  const { follow = true } = options;
  let text: string;
  try {
    text = readUtf8(path, SCHEDULE_LIMITS.bytes, { follow });
  } catch (cause) {
    const remedy = "Give the path of a schedule that can be read";
    throw scheduleError(path, whyUnread(cause), cause, remedy);
  }
  return parseSchedule(path, text, profile, infrastructure, options);
}

/**
 * The schedule of a text, held against the farm.
 *
 * @param path Where the text is from, for messages.
 * @throws {ReddError} as {@linkcode readSchedule}.
 */
export function parseSchedule(
  path: string,
  text: string,
  profile: Profile,
  infrastructure: Infrastructure,
  { seed, diseases, onRemark = () => {} }: ReadScheduleOptions = {},
): Schedule {
  let written: unknown;
  const file = parseYaml(text, z.unknown(), FOREIGN_LIMITS, (tree) => written = tree);
  if (!file.ok) throw scheduleError(path, file.because, file.cause);
  const names = placeNames(infrastructure);
  const { batches } = treeOf(file.data) ?? {};
  if (Array.isArray(batches) && batches.every((batch) => batch === null)) {
    const because = `batches is ${shown(batches)}, expected at least one batch`;
    throw scheduleError(path, because, undefined, "Give a schedule that has one");
  }
  const foreign = foreignPlace(Array.isArray(batches) ? { batches } : file.data, names);
  if (foreign !== undefined) throw otherLayout(path, foreign, names.stations);
  const remarks = newRemarks();
  for (const tag of file.tags ?? []) {
    remarks.say("tags", `the tag ${shown(tag).slice(1, -1)} is passed over`);
  }
  sayPoints(file.data, written, { path: "", of: "", remarks });
  const metadata = treeOf(treeOf(file.data)?.metadata);
  const life = lifeOf(profile, readTransition(metadata?.transition_days));
  const reading = {
    profile,
    life,
    infrastructure,
    names,
    seed: seed ?? readSeed(metadata?.seed) ?? DEFAULT_SEED,
  };
  const { tree, origin, drawn } = forgiven(file.data, reading, remarks);
  // A refusal may rest on what was read in the place of something else, so that is said first.
  for (const text of remarks.texts()) onRemark(text);
  // What is refused is named by its place in the file.
  const inFile = (because: string) =>
    because.replaceAll(/\bbatches\[(\d+)\]/g, (_, i) => `batches[${origin[Number(i)] ?? i}]`);
  const parsed = checked(tree, scheduleSchema, {
    of: (at) => batchOf(tree, at),
    written,
    inFile: ([key, i, ...rest]) =>
      key === "batches" && typeof i === "number"
        ? [key, origin[i] ?? i, ...rest]
        : [key, i, ...rest].filter((one) => one !== undefined),
  });
  if (!parsed.ok) throw scheduleError(path, inFile(parsed.because), parsed.cause);
  const schedule = inOrderOfLife(parsed.data, life.halls);
  const finding = checkSchedule(schedule, profile, infrastructure, drawn, diseases);
  if (finding !== undefined) throw scheduleError(path, inFile(findingText(finding)));
  return schedule;
}

/** ` (FAR-2020-001)`: the batch in which a path of a file leads, if it has a number. */
function batchOf(tree: unknown, [key, i, ...rest]: readonly PropertyKey[]): string {
  const batches = treeOf(tree)?.batches;
  if (key !== "batches" || typeof i !== "number" || !Array.isArray(batches)) return "";
  const id = treeOf(batches[i])?.batch_id;
  return typeof id === "string" && rest[0] !== "batch_id" ? ` (${shown(id).slice(1, -1)})` : "";
}

/** The file is of a farm with other places. */
function otherLayout(path: string, foreign: string, stations: string): ReddError {
  return new ReddError("input", "OTHER_LAYOUT", {
    cannot: `read the schedule ${path}`,
    because: shortened(
      `${foreign}, which is no place of this farm. Files that name real stations and halls, as the ` +
        `reference packs of 2026 do, are of another layout; the stations here are ${stations}`,
    ),
    remedy: "Give a schedule of this layout, or plan one: deno task schedule",
  });
}
