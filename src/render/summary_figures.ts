/** What a feeding summary says of a container or a batch (domain.md#17), gathered without an allocation. */
import { divideRounded } from "../farm/exact.ts";
import type { AnalysisRates } from "../farm/rates.ts";
import type { Assignment, Farm } from "../farm/state.ts";

/** Confidence from the best to the worst. */
export const LEVELS = ["VERY_HIGH", "HIGH", "MEDIUM", "LOW"] as const;

/** Biomass on the evening before a period, by id of the assignment, in 0.01 kg. */
export interface Starting {
  readonly day: number;
  readonly biomass: ReadonlyMap<number, number>;
}

/** Figures that are gathered anew for every summary: feed and biomass in 0.01 kg, FCR in thousandths. */
export interface Figures {
  readonly feed: number;
  readonly starting: number;
  readonly ending: number;
  readonly fcr: number | null;
  /** Index into {@linkcode LEVELS}: the worst of its containers. */
  readonly confidence: number;
  /** Daily states on both evenings, and those of them that are of growth samples. */
  readonly states: number;
  readonly measured: number;
  /** Growth samples of the batch in the period. */
  readonly samples: number;
  /** Nothing is gathered of a summary yet. */
  begin(samples: number): void;
  /** Adds a container as it was on the evening before the period. */
  addBefore(assignment: Readonly<Assignment>, starting: Starting): void;
  /** Adds a container as it is tonight, with the biomass of its daily state. */
  addTonight(assignment: Assignment, biomass: number): void;
  /** Ends with what was eaten in the period, in 0.0001 kg. */
  divide(eaten: number): void;
}

/** Figures of a farm's summaries. */
export function newFigures(farm: Farm, summary: AnalysisRates["summary"]): Figures {
  const limit = summary.fcrLimit * 1000;
  const steps = summary.steps.map(({ belowDays, level }) => ({
    belowDays,
    confidence: LEVELS.indexOf(level),
  }));

  function confidenceOf(weighedDay: number | null): number {
    if (weighedDay !== null) {
      for (const { belowDays, confidence } of steps) {
        if (farm.day - weighedDay < belowDays) return confidence;
      }
    }
    return LEVELS.length - 1;
  }

  const figures = {
    feed: 0,
    starting: 0,
    ending: 0,
    fcr: null as number | null,
    confidence: 0,
    states: 0,
    measured: 0,
    samples: 0,
    begin(samples: number) {
      figures.starting = figures.ending = figures.confidence = 0;
      figures.states = figures.measured = 0;
      figures.samples = samples;
    },
    addBefore({ id, weighedDay }: Readonly<Assignment>, { day, biomass }: Starting) {
      figures.starting += biomass.get(id)!;
      figures.states++;
      if (weighedDay === day - 1) figures.measured++;
    },
    addTonight({ weighedDay }: Assignment, biomass: number) {
      figures.ending += biomass;
      figures.states++;
      if (weighedDay === farm.day) figures.measured++;
      figures.confidence = Math.max(figures.confidence, confidenceOf(weighedDay));
    },
    // None without feed or gain, or beyond what AquaMind has room for.
    divide(eaten: number) {
      figures.feed = divideRounded(eaten, 100);
      const gain = figures.ending - figures.starting;
      const fcr = gain > 0 ? divideRounded(figures.feed * 1000, gain) : limit;
      figures.fcr = figures.feed > 0 && fcr < limit ? fcr : null;
    },
  };
  return figures;
}
