/** Schedules that have a name. */
import { dayOf } from "../farm/days.ts";
import type { SingleBatch } from "./single.ts";

/** A batch that stands alone, without its seed. */
export type SinglePreset = Omit<SingleBatch, "seed">;

/** The presets of one batch. Their dates are fixed, so that their digests can be promised. */
export const SINGLE_PRESETS = {
  /** Eggs to parr: 200 days. */
  single: {
    startDay: dayOf({ year: 2025, month: 1, day: 1 }),
    eggs: 3_500_000,
    geography: "Faroe Islands",
    duration: 200,
  },
  /** A whole life: 900 days up to 2025-11-21. */
  lifecycle: {
    startDay: dayOf({ year: 2025, month: 11, day: 21 }) - 900,
    eggs: 3_500_000,
    geography: "Faroe Islands",
    duration: 900,
  },
} as const satisfies Record<string, SinglePreset>;

/** The name of a preset. */
export type PresetName = keyof typeof SINGLE_PRESETS;
