/**
 * How fish and water behave: what the days of a farm ask. A biology measures and decides; the stages
 * of a day (`day.ts`) act on its answers and tell what happened.
 *
 * A biology may have a memory: numbers of its own choosing that it keeps in the farm's state, for
 * every site, batch and assignment, and that snapshots copy. Its answers follow from facts, that
 * state and addressed chance alone, so that days lived again from a snapshot are the same days.
 */
import type { Profile } from "../fixtures/profile.ts";
import type { Fish } from "./aggregate.ts";
import type { Meal } from "./meal.ts";
import type { Facts } from "./facts.ts";
import type { HarvestLot } from "./harvest_lot.ts";
import type { LabSample } from "./lab_sample.ts";
import type { LiceCount } from "./lice_count.ts";
import type { Note } from "./notes.ts";
import type { Assignment, Batch, Farm, FarmThen, Memory } from "./state.ts";
import type { Cause, Toll } from "./toll.ts";
import type { Treatment } from "./treatment.ts";
import type { VoyageOf } from "./voyage.ts";

/** Water: what the sensors of a container with fish say. */
export interface Water {
  /**
   * How many readings the sensors of a batch's containers give today, over all hours. The containers
   * may be of two stages.
   */
  count(farm: Farm, batch: Batch): number;
  /**
   * Fills `into` with what the sensors of a container say today, by sensor, in 0.0001 of the unit;
   * {@linkcode NO_READING} where one says nothing.
   *
   * @param hour Its position among the hours of readings.
   */
  read(into: Int32Array, farm: Farm, assignment: Assignment, hour: number): void;
  /**
   * The mean of today's readings of the temperature, in 0.01 °C, as it follows from the rows; where
   * there are none, what is expected of the place and the day.
   */
  temperature(farm: Farm, assignment: Assignment): number;
  /** Whether there is a reading of the temperature today. */
  measuresTemperature(farm: Farm, assignment: Assignment): boolean;
  /**
   * What is noted beside a reading of a container today, null where nothing is.
   *
   * @param hour Its position among the hours of readings.
   */
  remark(farm: Farm, assignment: Assignment, hour: number): Remark | null;
}

/** A note beside a reading that there is. */
export interface Remark {
  /** Position of its sensor in the container. */
  readonly sensor: number;
  /** A few words: a hundred characters at the most. */
  readonly text: string;
}

/** In place of a reading that there is not; below every number that is one. */
export const NO_READING = -(2 ** 31);

/** Growth: what the fish weigh, and what the farm believes that they weigh. */
export interface Growth {
  /**
   * Gives the fish of a container the weight that they have tonight.
   *
   * @return False in a stage that does not grow: then nothing was changed.
   */
  grow(farm: Farm, assignment: Assignment): boolean;
  /**
   * The weight after a day at a measured temperature: how daily states go on from a sample.
   *
   * @param stage Order of the stage.
   * @param weight In 0.01 g, like the result.
   * @param temperature In 0.01 °C.
   */
  expected(stage: number, weight: number, temperature: number): number;
  /**
   * The weight in tonight's daily state of the fish of a container, in 0.01 g.
   *
   * @param before The weight in yesterday's, in 0.01 g.
   */
  stateWeight(farm: Farm, assignment: Assignment, before: number): number;
  /**
   * The weight in yesterday's daily state of the fish that are in a container now, in 0.01 g: the
   * mean of those that were there and of those that came this morning. Nothing else of the farm is
   * needed, so that it can be asked of one that was.
   */
  stateWeightBefore(farm: Pick<FarmThen, "day" | "sites">, assignment: Assignment): number;
}

/** Feeding. */
export interface Feeding {
  /**
   * Serves a container at one of the day's two meals: sets the amount, 0 for no meal, the feed and
   * the share of the biomass; the biomass and the hour are set.
   *
   * @param turn 0 for the first meal of the day, 1 for the second.
   */
  serve(meal: Meal, farm: Farm, assignment: Assignment, turn: 0 | 1): void;
}

/** Weighing and measuring of single fish. */
export interface Weighing {
  /** Whether fish of a container are weighed today. */
  due(farm: Farm, assignment: Assignment): boolean;
  /** How many fish of a container are weighed today. */
  fish(farm: Farm, assignment: Assignment): number;
  /** The fish that are weighed today; they are filled again for the next container. */
  sample(farm: Farm, assignment: Assignment): Fish;
}

/** Deaths. */
export interface Mortality {
  /** What fish die of, and what is written down of it: a toll names one by its position. */
  readonly causes: readonly Cause[];
  /** Fills `into` with the dead that are taken out of a container today: none to all of its fish. */
  take(into: Toll, farm: Farm, assignment: Assignment): void;
  /** The mean weight of the dead of a record of today's toll, in 0.01 g: who writes them down asks. */
  weightOf(today: Pick<Farm, "day">, assignment: Assignment, toll: Toll, record: number): number;
}

