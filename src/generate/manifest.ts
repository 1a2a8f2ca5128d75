/**
 * The part of `datapackage.json` that Redd itself reads back: everything under the `redd` key.
 * Data Package v2 has one hash per resource, so the parts of a table stand here (ruling 26).
 */
import { z } from "zod";
import { ReddError } from "../errors.ts";
import { readTextInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";

/** The name of the descriptor inside a dataset folder. It is written last. */
export const MANIFEST_FILE = "datapackage.json";

/** The most bytes of a descriptor: one of a hundred years has 30 MB. */
export const MANIFEST_CAP = 64_000_000;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();
const count = z.int().nonnegative();

/** A part is one CSV file with a header; `path` is relative to the dataset folder. */
export const partSchema = z.strictObject({
  path: z.string().regex(
    /^data\/[a-z0-9_]+(\/\d{4}-\d{2})?\.csv$/,
    "expected data/<table>.csv or data/<table>/<year>-<month>.csv",
  ),
  rows: count,
  bytes: count,
  sha256,
});

/** What the dataset holds of one table. */
export const tableEntrySchema = z.strictObject({
  kind: z.enum(["static", "windowed", "joined", "entity", "as-of"]),
  rows: count,
  bytes: count,
  /** The highest value of the identity column, 0 where there is no row. */
  lastId: count,
  parts: z.array(partSchema).min(1),
});

/** The `redd` key. */
export const reddSchema = z.strictObject({
  /** 2 since the files beside the tables are named; 1 has none of them. */
  format: z.literal([1, 2]),
  version: z.string().max(100),
  seed: count,
  /** Where the ids of the operational tables begin. */
  firstId: z.int().positive(),
  /** Whether the unused places of the documented totals are in it (discrepancy D-01). */
  documentedTotals: z.boolean(),
  /** Whether silos and barges are filled before the first batch (ruling 8). */
  initialFeed: z.boolean(),
  /** Whether batches have the two later scenarios (discrepancy D-09). */
  laterScenarios: z.boolean(),
  profile: z.strictObject({ name: z.string(), sha256 }),
  schedule: z.strictObject({ path: z.literal("schedule.yaml"), sha256 }),
  /** The AquaMind schema the columns follow. */
  schema: z.literal("2025-11"),
  firstDay: day,
  /** The first day that is not simulated (ruling 1). */
  asOf: day,
  rows: count,
  bytes: count,
  /** How things stand at the end of the last day. */
  state: z.strictObject({
    /** Batches by status, and the active ones by stage. */
    batches: z.record(z.string(), count),
    /** Containers that hold fish, that ever did, and that could (schedule.md section 9). */
    places: z.strictObject({ occupied: count, everUsed: count, containers: count }),
  }),
  /** What the folder holds besides tables and descriptor: the schedule first, then the logs. */
  files: z.array(z.strictObject({ path: z.string().max(200), bytes: count, sha256 })).optional(),
  /** By table name; the order is the order of loading. */
  tables: z.record(z.string(), tableEntrySchema),
  /** The dataset's user ids by username (ruling 23). */
  users: z.record(z.string(), z.int().positive()),
  /** The dataset's content type ids by `app_label.model` (ruling 23). */
  contentTypes: z.record(z.string(), z.int().positive()),
});

export type Part = z.infer<typeof partSchema>;
export type TableEntry = z.infer<typeof tableEntrySchema>;
export type ReddManifest = z.infer<typeof reddSchema>;

/** How many findings a message names. */
const NAMED = 20;

/**
 * Reads the manifest of a dataset folder and holds it against its schema, alone; whether it is true
 * is asked by `readDataset`.
 *
 * @throws {ReddError} input, when the folder is missing, is no dataset, or its manifest is wrong.
 */
export function readManifest(folder: string): Promise<ReddManifest> {
  return Promise.resolve().then(() => readDescriptor(folder).redd);
}

/** The descriptor of a dataset folder, as far as Redd reads it. */
export interface Descriptor {
  readonly resources: unknown;
  readonly redd: ReddManifest;
}

/** @throws {ReddError} as {@linkcode readManifest}. */
export function readDescriptor(folder: string): Descriptor {
  let text: string;
  try {
    text = readTextInside(folder, MANIFEST_FILE, MANIFEST_CAP);
  } catch (cause) {
    const because = cause instanceof NotRegular || cause instanceof TooLarge
      ? cause.message
      : cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory
      ? `it has no ${MANIFEST_FILE}`
      : `${MANIFEST_FILE} cannot be opened`;
    throw manifestError(folder, "NOT_A_DATASET", because, cause);
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw manifestError(folder, "MANIFEST_INVALID", `${MANIFEST_FILE} is not JSON`, cause);
  }
  const parsed = z.object({ redd: reddSchema }).safeParse(json);
  if (parsed.success) {
    return { resources: (json as { resources?: unknown }).resources, redd: parsed.data.redd };
  }
  const findings = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw manifestError(folder, "MANIFEST_INVALID", findingsText(findings));
}

/** What is wrong with a manifest, in words: the first findings, and how many more. */
export function findingsText(findings: readonly string[]): string {
  const more = findings.length - NAMED;
  const named = findings.slice(0, NAMED).join("; ");
  return `${MANIFEST_FILE}: ${named}${more > 0 ? `; and ${more} more` : ""}`;
}

/** The refusal of a folder whose manifest is not to be believed. */
export function manifestError(
  folder: string,
  code: string,
  because: string,
  cause?: unknown,
): ReddError {
  return new ReddError("input", code, {
    cannot: `read the dataset ${folder}`,
    because,
    remedy: "Give a folder that `deno task generate` has finished",
    ...(cause === undefined ? {} : { cause }),
  });
}
