/** What the ways to load are called. */

/**
 * A way to load: `deferred` is one transaction; `rebuild` drops indexes and keys, copies over several
 * connections and puts them back, recorded step by step in the ledger; `auto` takes what fits.
 */
export type Method = "auto" | "deferred" | "rebuild";

/** The ways to load: as one transaction, through the ledger, or as the size asks for. */
export const METHODS = ["auto", "deferred", "rebuild"] as const satisfies readonly Method[];
