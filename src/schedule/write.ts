/** Writes a schedule file. */
import { messageOf, ReddError } from "../errors.ts";
import { writeWhole } from "../files/create.ts";
import type { Schedule } from "./format.ts";
import { scheduleText } from "./text.ts";

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}

/** Writes a text as a whole or not at all; what was half written is removed. */
function write(path: string, text: string): void {
  const partial = `${path}.partial`;
  try {
    writeWhole(path, text, partial);
  } catch (thrown) {
    if (exists(partial)) Deno.removeSync(partial);
    throw thrown;
  }
}

/**
 * Writes a schedule; a file that is there is replaced only with `force`.
 *
 * @throws {ReddError} input, when there is a file; environment, when it cannot be written.
 */
export function writeSchedule(path: string, schedule: Schedule, force: boolean): void {
  const cannot = `write the schedule ${path}`;
  try {
    if (!force && exists(path)) {
      throw new ReddError("input", "SCHEDULE_EXISTS", {
        cannot,
        because: "it is there already",
        remedy: "Give another file with --output, or --force to replace it",
      });
    }
    write(path, scheduleText(schedule));
  } catch (cause) {
    if (cause instanceof ReddError) throw cause;
    const because = messageOf(cause);
    const remedy = "Give a file that can be written with --output";
    throw new ReddError("environment", "CANNOT_WRITE", { cannot, because, remedy, cause });
  }
}
