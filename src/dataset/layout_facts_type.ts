/**
 * What fixtures say in numbers, as far as checks judge by it. A manifest carries them, so that a
 * dataset is held to the farm it was made for, whatever its layout is.
 */

/** How many places there are, of each kind; those of the documented totals too where they are. */
export interface PlaceCounts {
  /** Rows of `infrastructure_geography`. */
  geographies: number;
  /** Freshwater stations. */
  stations: number;
  /** Halls of all stations. */
  halls: number;
  /** Trays and tanks of all halls. */
  tanks: number;
  /** Sea areas. */
  areas: number;
  /** Rings of all areas. */
  rings: number;
  /** Silos and barges. */
  feedContainers: number;
  /** Sensors of all containers. */
  sensors: number;
}

/** What a hall is like in which batches live. */
export interface HallFacts {
  /** Trays or tanks in it. */
  tanks: number;
  /** Sensors of each of them. */
  sensors: number;
  /** Its silo, by the letter with which the hall's name ends. */
  silos: {
    /** `A`. */
    hall: string;
    /** The most feed that it holds, in kg. */
    capacityKg: number;
  }[];
}

/** What a sea area is like in which batches live. */
export interface AreaFacts {
  /** Rings in it. */
  rings: number;
  /** Sensors of each of them. */
  sensors: number;
  /** Barges in it. */
  barges: number;
  /** The most feed that a barge holds, in kg. */
  bargeCapacityKg: number;
}

/** The places of the documented totals, which no batch uses (discrepancy D-01). */
export interface SpareFacts {
  /** Halls, of other sizes. */
  halls: {
    /** `FI-AUX-01-Hall-1`. */
    name: string;
    /** The most feed that its silo holds, in kg; it has none where this is absent. */
    siloCapacityKg?: number | undefined;
  }[];
  /** Names of sea areas, which have rings and neither barges nor sensors. */
  areas: string[];
}

/** How many master data there are. */
export interface MasterCounts {
  /** Stages of life. */
  stages: number;
  /** What sensors measure. */
  parameters: number;
  /** Names of the feeds. */
  feeds: string[];
  /** What fish are still scored on. */
  healthParameters: number;
  /** What fish can die of. */
  mortalityReasons: number;
  /** What can be taken for a laboratory. */
  sampleTypes: number;
  /** Vaccines. */
  vaccines: number;
  /** What harvested fish are sorted into. */
  grades: number;
}

/** How large the models of scenarios are. */
export interface ModelCounts {
  /** Days of every temperature profile. */
  temperatureDays: number[];
  /** Models of growth. */
  growth: number;
  /** Stages of each of them. */
  growthStages: number;
  /** Stages of the model of feed conversion. */
  conversionStages: number;
  /** Stages of the constraints. */
  constraints: number;
}

/** Companies and their prices. */
export interface TradeFacts {
  /** Companies. */
  companies: number;
  /** Their sites. */
  sites: number;
  /** Prices between them. */
  policies: number;
  /** AquaMind's code of the companies that have stations: `FW`. */
  freshwater: string;
  /** AquaMind's code of the companies that have sea areas: `FM`. */
  farming: string;
}

/** The `redd.layout` key of a manifest. */
export interface LayoutFacts {
  /** Places, counted. */
  places: PlaceCounts;
  /** Every hall that batches live in. */
  hall: HallFacts;
  /** Every sea area that batches live in. */
  area: AreaFacts;
  /** What is not like that. */
  spare: SpareFacts;
  /** Master data, counted. */
  master: MasterCounts;
  /** Models, counted. */
  models: ModelCounts;
  /** Companies, counted. */
  trade: TradeFacts;
}
