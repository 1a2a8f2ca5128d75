/** What a schedule file says; `scheduleSchema` is held against it. */

/** A stage that a batch lives in a hall. Days are counted from the batch's start, which is 0. */
export interface HallStay {
  /** Name of the hall. */
  hall: string;
  /** Names of the containers in it. */
  containers: string[];
  /** The first day of the stay. */
  start_day: number;
  /** The day after the last one. */
  end_day: number;
}

/** The last stage, which a batch lives at sea. Days are counted from the batch's start, which is 0. */
export interface SeaStay {
  /** Name of the sea area. */
  area: string;
  /** Names of the rings in it. */
  rings: string[];
  /** How many rings these are. */
  rings_count: number;
  /** The first day of the stay. */
  start_day: number;
  /** The day up to which the rings are reserved; the harvest may come earlier. */
  end_day: number;
  /** For people: `Standard (10/20 rings)`. */
  note?: string | undefined;
}

/** A batch with all its places. */
export interface ScheduledBatch {
  /** Its number: a prefix of the layout's, a year and three digits, such as `FAR-2020-001`. */
  batch_id: string;
  /** The day on which its eggs arrive: `2020-01-31`. */
  start_date: string;
  /** How many eggs arrive, from 100,000 to 5,000,000. */
  eggs: number;
  /** Days to simulate: those up to the as-of date, 900 at most. */
  duration: number;
  /** Days up to which its places are reserved; whole in Redd's own plans. */
  effective_duration: number;
  /** The weight of a fish at which the batch is harvested, from 4.5 to 6.5 kg. */
  harvest_target_kg: number;
  /** Why there is the batch, in one line of at most 200 characters: it comes into its notes. */
  purpose?: string | undefined;
  /** Where it lives. */
  geography: string;
  /** Name of the freshwater station in which it begins. */
  station: string;
  /**
   * The stays in freshwater by the key of their stage: `egg_alevin`, `fry`, `parr`, `smolt` and
   * `post_smolt` as documented. Those that the batch does not live to see may be left out.
   */
  freshwater: Record<string, HallStay>;
  /** The stay at sea; null only where the batch does not live to see it. */
  sea: SeaStay | null;
}

/** The batches of one worker of the original system's executor; Redd itself does not use them. */
export interface Partition {
  /** Positions among the schedule's batches, from 0. */
  batch_indices: number[];
  /** The same in words, counted from 1: `12-22`. */
  batch_range: string;
  /** How many batches these are. */
  count: number;
}

/** A disease that a schedule lets begin. */
export interface ScheduledOutbreak {
  /** Name of a file of the fixtures' folder `diseases`, without `.yaml`: `pd`. */
  disease: string;
  /** Name of a sea area of a batch. */
  site: string;
  /** A day on which the batch is planned to be there. */
  date: string;
}

/** A schedule: which batch lives where and when. Batches come by their start dates. */
export interface Schedule {
  /** What the batches were planned from. */
  metadata: {
    /** The day of the plan; the as-of date too, where `as_of` is absent. */
    generated_date: string;
    /** How many batches it has. */
    total_batches: number;
    /** How many batches each geography has, rounded up; nothing follows from it. */
    batches_per_geography: number;
    /** The share of a geography's rings that may be taken at once, 0 to 1. */
    target_saturation: number;
    /** Days from one start to the next, over all geographies; 0 where the dates are given. */
    stagger_days: number;
    /** By the name of the worker. */
    worker_partitions?: Record<string, Partition> | undefined;
    /** The seed of the plan; in a dataset's folder that of the dataset. */
    seed?: number | undefined;
    /** The first day that is not simulated: `2025-11-21` (rulings.md#1). */
    as_of?: string | undefined;
    /** Days over which the containers of a batch go to the next stage; 1 where absent. */
    transition_days?: number | undefined;
    /** Days between two batches in a container; 0 where absent. */
    grace_days?: number | undefined;
    /** Weeks that a sea area rests between two batches; 0 where absent. */
    fallow_weeks?: number | undefined;
    /** Diseases that begin at a place on a day, whatever chance does; none where absent. */
    outbreaks?: ScheduledOutbreak[] | undefined;
    /** The day on which the first batch would start, were smolts to go to sea in any month. */
    planned_from?: string | undefined;
    /** What else its planner said of it; Redd keeps it and does not use it. */
    [other: string]: unknown;
  };
  /** At least one, and no number twice. */
  batches: ScheduledBatch[];
}
