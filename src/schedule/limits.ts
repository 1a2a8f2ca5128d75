/** What a batch may be. Nothing but values: the command line's help reads them before all else. */

/** Fewest and most eggs of a batch (rulings.md#20). */
export const EGGS = { least: 100_000, most: 5_000_000 } as const;

/** The lowest and the highest harvest target in kg. */
export const TARGETS = { least: 4.5, most: 6.5 } as const;

/** The seed of who says none. */
export const DEFAULT_SEED = 1;

/** The longest life of a batch in days. */
export const LONGEST_LIFE = 900;

/** Most batches per geography: their numbers have three digits. */
export const MOST_BATCHES = 999;

/** Most days from one start to the next. A stagger of 0 is none: the dates are given. */
export const MOST_STAGGER = 1000;

/** Most years of a plan; with them a stagger of six days has three digits for its batches. */
export const MOST_PLANNED_YEARS = 25;

/** Most days over which the containers of a batch go to the next stage. */
export const LONGEST_TRANSITION = 30;

/** Most days between two batches in a container. */
export const LONGEST_GRACE = 60;

/** Most weeks that a sea area rests between two batches. */
export const LONGEST_FALLOW = 52;

/** The most outbreaks of a schedule. */
export const MOST_OUTBREAKS = 1000;

/** The longest note of a stay at sea, in characters. */
export const LONGEST_NOTE = 400;

/** The longest purpose of a batch, in characters. */
export const LONGEST_PURPOSE = 200;
