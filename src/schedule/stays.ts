/** In which containers a batch is from when to when, by its file and by its life. */
import { parseIso } from "../farm/days.ts";
import type { HallStay, ScheduledBatch, SeaStay } from "./format.ts";
import type { Life } from "./life.ts";

/** The stay of a batch in a hall or at sea, as day indices. */
export interface Stay {
  /** In the batch: `freshwater.parr.containers`. */
  readonly path: string;
  /** Of the life stage, from 0. */
  readonly stage: number;
  readonly containers: readonly string[];
  readonly from: number;
  /** To which the file reserves the containers. */
  readonly reserved: number;
  /** When the fish leave, at the latest when the batch has been simulated. */
  readonly left: number;
  /** When the fish leave, however long the batch is simulated. */
  readonly end: number;
}

/** The stay of a batch in the hall of a stage, by its key. */
export function hallStayOf({ freshwater }: ScheduledBatch, stage: string): HallStay | undefined {
  return Object.hasOwn(freshwater, stage) ? freshwater[stage] : undefined;
}

/** The stays of a batch, in order of life. */
export function staysOf(
  batch: ScheduledBatch,
  { halls, stays: planned, isFlexible, harvestOf }: Life,
): Stay[] {
  const stays: Stay[] = [];
  const add = (
    path: string,
    stage: number,
    containers: readonly string[],
    { start_day, end_day: reserved }: HallStay | SeaStay,
  ) => {
    const { from, to } = isFlexible ? { from: start_day, to: reserved } : planned[stage]!;
    const end = stage === halls.length && !isFlexible ? harvestOf(batch.harvest_target_kg) : to;
    const left = Math.min(batch.duration, end);
    stays.push({ path, stage, containers, from, reserved, left, end });
  };
  for (const [s, stage] of halls.entries()) {
    const hall = hallStayOf(batch, stage);
    if (hall !== undefined) add(`freshwater.${stage}.containers`, s, hall.containers, hall);
  }
  const { sea } = batch;
  if (sea !== null) add("sea.rings", halls.length, sea.rings, sea);
  return stays;
}

/** The day number of a batch's day index 0. */
export function startOf(batch: ScheduledBatch): number {
  return parseIso(batch.start_date)!;
}
