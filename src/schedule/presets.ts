/** Schedules that have a name. */
import { dayOf } from "../farm/days.ts";
import type { Profile } from "../fixtures/profile.ts";
import type { FarmRequest } from "./plan.ts";
import type { SingleBatch } from "./single.ts";

/** A batch that stands alone, without its seed. */
export type SinglePreset = Omit<SingleBatch, "seed">;

/** A whole farm, without its seed. */
export type FarmPreset = Omit<FarmRequest, "seed">;

/** The as-of day of the presets; it is fixed, so that their digests can be promised (rulings.md#1). */
export const PRESET_AS_OF: number = dayOf({ year: 2025, month: 11, day: 21 });

/** The share of a geography's rings that may be taken at once, unless another is given. */
export const SATURATION = 0.85;

/** The presets of one batch; each lacks its seed. */
export const SINGLE_PRESETS: Readonly<Record<"single" | "lifecycle", SinglePreset>> = {
  /** Eggs to parr: 200 days. */
  single: {
    startDay: dayOf({ year: 2025, month: 1, day: 1 }),
    eggs: 3_500_000,
    duration: 200,
  },
  /** A whole life: 900 days up to 2025-11-21. */
  lifecycle: {
    startDay: PRESET_AS_OF - 900,
    eggs: 3_500_000,
    duration: 900,
  },
};

function farm(perGeography: number, stagger: number): FarmPreset {
  return { perGeography, stagger, saturation: SATURATION, asOf: PRESET_AS_OF };
}

/**
 * A preset of a whole farm for a profile: one that keeps its own limits has a longer stagger, and so
 * many batches as start in the same time.
 */
export function farmPreset(preset: FarmPreset, { field }: Profile): FarmPreset {
  const { perGeography, stagger } = preset;
  const own = field?.plan.staggers.find(({ documented }) => documented === stagger);
  if (own === undefined) return preset;
  const count = Math.max(1, Math.floor(perGeography * stagger / own.days));
  return { ...preset, perGeography: count, stagger: own.days };
}

/** A preset of one batch for a profile. */
export function singlePreset(preset: SinglePreset, { field }: Profile): SinglePreset {
  return field === undefined ? preset : { ...preset, eggs: field.plan.eggs_alone };
}

/** The presets of a whole farm, up to 2025-11-21; each lacks its seed. */
export const FARM_PRESETS: Readonly<
  Record<"small" | "medium" | "production" | "saturation", FarmPreset>
> = {
  /** 20 batches, far enough apart that every stage and harvests occur (rulings.md#28). */
  small: farm(10, 50),
  /** 40 batches at the same distance. */
  medium: farm(20, 50),
  /** 144 batches: four years of production. */
  production: farm(72, 13),
  /** 250 batches at the shortest stagger that the rings bear. */
  saturation: farm(125, 6),
};
