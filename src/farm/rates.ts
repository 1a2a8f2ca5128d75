/** The rates of a profile, in the exact units of the simulation. */
import type { Profile } from "../fixtures/profile.ts";

/** AquaMind's words for how sure a feeding summary is. */
type SummaryConfidence = Profile["summaries"]["confidence"][number]["level"];

/** What the profile says of one life stage, in the exact units of the simulation. */
export interface StageRates {
  /** 1 Egg&Alevin, 2 Fry, 3 Parr, 4 Smolt, 5 Post-Smolt, 6 Adult. */
  readonly order: number;
  readonly name: string;
  /** Id of the row in `batch_lifecyclestage`. */
  readonly id: number;
  /** Index of the first day of the stage. */
  readonly fromIndex: number;
  /** How long the stage lasts; at sea at the longest. */
  readonly days: number;
  /** Share of the population that dies in a day. */
  readonly deathsPerDay: number;
  /** Of the water, in °C. */
  readonly temperature: number;
  /** Daily gain of the cube root of the weight (g) per °C. */
  readonly growthCoefficient: number;
  /** Daily gain of the cube root of the weight in g: coefficient times temperature. */
  readonly growthStep: number;
  /** Weight that growth does not pass, in 0.01 g. */
  readonly weightCap: number;
  /** Daily feed in 0.01 % of biomass: 300 is 3 %. */
  readonly feedRate: number;
  /** Id of the stage's feed, 0 where it is not fed. */
  readonly feedId: number;
  /** The feed of fish from a weight in 0.01 g on; null where it stays the same. */
  readonly laterFeed: { readonly fromWeight: number; readonly feedId: number } | null;
}

/** When and how feed is ordered (domain.md#7.2), in 0.0001 kg, cents and days. */
export interface OrderRates {
  /** Ordering starts when the stock of a feed is below this many hundredths of the capacity. */
  readonly belowPercent: number;
  /** An order is at most this many hundredths of the capacity. */
  readonly atMostPercent: number;
  /** An order is more than this. */
  readonly moreThan: number;
  readonly deliveryDays: number;
  /** Whether orders are written that are under way on the last day. */
  readonly toTheLastDay: boolean;
  readonly price: number;
  readonly supplier: string;
  readonly shelfDays: number;
}

/** Weekly weighing (domain.md#9). */
export interface SampleRates {
  readonly everyDays: number;
  /** Order of the first stage that is weighed. */
  readonly fromStage: number;
  readonly fish: number;
  /** Least and greatest weight as multiples of the mean. */
  readonly weightSpread: readonly [number, number];
  readonly lengthSpread: readonly [number, number];
  /** Length in cm = `lengthFactor` x (weight in g) ^ `lengthExponent`. */
  readonly lengthFactor: number;
  readonly lengthExponent: number;
  /** The mean weight of a sample is at most this many percent from the simulated weight. */
  readonly tolerancePercent: number;
}

/** Weekly lice counts at sea (domain.md#10). */
export interface LiceRates {
  readonly everyDays: number;
  readonly hour: number;
  readonly fish: number;
  /** Lice per fish = base + span x U x pressure. */
  readonly base: number;
  readonly span: number;
  /** By days in the last stage; the last step has no end. */
  readonly pressure: readonly { readonly belowDay: number; readonly factor: number }[];
  /** Shares of all lice, in percent, by lice type. */
  readonly shares: readonly { readonly typeId: number; readonly percent: number }[];
  readonly occasional: {
    readonly typeIds: readonly number[];
    readonly probability: number;
    readonly upToPercent: number;
  };
  /** Methods with the probability of this one or one before it, and confidence in hundredths. */
  readonly detection: readonly {
    readonly method: string;
    readonly upTo: number;
    readonly confidence: number;
  }[];
}

/** Monthly journal (domain.md#11). */
export interface JournalRates {
  readonly everyDays: number;
  readonly hour: number;
  readonly category: string;
  readonly severity: string;
}

/** Monthly health sampling (domain.md#11). */
export interface HealthRates {
  readonly everyDays: number;
  readonly fromStage: number;
  readonly hour: number;
  readonly fish: number;
  /** Standard deviations as shares of the mean, limits as multiples of it. */
  readonly weightDeviation: number;
  readonly weightLimits: readonly [number, number];
  readonly lengthDeviation: number;
  readonly lengthLimits: readonly [number, number];
  /** Mean length in cm = (100 x weight in g / this) ^ (1/3). */
  readonly conditionFactor: number;
  /** Percent of fish with this score or a lower one. */
  readonly scoreUpTo: readonly number[];
  /** Ids of the scored parameters. */
  readonly parameterIds: readonly number[];
}

