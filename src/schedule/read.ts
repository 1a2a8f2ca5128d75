/** Reads a schedule file. */
import { ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { OpenOptions } from "../files/regular.ts";
import { readUtf8, whyUnread } from "../files/utf8.ts";
import type { Profile } from "../fixtures/profile.ts";
import { shortened } from "../fixtures/shown.ts";
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
  const parsed = parseYaml(text, scheduleSchema, SCHEDULE_LIMITS);
  if (!parsed.ok) throw scheduleError(path, parsed.because, parsed.cause);
  const finding = checkSchedule(parsed.data, profile, infrastructure);
  if (finding !== undefined) {
    throw scheduleError(path, findingText(finding));
  }
  return parsed.data;
}
