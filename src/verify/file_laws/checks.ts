/** The checks of a dataset's files, which come before those of what they say. */
import type { CheckFacts } from "../../catalogue/check.ts";

const check = (id: string, title: string, source: string): CheckFacts => (
  { id, title, source, tables: [] }
);

/** Every file is there. */
export const FILE_THERE = check(
  "FILE-THERE",
  "every file that the manifest names is there, as long as it says, and no other beside it",
  "rulings.md#26",
);

/** Every file is the one that was generated. */
export const FILE_DIGEST = check(
  "FILE-DIGEST",
  "every file has the sha256 that the manifest says",
  "rulings.md#26",
);

/** Every file is CSV as Redd writes it. */
export const FILE_FORM = check(
  "FILE-FORM",
  "files have the header of their table, as many rows as the manifest says, and in each as many " +
    "values as columns",
  "rulings.md#19",
);

/** Every value is one. */
export const FILE_TYPE = check(
  "FILE-TYPE",
  "every value is of its column's type, and none is missing where there must be one",
  "rulings.md#19",
);

/** No key is there twice. */
export const FILE_KEY = check("FILE-KEY", "every key is that of one row", "design.md#promise-5");

/** No row refers to nothing. */
export const FILE_REFERENCE = check(
  "FILE-REFERENCE",
  "every foreign key is that of a row",
  "design.md#promise-5",
);

/** Rows are in order. */
export const FILE_ORDER = check(
  "FILE-ORDER",
  "ids ascend, those of the farm's days one by one, and a month's file has its days",
  "design.md#promise-1",
);

/** The manifest tells the truth of what is no table's business. */
export const FILE_MANIFEST = check(
  "FILE-MANIFEST",
  "what the manifest says of schedule, logs, ids and batches is what they say",
  "rulings.md#26",
);

/** All of them, in the order in which they are told. */
export const fileChecks: readonly CheckFacts[] = [
  FILE_THERE,
  FILE_DIGEST,
  FILE_FORM,
  FILE_TYPE,
  FILE_KEY,
  FILE_REFERENCE,
  FILE_ORDER,
  FILE_MANIFEST,
];
