/**
 * The part of `datapackage.json` that Redd itself reads back: everything under the `redd` key.
 * Data Package v2 has one hash per resource, so the parts of a table stand here (rulings.md#26).
 */
import { commandLine } from "../command_line.ts";
import { z } from "../packages/zod.ts";
import { ReddError } from "../errors.ts";
import { pathInside } from "../files/inside.ts";
import { NotJson, parseJson } from "../files/json.ts";
import { NotRegular, readRegular, TooLarge } from "../files/regular.ts";
import { decodeUtf8, NotText } from "../files/utf8.ts";
import {
  boundedText,
  list,
  mapping,
  namedValues,
  trueOrFalse,
  whole,
  word,
} from "../fixtures/expected.ts";
import { shown } from "../fixtures/shown.ts";
import { checked } from "../fixtures/yaml.ts";
import { MOST_SCHEDULED } from "../schedule/format.ts";
import { isNewer, VERSION } from "../version.ts";
import { HIGHEST_FIRST_ID } from "./first_id.ts";
import type { DatasetPart, ReddManifest, TableEntry } from "./manifest_type.ts";
import { EXTENSION, IDENTITY_FILE, READER_FILES } from "./places.ts";
import { layoutFactsSchema } from "./layout_facts.ts";
import { ratesSchema } from "./rates.ts";

export type * from "./manifest_type.ts";

/** The name of the descriptor inside a dataset folder. It is written last. */
export const MANIFEST_FILE = "datapackage.json";

/**
 * The most bytes of a descriptor. Tables and columns take half a megabyte, a month 5 kB, a log 200
 * bytes: a hundred years of the most batches that a schedule may have come to 9 MB.
 */
export const MANIFEST_CAP = 24_000_000;

/** As Redd writes it a descriptor is nested 7 deep, and a hundred years have 500,000 values. */
const JSON_LIMITS = { depth: 32, values: 2_000_000 };

/** The format that this Redd writes, and the highest that it reads. */
export const FORMAT = 3;

const DIGEST = { error: "64 hexadecimal digits" };
const sha256 = z.string(DIGEST).regex(/^[0-9a-f]{64}$/, DIGEST);
const day = z.iso.date({ error: "a date such as 2024-01-15" });
const count = whole(0, Number.MAX_SAFE_INTEGER);
const id = whole(1, Number.MAX_SAFE_INTEGER);

/** The most files of a table: a hundred years have 1,201 months, cut as they may be. */
const MOST_PARTS = 1300;

/** The schedule, a log of every batch, and the readers. */
const MOST_FILES = 1 + MOST_SCHEDULED + READER_FILES.length;

const PART_PATH = { error: "data/<table>.csv or data/<table>/<year>-<month>.csv" };

/** A part is one CSV file with a header; `path` is relative to the dataset folder. */
export const partSchema = mapping({
  path: z.string(PART_PATH).max(100, PART_PATH)
    .regex(/^data\/[a-z0-9_]+(\/\d{4}-\d{2})?\.csv$/, PART_PATH),
  rows: count,
  bytes: count,
  sha256,
}) satisfies z.ZodType<DatasetPart>;

/** What the dataset holds of one table. */
export const tableEntrySchema = mapping({
  kind: word("static", "windowed", "joined", "entity", "as-of"),
  rows: count,
  bytes: count,
  lastId: count,
  parts: list(partSchema, MOST_PARTS),
}) satisfies z.ZodType<TableEntry>;

const VERSION_FORM = { error: "three numbers such as 0.2.0" };

/** The `redd` key. */
export const reddSchema = mapping({
  format: z.literal([1, 2, FORMAT], { error: `1 to ${FORMAT}` }),
  version: z.string(VERSION_FORM).regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, VERSION_FORM),
  seed: count,
  firstId: whole(1, HIGHEST_FIRST_ID),
  documentedTotals: trueOrFalse,
  initialFeed: trueOrFalse,
  laterScenarios: trueOrFalse,
  profile: mapping({
    name: boundedText(100),
    sha256,
    rates: ratesSchema.optional(),
    ratesSha256: sha256.optional(),
  }),
  fixtures: mapping({ sha256 }).optional(),
  layout: layoutFactsSchema.optional(),
  layoutSha256: sha256.optional(),
  schedule: mapping({ path: word("schedule.yaml"), sha256 }),
  schema: word("2025-11"),
  firstDay: day,
  asOf: day,
  rows: count,
  bytes: count,
  state: mapping({
    batches: namedValues(count, 100),
    places: mapping({ occupied: count, everUsed: count, containers: count }),
  }),
  files: list(mapping({ path: boundedText(100), bytes: count, sha256 }), MOST_FILES).optional(),
  tables: namedValues(tableEntrySchema),
  users: namedValues(id),
  contentTypes: namedValues(id),
}) satisfies z.ZodType<ReddManifest>;

/** How many findings a message names, and how many characters of each. */
const NAMED = 20;
const LONGEST = 240;

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
  /** The version of the package; other tools show it. */
  readonly version: unknown;
  readonly resources: unknown;
  readonly redd: ReddManifest;
}

/** Other keys of a descriptor are other tools' business. */
const descriptorSchema = z.object({ redd: reddSchema }, { error: "a mapping with redd" });

