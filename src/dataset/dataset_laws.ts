/** A finished dataset that somebody hands over: nothing that its manifest says is believed unasked. */
import { createHash } from "node:crypto";
import { isoOf, parseIso } from "../farm/days.ts";
import { parseYaml } from "../fixtures/yaml.ts";
import { asOfOf, SCHEDULE_LIMITS, scheduleSchema } from "../schedule/format.ts";
import type { Dataset } from "./dataset_type.ts";
import { type Descriptor, findingsText, FORMAT, manifestError } from "./manifest.ts";
import { descriptorFindings, fileResourceFindings, manifestFindings } from "./manifest_laws.ts";
import { faultOf, PartChanged, type SignedPart } from "./part_file.ts";
import { logPath, READER_FILES, SCHEDULE_FILE } from "./places.ts";
import {
  batchFindings,
  lastIdFindings,
  mapFindings,
  rowsOf,
  sizeFindings,
  stateFindings,
  unnamedFindings,
  Untrue,
} from "./row_laws.ts";

/**
 * Holds a manifest against the descriptions of the tables, its own sums, its schedule and logs, the
 * length of every part, and the rows of small tables. The rows of the farm's days are compared with
 * their digests when they are read.
 *
 * @throws {ReddError} input: the dataset is not as its manifest says.
 */
export async function requireTrue(dataset: Dataset, descriptor: Descriptor): Promise<void> {
  await requireOrderly(dataset.name, descriptor);
  refuse(dataset.name, await contentFindings(dataset));
  refuse(dataset.name, fileResourceFindings(descriptor));
}

/**
 * Holds a manifest against the descriptions of the tables and its own sums; its files are left to
 * whoever reads them.
 *
 * @throws {ReddError} input: the manifest is none of a dataset.
 */
export async function requireOrderly(name: string, descriptor: Descriptor): Promise<void> {
  const laws = [() => manifestFindings(descriptor.redd), () => descriptorFindings(descriptor)];
  refuse(name, await firstFindings(laws));
}

/** What is wrong with the files of a dataset whose manifest is orderly; nothing where all is well. */
export function contentFindings(dataset: Dataset): Promise<string[]> {
  return firstFindings([
    () => sizeFindings(dataset),
    () => unnamedFindings(dataset),
    () => scheduleFindings(dataset),
    () => rowFindings(dataset),
  ]);
}

function refuse(name: string, findings: readonly string[]): void {
  if (findings.length === 0) return;
  throw manifestError(name, "MANIFEST_INVALID", findingsText(findings));
}

/** The findings of the first law that is broken: what comes later relies on what comes before. */
async function firstFindings(
  laws: readonly (() => string[] | Promise<string[]>)[],
): Promise<string[]> {
  for (const law of laws) {
    const findings = await findingsOf(law);
    if (findings.length > 0) return findings;
  }
  return [];
}

async function findingsOf(law: () => string[] | Promise<string[]>): Promise<string[]> {
  try {
    return await law();
  } catch (thrown) {
    if (thrown instanceof Untrue) return [thrown.message];
    throw thrown;
  }
}

/** What is wrong with the schedule and the logs, and with what the manifest says of both. */
async function scheduleFindings(dataset: Dataset): Promise<string[]> {
  const { files, format, schedule: { sha256 }, firstDay, asOf } = dataset.manifest;
  const bytes = await scheduleBytes(dataset);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    return [`${SCHEDULE_FILE} is damaged: it has the sha256 ${found}, expected ${sha256}`];
  }
  const text = new TextDecoder().decode(bytes);
  const parsed = parseYaml(text, scheduleSchema, SCHEDULE_LIMITS);
  if (!parsed.ok) return [`${SCHEDULE_FILE}: ${parsed.because}`];
  const { batches } = parsed.data;
  const first = isoOf(Math.min(...batches.map(({ start_date }) => parseIso(start_date)!)));
  const logs = [SCHEDULE_FILE, ...batches.map(({ batch_id }) => logPath(batch_id))];
  if (format === FORMAT) logs.push(...READER_FILES);
  const other = files === undefined ? -1 : logs.findIndex((path, i) => files[i]?.path !== path);
  const findings = [
    ...first === firstDay
      ? []
      : [`redd.firstDay is ${firstDay}, expected ${first}, when ${SCHEDULE_FILE} begins`],
    ...asOfOf(parsed.data) === asOf
      ? []
      : [`redd.asOf is ${asOf}, expected ${asOfOf(parsed.data)}, as ${SCHEDULE_FILE} has it`],
    ...other < 0 ? [] : [
      `redd.files[${other}].path is ${files?.[other]?.path ?? "missing"}, expected ${logs[other]}`,
    ],
    ...files === undefined || files.length <= logs.length
      ? []
      : [`redd.files has ${files.length} files, expected ${logs.length}`],
    ...await batchFindings(dataset, batches),
  ];
  if (findings.length > 0) return findings;
  const damages: string[] = [];
  for (const file of files ?? []) damages.push(...await damageFindings(dataset, file));
  return damages;
}

/** What is wrong with a file that is read through. */
async function damageFindings(dataset: Dataset, file: SignedPart): Promise<string[]> {
  const buffer = new Uint8Array(64 * 1024);
  try {
    using open = dataset.open(file);
    while (await open.read(buffer) !== undefined);
    open.requireSigned();
    return [];
  } catch (thrown) {
    if (thrown instanceof PartChanged) return [faultOf(file, thrown)];
    throw thrown;
  }
}

async function scheduleBytes(dataset: Dataset): Promise<Uint8Array> {
  try {
    return await dataset.read(SCHEDULE_FILE, SCHEDULE_LIMITS.bytes);
  } catch (thrown) {
    if (thrown instanceof PartChanged) throw new Untrue(faultOf({ path: SCHEDULE_FILE }, thrown));
    throw thrown;
  }
}

async function rowFindings(dataset: Dataset): Promise<string[]> {
  const { manifest } = dataset;
  return [
    ...await lastIdFindings(dataset),
    ...mapFindings(
      "users",
      manifest,
      await rowsOf(dataset, "auth_user"),
      ({ username }) => username!,
    ),
    ...mapFindings(
      "contentTypes",
      manifest,
      await rowsOf(dataset, "django_content_type"),
      ({ app_label, model }) => `${app_label}.${model}`,
    ),
    ...await stateFindings(dataset),
  ];
}
