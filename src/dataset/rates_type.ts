/**
 * What a profile says in numbers, as far as checks judge by it. A manifest carries them, so that a
 * dataset is held to the rates it was made with, whatever its profile is called. `generate` writes
 * every group, and a manifest without one is refused; of a profile that nobody knows there may be
 * none at all, and the checks that ask for a group are skipped.
 */

/** The stages of life, in their order; the last one lives at sea. */
export interface LifeFacts {
  /** Containers that a batch takes in every hall. */
  containers: number;
  /** In order of life. */
  stages: {
    /** How long it lasts, in days. */
    days: number;
    /** Letter of the hall; the last stage has none. */
    hall?: string | undefined;
  }[];
}

/** How fish grow: daily, by a step of the cube root of their weight. */
export interface GrowthFacts {
  /** Hour of the day (UTC) at which they have grown. */
  hour: number;
  /** What an egg weighs, in g. */
  eggWeight: number;
  /** By stage. */
  stages: {
    /** Daily gain of the cube root of the weight in g; 0 where fish do not grow. */
    step: number;
    /** No fish grows beyond this weight, in g. */
    cap: number;
  }[];
}

/** How fish die. */
export interface DeathFacts {
  /** The share of fish that die in a day on average, by stage. */
  perDay: number[];
}

/** How sensors are read. */
export interface ReadingFacts {
  /** Hours of the day (UTC). */
  hours: number[];
  /** A value lies between base × (1 - spread) and base × (1 + spread). */
  spread: number;
  /** What is read where. */
  bases: {
    /** Letter of a hall, or `sea`. */
    water: string;
    /** Name of the parameter. */
    parameter: string;
    /** In the unit of the parameter. */
    base: number;
  }[];
}

/** How fish are fed. */
export interface FeedingFacts {
  /** Meals of a day, of equal parts. */
  meals: number;
  /** Feed of a day in percent of the biomass, by stage. */
  percentPerDay: number[];
}

/** How feed is ordered. */
export interface OrderFacts {
  /** At most this share of the capacity, in percent. */
  atMostPercent: number;
  /** Only more than so many kg. */
  moreThanKg: number;
  /** Days from order to delivery. */
  deliveryDays: number;
  /** Price per kg. */
  pricePerKg: number;
}

/** What is bought before the first batch. */
export interface InitialFeedFacts {
  /** How many days before the first batch. */
  daysBefore: number;
  /** For every silo, in kg. */
  siloKg: number;
  /** For every barge, in kg. */
  bargeKg: number;
}

/** How often fish are looked at, and how many. */
export interface SampleFacts {
  /** Days from one sample to the next. */
  everyDays: number;
  /** The first stage that is sampled; stages count from 1. */
  fromStage: number;
  /** Fish of a sample. */
  fish: number;
}

/** How health is scored. */
export interface HealthFacts extends SampleFacts {
  /**
   * How many fish get score 0, 1, …, in percent; no numbers where scores follow from what the fish
   * have.
   */
  scorePercents?: number[] | undefined;
}

/** How lice are counted in the last stage. */
export interface LiceFacts {
  /** Days from one count of a ring to the next. */
  everyDays: number;
  /** Fish that are looked at. */
  fish: number;
  /** Is some kind of lice found in every count? */
  alwaysFound: boolean;
}

/** How fish are treated. */
export interface TreatmentFacts {
  /** Day indices of the vaccinations, all of them before the last stage. */
  vaccinationDays: number[];
  /** How long vaccinated fish may not be sold, in days. */
  vaccinationWithholdingDays: number;
  /** Day indices of the treatments against lice. */
  liceDays: number[];
  /** How long a treatment against lice takes, in days. */
  liceDurationDays: number;
  /** How long treated fish may not be sold, in days. */
  liceWithholdingDays: number;
  /**
   * A treatment against lice is not given so few days before the harvest, or fewer; no number of
   * manifests from before 0.6.0, when all were given.
   */
  liceFreeDays?: number | undefined;
}

/** When fish are harvested, and what comes of them. */
export interface HarvestFacts {
  /** The least and the greatest target, in kg per fish. */
  targetKg: [number, number];
  /** Grades that some fish of every ring get. */
  grades: number;
  /** Mean weight of graded fish as a factor of the mean of their ring. */
  weightFactor: number;
  /** How far it may be off for every fish that rounding leaves, over the fish of the ring. */
  remainderFactor: number;
  /** Gutted weight as a share of the whole. */
  guttedShare: number;
  /** Weight of the fillets as a share of the whole. */
  filletShare: number;
}