/** Vaccinations and lice treatments (domain.md#11). */
export interface TreatmentRates {
  readonly vaccination: {
    readonly indices: readonly number[];
    readonly hour: number;
    readonly durationDays: number;
    readonly withholdingDays: number;
    /** In name order, taken in rotation. */
    readonly vaccines: readonly {
      readonly id: number;
      readonly name: string;
      readonly dosage: string;
    }[];
  };
  readonly lice: {
    /** Day indices of the batch. */
    readonly indices: readonly number[];
    readonly hour: number;
    readonly durationDays: number;
    readonly withholdingDays: number;
    readonly dosage: string;
    readonly description: string;
  };
}

/** Harvest (domain.md#14). */
export interface HarvestRates {
  readonly hour: number;
  /** In the order of the lots. */
  readonly grades: readonly {
    readonly id: number;
    readonly code: string;
    /** Of the fish. */
    readonly percent: number;
    /** Weight as percent of the average. */
    readonly weightPercent: number;
  }[];
  /** Index of the grade that takes the fish that the percentages leave over. */
  readonly remainderGrade: number;
  /** Percent of the live weight. */
  readonly guttedPercent: number;
  readonly filletPercent: number;
}

/** Scenario and projection (domain.md#13). */
export interface ProjectionRates {
  readonly days: number;
  /** In g. */
  readonly initialWeight: number;
  readonly deathsPerDay: number;
  readonly freshwaterTemperature: number;
  /** Order of the first stage in the water of the sea profile. */
  readonly profileFromStage: number;
  /** By stage, in order of life: weight cap in g, TGC per 1000 degree-days, FCR, days. */
  readonly stages: readonly {
    readonly id: number;
    readonly cap: number;
    readonly tgc: number;
    readonly fcr: number;
    readonly days: number;
  }[];
  readonly fcrModelId: number;
  readonly mortalityModelId: number;
}

/** Daily states (domain.md#16, rulings.md#16) and feeding summaries (domain.md#17). */
export interface AnalysisRates {
  /** Id of the parameter that is the temperature. */
  readonly temperatureParameterId: number;
  readonly fcrLimit: number;
  /** In 0.01 kg. */
  readonly fcrMinimumGain: number;
  readonly confidence: {
    readonly temperature: number;
    readonly expectedTemperature: number;
    readonly mortality: number;
    readonly fed: number;
    readonly unfed: number;
    readonly sampled: number;
    readonly computedAtMost: number;
  };
  readonly summary: {
    readonly fcrLimit: number;
    readonly steps: readonly { readonly belowDays: number; readonly level: SummaryConfidence }[];
  };
}

/** The rates of a profile. */
export interface Rates {
  /** By order; index 0 is not used. */
  readonly stages: readonly StageRates[];
  /** In 0.01 g. */
  readonly eggWeight: number;
  readonly readingHours: readonly number[];
  /** The hours of the two meals. */
  readonly feedingHours: readonly [number, number];
  readonly mortalityHour: number;
  readonly growthHour: number;
  readonly orders: OrderRates;
  readonly samples: SampleRates;
  readonly lice: LiceRates;
  readonly journal: JournalRates;
  readonly health: HealthRates;
  readonly treatments: TreatmentRates;
  readonly harvest: HarvestRates;
  readonly projection: ProjectionRates;
  readonly analysis: AnalysisRates;
  readonly wellBoat: WellBoatRates;
}

/** What is noted of voyages to sea: from the least to the most, evenly. */
export interface WellBoatRates {
  readonly minutes: readonly [least: number, most: number];
  /** In 0.01 mg/L. */
  readonly oxygen: readonly [least: number, most: number];
}

/** The rates that growth alone follows. */
export interface GrowthRates extends Pick<Rates, "eggWeight"> {
  /** By order, as in {@linkcode Rates}. */
  readonly stages: readonly Pick<
    StageRates,
    "fromIndex" | "days" | "growthCoefficient" | "growthStep" | "weightCap"
  >[];
}
