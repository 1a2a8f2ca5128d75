/** A schedule as text: what is stored with a dataset and what its digest is taken of. */
import { stringify } from "../packages/yaml.ts";
import type { Schedule } from "./format.ts";

/**
 * YAML of a schedule, which {@linkcode readSchedule} reads; equal schedules give equal text, whatever
 * objects they share.
 */
export function scheduleText(schedule: Schedule): string {
  return stringify(schedule, { lineWidth: 100, useAnchors: false });
}