/** The slaughter. */
export interface Grading {
  /** The lots of a ring that has been harvested on the day on which its fish departed: all of them. */
  lots(ring: Assignment): HarvestLot[];
}

/** Lice at sea. */
export interface Lice {
  /** Whether the lice of a ring are counted today. */
  counted(farm: Farm, assignment: Assignment): boolean;
  /** Fills `into` with what is counted in a ring today. */
  count(into: LiceCount, farm: Farm, assignment: Assignment): void;
}

/** How fish look to those who examine them. */
export interface Examination {
  /**
   * Fills `into` with the scores that the fish of a container get in a sampling today, fish by fish
   * and each in the order of the parameters, from 0, the best.
   */
  score(into: Uint8Array, farm: Farm, assignment: Assignment): void;
  /** What laboratories have answered today. */
  results(farm: Farm): readonly LabSample[];
}

/** Decisions of those who keep the fish. */
export interface Husbandry {
  /** Index of the vaccine that fish of a container in fresh water get today, -1 for none. */
  vaccine(farm: Farm, assignment: Assignment): number;
  /** What is given to the fish of a ring today, null for nothing. */
  treatment(farm: Farm, assignment: Assignment): Treatment | null;
  /**
   * Those of a batch's containers whose fish go to the next stage this morning: all at once, or some
   * on each of several mornings. The plan has containers of that stage for the batch. Containers of
   * the batch's own stage may leave; where a transition is under way, others have left already.
   */
  leaving(farm: Farm, batch: Batch): readonly Assignment[];
  /** In how many days all containers of a batch will have left, when the first do this morning. */
  transitionDays(farm: Farm, batch: Batch): number;
  /** How many of some fish of a container die while they are moved this morning. */
  lostInMove(farm: Farm, source: Assignment, fish: number): number;
  /** What is noted of a voyage to sea that some fish of a container make this morning. */
  voyage: VoyageOf;
  /** What those who keep the fish write into the journal today, in the order of the entries. */
  notes(farm: Farm): readonly Note[];
  /** Those rings of a batch that are harvested this morning; all its fish are in its last stage. */
  harvested(farm: Farm, batch: Batch): readonly Assignment[];
}

/** Of no container: a decision that nothing is done. */
export const NONE: readonly Assignment[] = [];

/** A day of which nothing is written. */
export const NO_NOTES: readonly Note[] = [];

/** A source of fish that came into a container. */
export interface Origin {
  readonly from: Assignment;
  /** Fish that came. */
  readonly count: number;
}

/** What a biology remembers, and when it does. It changes `memory` and `sites`, and no other state. */
export interface Remembering {
  /** What is remembered of each site before the first day, in the biology's own order. */
  sites(): Memory[];
  /** A batch has begun; its assignments have been filled. */
  begin(farm: Farm, batch: Batch): void;
  /**
   * Fish came into a container from others, or eggs where there are none.
   *
   * @param before Fish that were in it already: 0 in a container that has just been opened.
   */
  fill(farm: Farm, assignment: Assignment, origins: readonly Origin[], before: number): void;
  /** Fish are where they are today, and nothing of the day is recorded yet. */
  morning(farm: Farm): void;
  /** All of the day has happened and has been told: what was yesterday's may be forgotten. */
  evening(farm: Farm): void;
}

/** The biology of a world. */
export interface Biology {
  readonly water: Water;
  readonly growth: Growth;
  readonly feeding: Feeding;
  readonly weighing: Weighing;
  readonly mortality: Mortality;
  readonly lice: Lice;
  readonly health: Examination;
  readonly husbandry: Husbandry;
  readonly grading: Grading;
  readonly remembering: Remembering;
}

/** What a plan may count on for every batch of a profile, as day indices; a biology keeps it. */
export interface Forecast {
  /** Of the first day of every stage as it is planned, and of the end of the last. */
  readonly starts: readonly number[];
  /** The days on which places of every stage are needed: from, up to and not including, to. */
  readonly stays: readonly { readonly from: number; readonly to: number }[];
  /**
   * Do fish keep to whatever days a schedule gives them, as long as every stay begins before the last
   * one ends? Otherwise the days of its stays are these.
   */
  readonly isFlexible: boolean;
  /**
   * For how many days places of every stage are needed at least after those of the stage before it
   * are free, where fish keep to a schedule's days.
   */
  readonly least: readonly number[];
  /** Up to which rings are needed: a batch of the highest target is harvested by then. */
  readonly lastNeeded: number;
  /** Of the day on which a batch of a target in kg is harvested. */
  harvestOf(targetKg: number): number;
}

/** A model of biology. */
export interface BiologyModel {
  /**
   * What the lives of a profile will be, before there is a farm.
   *
   * @param transitionDays Days over which containers go to the next stage.
   */
  forecast(profile: Profile, transitionDays: number): Forecast;
  /** The biology of a world. */
  biologyOf(facts: Facts): Biology;
}
