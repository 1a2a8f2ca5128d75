/** The state of the farm: plain data that a snapshot copies and a worker continues from. */
import type { Numbers } from "./numbers.ts";

/** An instant of simulated time: a day and a full hour, UTC. */
export interface Instant {
  day: number;
  hour: number;
}

/**
 * What a biology remembers: numbers of its own choosing. Who remembers gives a new list; the empty one
 * is shared, and cannot be changed.
 */
export type Memory = number[];

/** Of whom nothing is remembered. */
export const NO_MEMORY: Memory = Object.freeze([]) as unknown as Memory;

/** By its length, a list of numbers that are none whole. */
const HALVES: number[][] = [];

/**
 * A memory of zeros. All memories are made here, of numbers that are none whole: so the compiler knows
 * all of them as lists of floating-point numbers, whatever is written to them.
 */
export function zeroMemory(length: number): Memory {
  return halvesOf(length).slice().fill(0);
}

function halvesOf(length: number): number[] {
  let halves = HALVES[length];
  if (halves === undefined) {
    halves = HALVES[length] = [];
    while (halves.length < length) halves.push(0.5);
  }
  return halves;
}

/**
 * A copy of what is remembered, made as {@linkcode zeroMemory} makes them: one that a thread was sent
 * holds each of its numbers apart, and writing to it takes an allocation.
 */
export function copyMemory(memory: Memory): Memory {
  const { length } = memory;
  if (length === 0) return NO_MEMORY;
  const copy = halvesOf(length).slice();
  for (let i = 0; i < length; i++) copy[i] = memory[i]!;
  return copy;
}

/** A calendar week, from Monday on, or a calendar month. */
export type Period = "week" | "month";

/** Fish of one batch in one container: a row of `batch_batchcontainerassignment`. */
export interface Assignment {
  readonly id: number;
  /** Index of the batch in the schedule. */
  readonly batch: number;
  /** Stage order. */
  readonly stage: number;
  /** Position among the stage's containers in name order. */
  readonly ordinal: number;
  /**
   * Position in addresses of chance: the ordinal, unless fish of two stages of the batch are in
   * containers at once. No two assignments of a batch have the same one on a day.
   */
  readonly position: number;
  /** Position of the container of the stage before from which its first fish came. */
  readonly source: number;
  readonly fromDay: number;
  /** The last day on which fish came: a later one than the first where others came to them. */
  filledDay: number;
  /** Living fish. */
  population: number;
  /** Average weight in 0.01 g. */
  weight: number;
  active: boolean;
  /** Null while the fish are there; every number is a day, 0 too. */
  departureDay: number | null;
  /** Day of the last weighing, null before the first. */
  weighedDay: number | null;
  /** All that was fed here so far, in 0.0001 kg. */
  eaten: number;
  /** What the biology remembers of these fish. */
  memory: Memory;
  updated: Instant;
}

/**
 * A batch on its way from one stage to the next, container by container: a row of
 * `batch_batchtransferworkflow`. Its containers are the next stage's when the last source is empty.
 */
export interface Transition {
  readonly id: number;
  /** Index of the batch in the schedule. */
  readonly batch: number;
  /** Stage orders. */
  readonly fromStage: number;
  readonly toStage: number;
  /** Whether the fish go from fresh water to sea: they change company (domain.md#12). */
  readonly intercompany: boolean;
  readonly firstDay: number;
  /** The days that it was planned to take when it began. */
  readonly plannedDays: number;
  /** Ids of the assignments that are emptied, in container-name order. */
  readonly sources: readonly number[];
  /** Fish that each destination has room for, by ordinal: they are those of the first morning. */
  readonly room: number[];
  /** What is added to an ordinal for {@linkcode Assignment.position}. */
  readonly shift: number;
  /** Pours so far, and how many there will be as far as is known. */
  actions: number;
  planned: number;
  /** Fish that arrived so far, and their biomass in 0.01 kg. */
  moved: number;
  biomass: number;
  /** Fish that died on the way so far. */
  dead: number;
  /** Day of the last pour so far. */
  updatedDay: number;
  /** Day on which the last source was emptied, null before it. */
  completedDay: number | null;
  /** Number of the sale to the farming company, null without one. */
  transaction: number | null;
}

/** A batch that has begun, or will begin. */
export interface Batch {
  readonly index: number;
  /** 0 until it is created; ids begin at 1. */
  id: number;
  /** Stage order, 0 until it is created; the one that it leaves while a transition is under way. */
  stage: number;
  /** Day on which it came to be in that stage, null until it is created. */
  stageDay: number | null;
  /** The transition under way, null where all its fish are in one stage. */
  transition: Transition | null;
  status: "PLANNED" | "ACTIVE" | "COMPLETED";
  /** Id of the baseline scenario, null until it is pinned. */
  pinnedScenario: number | null;
  /** Day on which the last of it was harvested, null before it. */
  harvestDay: number | null;
  /**
   * The active assignments in container-name order (defects.md#b-27 had no order); in a transition
   * those of the stage that is left come first.
   */
  assignments: Assignment[];
  /** All that it was fed so far, in 0.0001 kg. */
  eaten: number;
  /** Growth samples so far. */
  samples: number;
  /** What the biology remembers of the batch. */
  memory: Memory;
  updated: Instant;
}

/** A delivery of feed: a row of purchase and one of stock. */
export interface Lot {
  readonly purchaseId: number;
  readonly stockId: number;
  /** Index into `World.feedContainers`. */
  readonly feedContainer: number;
  readonly feedId: number;
  /** What was bought and what is left, in 0.0001 kg. */
  readonly bought: number;
  left: number;
  /** In cents per kg. */
  readonly price: number;
  readonly purchaseDay: number;
  readonly entryDay: number;
  readonly received: Instant;
  updated: Instant;
}

/** The lots of one silo or barge that still hold feed, oldest first. */
export interface Store {
  /** Sum of what is left, over all feeds, in 0.0001 kg. */
  total: number;
  lots: Lot[];
}

/** A batch as it was when a period began. */
export type BatchThen =
  & Readonly<Pick<Batch, "eaten" | "samples">>
  & { readonly assignments: readonly Readonly<Assignment>[] };

/** The farm on the morning on which a period began, as far as its summaries look back to it. */
export interface FarmThen {
  readonly day: number;
  readonly sites: readonly Memory[];
  /** By index. */
  readonly batches: readonly BatchThen[];
}

/** The farm at the beginning of a day; `Own` are the numbers that it carries. */
export interface Farm<Own extends Numbers = Numbers> {
  day: number;
  batches: Batch[];
  /** By index of the feed container. */
  stores: Store[];
  /** Orders placed so far on the current day. */
  ordersToday: number;
  /** What the biology remembers of each site, in its own order. */
  sites: Memory[];
  /** What it was when the current periods began; never changed, so that snapshots share it. */
  began: Readonly<Record<Period, FarmThen>>;
  numbers: Own;
}
