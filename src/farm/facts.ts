/** The facts that a simulation only reads: rates, places, plans; plain data that a worker is sent. */
import type { Purpose, RandomKey } from "../chance/addressed.ts";
import type { MasterIds } from "../fixtures/numbering.ts";
import type { BiologyName } from "../fixtures/biology_name.ts";
import type { FieldRules } from "../fixtures/field/field_rules.ts";
import type { DiseaseRules } from "../fixtures/field/health_rules.ts";
import type { Rates } from "./rates.ts";

/** A sensor whose parameter exists, with the range of its readings in 0.0001 of the unit. */
export interface SensorFacts {
  readonly id: number;
  readonly parameterId: number;
  readonly low: number;
  /** How many different values there are from `low` on. */
  readonly span: number;
}

/** A tank, tray or ring in which fish can be. */
export interface ContainerFacts {
  readonly id: number;
  readonly name: string;
  /** What it stands or lies in, for people: `S-FW-01-A`, `S-SEA-01`. */
  readonly home: string;
  /** Water in it, in m³. */
  readonly volume: number;
  /** The most fish that it may hold, in 0.01 kg. */
  readonly mostBiomass: number;
  /** The most fish that its sea area may hold, in 0.01 kg; 0 in fresh water. */
  readonly mostBiomassOfSite: number;
  readonly atSea: boolean;
  /** Id of the finance site that books what is harvested here; 0 in fresh water. */
  readonly siteId: number;
  /** Index into `Facts.feedContainers`. */
  readonly feedContainer: number;
  /** In the order of the parameter table. */
  readonly sensors: readonly SensorFacts[];
}

/** A silo or barge. */
export interface FeedContainerFacts {
  readonly id: number;
  readonly name: string;
  /** In 0.0001 kg. */
  readonly capacity: number;
  /**
   * How much of it the farm may fill, in 0.0001 kg: all of it, or, without initial feed, what another
   * farm's leaves free (rulings.md#35).
   */
  readonly room: number;
  /** What it holds before the first batch, where the farm has initial feed. */
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

/** What a batch's geography brings with it. */
export interface GeographyFacts {
  readonly id: number;
  readonly name: string;
  readonly tgcModelId: number;
  /** °C at sea by day; the last stands for every later day. */
  readonly seaTemperatures: readonly number[];
  /** Id of the company that farms at sea. */
  readonly farmingCompanyId: number;
  /** Policy and price, in cents per kg, of fish that go to sea. */
  readonly transfer: {
    readonly policyId: number;
    readonly price: number;
    readonly currency: string;
  };
  /** Subsidiary that takes the harvest, and the policy by index of the grade. */
  readonly harvestSubsidiary: string;
  readonly harvestPolicyIds: readonly number[];
}

/** What the schedule says of one batch. */
export interface BatchFacts {
  readonly number: string;
  readonly startDay: number;
  /** The first day that is not simulated. */
  readonly endDay: number;
  /** The last day that could be, whatever the as-of date is. */
  readonly lastDay: number;
  readonly eggs: number;
  /** Why there is the batch, for its notes. */
  readonly purpose?: string;
  readonly supplierId: number;
  /** By stage order, in name order; empty where the stage is not reached. */
  readonly places: readonly (readonly ContainerFacts[])[];
  /**
   * By stage order, the day indices on which the plan has places for it: from, up to and not
   * including, to; those of stages that it does not live to see may be missing.
   */
  readonly stays: readonly ({ readonly from: number; readonly to: number } | undefined)[];
  /** The batch's random values of every purpose. */
  readonly keys: Readonly<Record<Purpose, RandomKey>>;
  /** Weight at which it is harvested, in 0.01 g. */
  readonly harvestWeight: number;
  readonly geography: GeographyFacts;
}

/** A disease that is put somewhere by hand. */
export interface Outbreak {
  /** Position of the disease among those of the facts. */
  readonly disease: number;
  /** Name of the sea area. */
  readonly site: string;
  /** Day on which a ring of the site is infected; the first one that comes, where none is there yet. */
  readonly day: number;
}

/** All facts that a simulation reads and never changes. */
export interface Facts {
  /** The name of the biology that holds, as its profile has it. */
  readonly biologyName: BiologyName;
  /** The rules of the biology `field`; none of another. */
  readonly field: FieldRules | null;
  /** Diseases that its biology may let fish have. */
  readonly diseases: readonly DiseaseRules[];
  /** Diseases that the schedule lets begin, whatever chance does. */
  readonly outbreaks: readonly Outbreak[];
  /** Of what is by chance and of no batch. */
  readonly seed: number;
  /** Days over which the containers of a batch go to the next stage, one after the other. */
  readonly transitionDays: number;
  /** The first simulated day. */
  readonly firstDay: number;
  /** The first day that is not simulated (rulings.md#1). */
  readonly asOf: number;
  /** Ids of the rows of master data, by the names that fixtures give them. */
  readonly ids: MasterIds;
  /** Whether batches get the two later scenarios of discrepancy D-09. */
  readonly laterScenarios: boolean;
  /** Whether silos and barges are filled before the first batch (rulings.md#8). */
  readonly initialFeed: boolean;
  /** The day of the initial feed purchases. */
  readonly initialPurchaseDay: number;
  readonly rates: Rates;
  /** In id order. */
  readonly feedContainers: readonly FeedContainerFacts[];
  /** Indices into `feedContainers` in name order, the order of the initial purchases. */
  readonly initialOrder: readonly number[];
  /** In schedule order. */
  readonly batches: readonly BatchFacts[];
}
