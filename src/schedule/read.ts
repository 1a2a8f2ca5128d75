/** Reads a schedule file. */
import { messageOf, ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { parseYaml } from "../fixtures/yaml.ts";
import { checkSchedule, findingText } from "./check.ts";
import { type Schedule, scheduleSchema } from "./format.ts";

function scheduleError(
  path: string,
  because: string,
  cause?: unknown,
  remedy = "Correct it in the file",
): ReddError {
  return new ReddError("input", "SCHEDULE_INVALID", {
    cannot: `read the schedule ${path}`,
    because,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * Reads a schedule and holds it against the farm.
 *
 * @throws {ReddError} input, naming file, path, value and what was expected; line and column where
 *   the YAML is broken.
 */
export function readSchedule(
  path: string,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound;
    const because = missing ? "there is no such file" : messageOf(cause);
    throw scheduleError(path, because, cause, "Give the path of a schedule that can be read");
  }
  const parsed = parseYaml(text, scheduleSchema);
  if (!parsed.ok) throw scheduleError(path, parsed.because, parsed.cause);
  const finding = checkSchedule(parsed.data, profile, infrastructure);
  if (finding !== undefined) {
    throw scheduleError(path, findingText(finding));
  }
  return parsed.data;
}
