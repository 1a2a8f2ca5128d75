/** A finished dataset that somebody hands over: nothing that its manifest says is believed unasked. */
import { createHash } from "node:crypto";
import { isoOf, parseIso } from "../farm/days.ts";
import { readInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";
import { parseYaml } from "../fixtures/yaml.ts";
import { asOfOf, SCHEDULE_LIMITS, scheduleSchema } from "../schedule/format.ts";
import { damageOf } from "./digest.ts";
import {
  findingsText,
  FORMAT,
  manifestError,
  readDescriptor,
  type ReddManifest,
} from "./manifest.ts";
import { descriptorFindings, manifestFindings } from "./manifest_laws.ts";
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
 * Reads the manifest of a finished dataset, and holds it against the descriptions of the tables, its
 * own sums, its schedule and logs, the length of every file, and the rows of small tables. The rows
 * of the farm's days are compared with their digests when they are read.
 *
 * @throws {ReddError} input: no dataset, one of a later version, or one that is not as it says.
 */
export function readDataset(folder: string): Promise<ReddManifest> {
  return Promise.resolve().then(() => {
    const descriptor = readDescriptor(folder);
    const { redd } = descriptor;
    // What comes later relies on what comes before.
    const laws = [
      () => manifestFindings(redd),
      () => descriptorFindings(descriptor),
      () => sizeFindings(folder, redd),
      () => unnamedFindings(folder, redd),
      () => scheduleFindings(folder, redd),
      () => rowFindings(folder, redd),
    ];
    for (const law of laws) {
      const findings = findingsOf(law);
      if (findings.length === 0) continue;
      throw manifestError(folder, "MANIFEST_INVALID", findingsText(findings));
    }
    return redd;
  });
}

function findingsOf(law: () => string[]): string[] {
  try {
    return law();
  } catch (thrown) {
    if (thrown instanceof Untrue) return [thrown.message];
    throw thrown;
  }
}

/** What is wrong with the schedule and the logs, and with what the manifest says of both. */
function scheduleFindings(folder: string, redd: ReddManifest): string[] {
  const { files, schedule: { sha256 }, firstDay, asOf } = redd;
  const bytes = scheduleBytes(folder);
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
  if (redd.format === FORMAT) logs.push(...READER_FILES);
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
    ...batchFindings(folder, redd, batches),
  ];
  return findings.length > 0
    ? findings
    : files?.flatMap((file) => damageOf(folder, file) ?? []) ?? [];
}

function scheduleBytes(folder: string): Uint8Array {
  try {
    return readInside(folder, SCHEDULE_FILE, SCHEDULE_LIMITS.bytes);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) throw new Untrue(`${SCHEDULE_FILE} is missing`);
    if (thrown instanceof NotRegular || thrown instanceof TooLarge) {
      throw new Untrue(thrown.message);
    }
    throw thrown;
  }
}

function rowFindings(folder: string, redd: ReddManifest): string[] {
  const rows = (name: string) => rowsOf(folder, redd, name);
  return [
    ...lastIdFindings(folder, redd),
    ...mapFindings("users", redd, rows("auth_user"), ({ username }) => username!),
    ...mapFindings(
      "contentTypes",
      redd,
      rows("django_content_type"),
      ({ app_label, model }) => `${app_label}.${model}`,
    ),
    ...stateFindings(folder, redd),
  ];
}
