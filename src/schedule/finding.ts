/** What is found wrong in a schedule. */
import { isoOf, parseIso } from "../farm/days.ts";
import type { ScheduledBatch } from "./format.ts";

/** A rule that a schedule breaks: where, and what was found and expected there. */
export interface Finding {
  /** `batches[3].duration`. */
  readonly path: string;
  /** What was found there and what was expected: `499, expected 500`. */
  readonly because: string;
  /**
   * The number of the batch and the first and last date that it is about, as `2025-01-31`; absent
   * where it is about the whole schedule.
   */
  readonly of?: { readonly batch: string; readonly from: string; readonly to: string };
}

/** `batches[3].duration is 499, expected 500 (FAR-2020-002, 2020-09-12 to 2022-01-24)`. */
export function findingText({ path, because, of }: Finding): string {
  const about = of === undefined ? "" : ` (${of.batch}, ${of.from} to ${of.to})`;
  return `${path} is ${because}${about}`;
}

/** A finding about a batch from one day index to another; its whole life unless given. */
export function findingOf(
  batch: ScheduledBatch,
  path: string,
  because: string,
  [from, to]: readonly [number, number] = [0, batch.duration],
): Finding {
  const start = parseIso(batch.start_date)!;
  const of = { batch: batch.batch_id, from: isoOf(start + from), to: isoOf(start + to) };
  return { path, because, of };
}
