/** The facts that a simulation only reads: rates, places, plans. What changes is in `state.ts`. */
import type { Key } from "../chance/addressed.ts";

/** What the profile says of one life stage, in the exact units of the simulation. */
export interface StageRates {
  /** 1 Egg&Alevin, 2 Fry, 3 Parr, 4 Smolt, 5 Post-Smolt, 6 Adult. */
  readonly order: number;
  readonly name: string;
  /** Id of the row in `batch_lifecyclestage`. */
  readonly id: number;
  /** Index of the first day of the stage. */
  readonly fromIndex: number;
  /** Share of the population that dies in a day. */
  readonly deathsPerDay: number;
  /** Daily gain of the cube root of the weight in g: coefficient times temperature. */
  readonly growthStep: number;
  /** Weight that growth does not pass, in 0.01 g. */
  readonly weightCap: number;
  /** Daily feed in 0.01 % of biomass: 300 is 3 %. */
  readonly feedRate: number;
  /** Id of the stage's feed, 0 where it is not fed. */
  readonly feedId: number;
}

/** When and how feed is ordered (section 7.2), in 0.0001 kg, cents and days. */
export interface OrderRates {
  /** Ordering starts when the stock of a feed is below this many hundredths of the capacity. */
  readonly belowPercent: number;
  /** An order is at most this many hundredths of the capacity. */
  readonly atMostPercent: number;
  /** An order is more than this. */
  readonly moreThan: number;
  readonly deliveryDays: number;
  readonly price: number;
  readonly supplier: string;
  readonly shelfDays: number;
}

/** Weekly weighing (section 9). */
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
}

/** A sensor whose parameter exists, with the range of its readings in 0.0001 of the unit. */
export interface Sensor {
  readonly id: number;
  readonly parameterId: number;
  readonly low: number;
  /** How many different values there are from `low` on. */
  readonly span: number;
}

/** A tank, tray or ring in which fish can be. */
export interface Container {
  readonly id: number;
  readonly name: string;
  readonly atSea: boolean;
  /** Index into `World.feedContainers`. */
  readonly feedContainer: number;
  /** In the order of the parameter table. */
  readonly sensors: readonly Sensor[];
}

/** A silo or barge. */
export interface FeedContainer {
  readonly id: number;
  readonly name: string;
  /** In 0.0001 kg. */
  readonly capacity: number;
  /** What it holds before the first batch. */
  readonly initial: {
    readonly feedId: number;
    /** In 0.0001 kg. */
    readonly quantity: number;
    /** In cents per kg. */
    readonly price: number;
    readonly supplier: string;
    readonly shelfDays: number;
  };
}

/** What the schedule says of one batch. */
export interface BatchFacts {
  readonly number: string;
  readonly startDay: number;
  /** The first day that is not simulated. */
  readonly endDay: number;
  readonly eggs: number;
  readonly supplierId: number;
  /** By stage order, in name order; empty where the stage is not reached. */
  readonly places: readonly (readonly Container[])[];
  readonly keys: {
    readonly reading: Key;
    readonly death: Key;
    readonly sampledWeight: Key;
    readonly sampledLength: Key;
  };
}

/** Everything that a simulation reads and never changes. */
export interface World {
  /** The first simulated day. */
  readonly firstDay: number;
  /** The first day that is not simulated (ruling 1). */
  readonly asOf: number;
  /** Id of the acting user in every user column (section 1). */
  readonly userId: number;
  readonly speciesId: number;
  /** The day of the initial feed purchases (ruling 8). */
  readonly initialPurchaseDay: number;
  readonly rates: Rates;
  /** In id order. */
  readonly feedContainers: readonly FeedContainer[];
  /** Indices into `feedContainers` in name order, the order of the initial purchases. */
  readonly initialOrder: readonly number[];
  /** In schedule order. */
  readonly batches: readonly BatchFacts[];
}
