/**
 * Steps and units of the figures, which both halves of a report have to know: the one that asks, and
 * the one that draws. They stand apart from the questions, so that no page carries these.
 */

/** So many days of a store are shown, up to the last on which it changed. */
export const STORE_DAYS = 90;

/** In what the packed series are told, where it is no whole number. */
export const BATCH_UNITS = { weight: 0.01, fcr: 0.001 } as const;

/** Days from one that is shown to the next; the last day of the dataset is one of them. */
export const STOCK_STEP = 7;

/** The width of a step of mean weights, kg. */
export const WEIGHT_STEP = 0.1;

/** Weeks of the year that are shown: of seven days from 1 January on, the last of eight or nine. */
export const YEAR_WEEKS = 52;

/** Shares of the readings that are at most as large as each of a series' lines. */
export const BANDS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
