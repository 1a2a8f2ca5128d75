/** The projection of a scenario (domain.md#13): growth by the models, without chance. */
import { cubeRoot } from "../chance/arithmetic.ts";
import type { ProjectionRates } from "./rates.ts";

/** What a scenario starts from. */
export interface ScenarioStart {
  /** Index of the first day in the life of the batch: where the stage clock starts (defects.md#b-30). */
  readonly fromIndex: number;
  /** The first day, as a day number. */
  readonly day: number;
  readonly days: number;
  readonly fish: number;
  /** In g. */
  readonly weight: number;
}

/** A scenario as it is created. */
export interface Scenario extends ScenarioStart {
  readonly id: number;
  readonly name: string;
  readonly supplier: string;
}

/** One day of a projection; weights in g, biomass and feed in kg, temperature in °C. */
export interface ProjectedDay {
  weight: number;
  population: number;
  biomass: number;
  dailyFeed: number;
  cumulativeFeed: number;
  temperature: number;
  /** Id of the stage. */
  stageId: number;
}

/** The index of the stage on a day index of a life: by the FCR model's durations, then the last. */
function stageOn(index: number, { stages }: ProjectionRates): number {
  let end = 0;
  for (let s = 0; s < stages.length; s++) {
    end += stages[s]!.days;
    if (index < end) return s;
  }
  return stages.length - 1;
}

/** A number rounded half up to some decimals: 2 or 3, for non-negative numbers. */
function rounded(value: number, factor: number): number {
  return Math.floor(value * factor + 0.5) / factor;
}

/**
 * Calls `each` for day 1, 2, … of a scenario with one object that is filled again for every day.
 *
 * Weight gains as in domain.md#9 with the TGC of the stage and no rounding; deaths are the rounded
 * share of the population (defects.md#b-10 divided by 100 twice); feed is gain times FCR.
 *
 * @param seaTemperatures °C by day of the scenario; the last stands for every later day.
 */
export function project(
  start: ScenarioStart,
  rates: ProjectionRates,
  seaTemperatures: readonly number[],
  each: (day: ProjectedDay, number: number) => void,
): void {
  const day: ProjectedDay = {
    weight: start.weight,
    population: start.fish,
    biomass: 0,
    dailyFeed: 0,
    cumulativeFeed: 0,
    temperature: 0,
    stageId: 0,
  };
  for (let n = 1; n <= start.days; n++) {
    const s = stageOn(start.fromIndex + n - 1, rates);
    const stage = rates.stages[s]!;
    const atSea = s + 1 >= rates.profileFromStage;
    const last = seaTemperatures.length;
    day.temperature = atSea ? seaTemperatures[Math.min(n, last) - 1]! : rates.freshwaterTemperature;
    const root = cubeRoot(day.weight) + stage.tgc / 1000 * day.temperature;
    // A scenario that begins above a stage's cap keeps its weight: weights never fall.
    const grown = Math.max(day.weight, Math.min(root * root * root, stage.cap));
    const gain = stage.tgc === 0 ? 0 : grown - day.weight;
    day.weight += gain;
    day.population -= Math.floor(day.population * rates.deathsPerDay + 0.5);
    day.biomass = rounded(day.weight * day.population / 1000, 100);
    day.dailyFeed = rounded(gain * day.population / 1000 * stage.fcr, 1000);
    day.cumulativeFeed = rounded(day.cumulativeFeed + day.dailyFeed, 1000);
    day.stageId = stage.id;
    each(day, n);
  }
}
