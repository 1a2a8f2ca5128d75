/** Reads a schedule file. */
import { ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { OpenOptions } from "../files/regular.ts";
import { readUtf8, whyUnread } from "../files/utf8.ts";
import type { Profile } from "../fixtures/profile.ts";
import { shortened } from "../fixtures/shown.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { parseYaml } from "../fixtures/yaml.ts";
import { checkSchedule, findingText } from "./check.ts";
import { type Schedule, SCHEDULE_LIMITS, scheduleSchema } from "./format.ts";

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

/**
 * Reads a schedule and holds it against the farm.
 *
 * @param path A regular file of at most 10 MB. A link to one will do where a user has named it; what
 *   lies in a dataset is read with `follow` false.
 * @throws {ReddError} input, naming file, path, value and what was expected; line and column where
 *   the YAML is broken.
 */
export function readSchedule(
  path: string,
  profile: Profile,
  infrastructure: Infrastructure,
  { follow = true }: OpenOptions = {},
): Schedule {
  let text: string;
  try {
    text = readUtf8(path, SCHEDULE_LIMITS.bytes, { follow });
  } catch (cause) {
    const remedy = "Give the path of a schedule that can be read";
    throw scheduleError(path, whyUnread(cause), cause, remedy);
  }
  return parseSchedule(path, text, profile, infrastructure);
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
): Schedule {
  const parsed = parseYaml(text, scheduleSchema, SCHEDULE_LIMITS);
  if (!parsed.ok) throw scheduleError(path, parsed.because, parsed.cause);
  const schedule = inOrderOfLife(parsed.data, freshwaterStages(profile));
  const finding = checkSchedule(schedule, profile, infrastructure);
  if (finding !== undefined) {
    throw scheduleError(path, findingText(finding));
  }
  return schedule;
}
