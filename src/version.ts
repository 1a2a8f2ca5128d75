/** The version of Redd. It is part of the promise of equal bytes: see `datapackage.json`. */
export const VERSION = "0.2.0";