/** @throws {ReddError} as {@linkcode readManifest}. */
export function readDescriptor(folder: string): Descriptor {
  return parseDescriptor(folder, readBytes(folder));
}

/**
 * Reads a descriptor of a dataset, wherever its bytes are from.
 *
 * @param name What messages call the dataset.
 * @throws {ReddError} input, when the bytes are no descriptor, or one of a later Redd.
 */
export function parseDescriptor(name: string, bytes: Uint8Array): Descriptor {
  const json = jsonIn(name, bytes);
  refuseLater(name, json);
  refuseExport(name, json);
  const found = checked(json, descriptorSchema);
  if (!found.ok) {
    throw manifestError(name, "MANIFEST_INVALID", `${MANIFEST_FILE}: ${found.because}`);
  }
  const { version, resources } = json as { version?: unknown; resources?: unknown };
  return { version, resources, redd: found.data.redd };
}

function jsonIn(name: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(decodeUtf8(MANIFEST_FILE, bytes), JSON_LIMITS);
  } catch (cause) {
    if (!(cause instanceof NotJson || cause instanceof NotText)) throw cause;
    const because = cause instanceof NotJson
      ? `${MANIFEST_FILE}${cause.message.startsWith("line") ? ", " : " "}${cause.message}`
      : cause.message;
    throw manifestError(name, "MANIFEST_INVALID", because, cause);
  }
}

function readBytes(folder: string): Uint8Array {
  try {
    return readRegular(pathInside(folder, MANIFEST_FILE), MANIFEST_CAP);
  } catch (cause) {
    const because = cause instanceof NotRegular || cause instanceof TooLarge
      ? cause.message
      : cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory
      ? missingIn(folder)
      : `${MANIFEST_FILE} cannot be opened`;
    const remedy = isMoving(folder)
      ? "Run the command that extends it once more"
      : isBegun(folder)
      ? "Give the command that began it once more: it goes on"
      : undefined;
    throw manifestError(folder, "NOT_A_DATASET", because, cause, remedy);
  }
}

/** Was an extension killed while it took its dataset's place? */
function isMoving(folder: string): boolean {
  try {
    Deno.lstatSync(`${folder}/${EXTENSION}/${MANIFEST_FILE}`);
    return true;
  } catch {
    return false;
  }
}

/** Was a generation begun in a folder and not finished? */
function isBegun(folder: string): boolean {
  try {
    return Deno.lstatSync(`${folder}/${IDENTITY_FILE}`).isFile;
  } catch {
    return false;
  }
}

/** What is wrong with a folder in which no manifest is found. */
function missingIn(folder: string): string {
  if (isMoving(folder)) return "its extension is complete and has not taken its place as a whole";
  if (isBegun(folder)) return "it was begun and is not finished";
  try {
    return Deno.statSync(folder).isDirectory
      ? `it has no ${MANIFEST_FILE}`
      : "it is a file, expected a dataset's folder";
  } catch {
    return "there is no such folder";
  }
}

const beginning = z.object({ redd: z.object({ format: z.number(), version: z.string() }) });

/** A manifest of a later Redd may have another shape, and all that this one can say is that. */
function refuseLater(folder: string, json: unknown): void {
  const parsed = beginning.safeParse(json);
  if (!parsed.success) return;
  const { format, version } = parsed.data.redd;
  if (format <= FORMAT && !isNewer(version)) return;
  const because = format > FORMAT
    ? `its manifest has format ${format}, and this Redd, ${VERSION}, reads formats up to ${FORMAT}`
    : `redd.version is ${shown(version)}, and this Redd is ${VERSION}`;
  throw new ReddError("input", "DATASET_NEWER", {
    cannot: `read the dataset ${folder}`,
    because,
    remedy: "Use the version of Redd that has made it, or a later one",
  });
}

/** What an export says of the dataset that it was made from, in place of a manifest. */
const exported = z.object({
  redd: z.strictObject({
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    title: z.string(),
    version: z.string(),
  }),
});

/** @throws {ReddError} input, for what `export` has made, which others read. */
function refuseExport(folder: string, json: unknown): void {
  const parsed = exported.safeParse(json);
  if (!parsed.success) return;
  const { digest, title } = parsed.data.redd;
  throw manifestError(
    folder,
    "NOT_A_DATASET",
    `it is an export, of the dataset ${shown(title)} with the digest ${digest}`,
    undefined,
    "Give the dataset's own folder or archive; DuckDB, pandas and others read the export",
  );
}

/** What is wrong with a manifest, in words: the first findings, and how many more. */
export function findingsText(findings: readonly string[]): string {
  const more = findings.length - NAMED;
  const named = findings.slice(0, NAMED).map((finding) =>
    finding.length > LONGEST ? `${finding.slice(0, LONGEST)}…` : finding
  ).join("; ");
  // What is wrong with another file names that.
  const where = /^(?:data|batches)\/\S+ is damaged\b/.test(named) ? "" : `${MANIFEST_FILE}: `;
  return `${where}${named}${more > 0 ? `; and ${more} more` : ""}`;
}

/** The refusal of a folder whose manifest is not to be believed. */
export function manifestError(
  folder: string,
  code: string,
  because: string,
  cause?: unknown,
  remedy = `Give a folder that ${commandLine("generate")} has finished`,
): ReddError {
  return new ReddError("input", code, {
    cannot: `read the dataset ${folder}`,
    because,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}
