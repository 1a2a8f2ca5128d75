/**
 * The part of `datapackage.json` that Redd itself reads back: everything under the `redd` key.
 * Data Package v2 has one hash per resource, so the parts of a table stand here (ruling 26).
 */
import { z } from "zod";
import { ReddError } from "../errors.ts";

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
  format: z.literal(1),
  version: z.string(),
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

/**
 * Reads and validates the manifest of a dataset folder.
 *
 * @throws {ReddError} input, when the folder is missing, is no dataset, or its manifest is wrong.
 */
export async function readManifest(folder: string): Promise<ReddManifest> {
  const cannot = `read the dataset ${folder}`;
  const remedy = "Give a folder that `deno task generate` has finished";
  let text: string;
  try {
    text = await Deno.readTextFile(`${folder}/${MANIFEST_FILE}`);
  } catch (cause) {
    const because = cause instanceof Deno.errors.NotFound
      ? `it has no ${MANIFEST_FILE}`
      : `${MANIFEST_FILE} cannot be opened`;
    throw new ReddError("input", "NOT_A_DATASET", { cannot, because, remedy, cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const because = `${MANIFEST_FILE} is not JSON`;
    throw new ReddError("input", "MANIFEST_INVALID", { cannot, because, remedy, cause });
  }
  const parsed = z.object({ redd: reddSchema }).safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const because = `${MANIFEST_FILE}: ${issue?.path.join(".")}: ${issue?.message}`;
    throw new ReddError("input", "MANIFEST_INVALID", { cannot, because, remedy });
  }
  return parsed.data.redd;
}