/** How a scenario is projected. */
export interface ProjectionFacts {
  /** How many days. */
  days: number;
  /** What a fish weighs at its beginning, in g. */
  initialWeight: number;
  /** The temperature of freshwater, in °C. */
  freshwaterTemperature: number;
  /** The first stage in the water of the geography; stages count from 1. */
  profileFromStage: number;
  /** The share of fish that die in a day. */
  deathsPerDay: number;
  /** No fish grows beyond this weight, in g; by stage. */
  caps: number[];
}

/** What is known of a day and of the last days. */
export interface AnalysisFacts {
  /** The greatest feed conversion of a day that is stored. */
  dayLimit: number;
  /** None is stored unless the fish gain more than this, in kg. */
  dayMinimumGainKg: number;
  /**
   * How far the weight of a day may be from the simulated one, in percent of it; no number of
   * manifests from before 0.4.0, when it was 8.
   */
  weightTolerancePercent?: number | undefined;
  /** Days of a summary in datasets before 0.4.0; later ones are of calendar weeks and months. */
  summaryDays?: number | undefined;
  /** No feed conversion from this ratio on is stored of a summary. */
  summaryLimit: number;
  /** How sure a summary is, by days since the fish were last weighed; beyond the last step LOW. */
  summaryLevels: {
    /** The step holds for fewer days than this. */
    belowDays: number;
    /** AquaMind's word for it. */
    level: "VERY_HIGH" | "HIGH" | "MEDIUM" | "LOW";
  }[];
}

/** What a farm keeps to whose days differ from one another: of the biology `field`. */
export interface FarmFacts {
  /** Hours of the day (UTC) of the readings. */
  hours: number[];
  /** The share of readings that may be missing where nothing is said of the sensor. */
  lostReadings: number;
  /** Meals of a day, at most. */
  meals: number;
  /** Days without a meal before a treatment, a move and a slaughter, at least. */
  fastingDays: {
    /** Before a treatment against lice. */
    treatment: number;
    /** Before fish are moved. */
    move: number;
    /** Before they are slaughtered. */
    harvest: number;
  };
  /** Fish of a growth sample, at least and at most. */
  sampleFish: [number, number];
  /** Days from one growth sample of a container to the next, at most. */
  sampleDays: number;
  /** Gutted weight as a share of the whole, at least and at most. */
  guttedShare: [number, number];
  /** Fish of a lice count, at least and at most; no numbers of manifests from before 0.7.0. */
  liceFish?: [number, number] | undefined;
  /** Names of the treatments that fish eat, so that they do not fast for them; likewise. */
  fedMedicines?: string[] | undefined;
  /** Days from one treatment of a ring to the next, at least; likewise. */
  treatmentsApart?: number | undefined;
}

/** The numbers of a profile, by what they are about. */
export interface ProfileRates {
  /** The stages of life. */
  life?: LifeFacts | undefined;
  /** How fish grow. */
  growth?: GrowthFacts | undefined;
  /** How fish die. */
  deaths?: DeathFacts | undefined;
  /** How sensors are read. */
  readings?: ReadingFacts | undefined;
  /** How fish are fed. */
  feeding?: FeedingFacts | undefined;
  /** How feed is ordered. */
  orders?: OrderFacts | undefined;
  /** What is bought before the first batch. */
  initialFeed?: InitialFeedFacts | undefined;
  /** How fish are weighed. */
  samples?: SampleFacts | undefined;
  /** How health is scored. */
  health?: HealthFacts | undefined;
  /** How lice are counted. */
  lice?: LiceFacts | undefined;
  /** How often the journal of a batch's health is kept. */
  journal?: {
    /** Days from one entry to the next. */
    everyDays: number;
  } | undefined;
  /** How fish are treated. */
  treatments?: TreatmentFacts | undefined;
  /** When fish are harvested. */
  harvest?: HarvestFacts | undefined;
  /** How scenarios are projected. */
  projection?: ProjectionFacts | undefined;
  /** What is known of a day. */
  analysis?: AnalysisFacts | undefined;
  /** What a farm keeps to; where it is there, what has fixed days and rates is not. */
  farm?: FarmFacts | undefined;
}
