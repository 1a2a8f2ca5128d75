/** What is said of a load that was interrupted. */
import type { Interruption } from "../postgres/with_target.ts";

/** What is said when nothing has been done yet. */
const UNTOUCHED = "Nothing has changed in the target; load again when you like";

/**
 * The words for an interrupted load.
 *
 * @param remedy How things stand in the target, and what to do.
 */
export function interruptedLoad(
  folder: string,
  remedy: Interruption["remedy"] = UNTOUCHED,
): Interruption {
  return { cannot: `finish loading ${folder}`, remedy };
}
