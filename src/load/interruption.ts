/** What is said of a load that was interrupted. */
import type { Dataset } from "../dataset/dataset.ts";
import type { Interruption } from "../postgres/with_target.ts";

/** What is said when nothing has been done yet. */
const UNTOUCHED = "Nothing has changed in the target; load again when you like";

/**
 * The words for an interrupted load.
 *
 * @param remedy How things stand in the target, and what to do.
 */
export function interruptedLoad(
  { name }: Dataset,
  remedy: Interruption["remedy"] = UNTOUCHED,
): Interruption {
  return { cannot: `finish loading ${name}`, remedy };
}
