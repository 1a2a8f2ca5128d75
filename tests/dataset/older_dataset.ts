/**
 * A dataset as earlier versions of Redd wrote it. Up to 0.3.0 the feeding summaries were computed for
 * the as-of date and had one file each; up to 0.2.0 every month had a file, and nothing was there for
 * other tools.
 */
import { createHash } from "node:crypto";
import { descriptorOf } from "../../src/dataset/descriptor.ts";
import { type DatasetPart, MANIFEST_FILE, type ReddManifest } from "../../src/dataset/manifest.ts";
import { READER_FILES, wholePath, windowPath } from "../../src/dataset/places.ts";
import { ratesDigest } from "../../src/dataset/rates.ts";
import { readerFiles, signedText } from "../../src/dataset/reader_files.ts";
import { windowsOf } from "../../src/dataset/windows.ts";
import { parseIso } from "../../src/farm/days.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";

/** The digest of the profile `documented` in a version. */
const PROFILES = {
  "0.2.0": "ad4bcfb514906913c748dc8d54aa1534b60683fe22b9b41da07e94256a37fe81",
  "0.3.0": "256057388d70a3a9e46f4b66f332a44869468250c192cdb587f7e84f4bd5c2a6",
} as const;

const SUMMARIES = [
  "inventory_containerfeedingsummary",
  "inventory_batchfeedingsummary",
  "inventory_historicalcontainerfeedingsummary",
  "inventory_historicalbatchfeedingsummary",
];

/** Makes a dataset of this version one of an earlier, in its folder; returns its manifest. */
export function makeOlder(folder: string, version: keyof typeof PROFILES): ReddManifest {
  const path = `${folder}/${MANIFEST_FILE}`;
  const { redd } = JSON.parse(Deno.readTextFileSync(path)) as { redd: ReddManifest };
  redd.version = version;
  const rates = redd.profile.rates!;
  rates.analysis = { ...rates.analysis!, summaryDays: 30 };
  delete rates.treatments!.liceFreeDays;
  Object.assign(redd.profile, { sha256: PROFILES[version], ratesSha256: ratesDigest(rates) });
  for (const name of SUMMARIES) oneFile(folder, redd, name);
  const tables = Object.keys(redd.tables).map((name) => tableNamed(name));
  const others = redd.files!.filter(({ path }) => !READER_FILES.some((reader) => reader === path));
  if (version === "0.2.0") {
    redd.format = 2;
    redd.files = others;
    for (const reader of READER_FILES) Deno.removeSync(`${folder}/${reader}`);
    for (const name of Object.keys(redd.tables)) everyMonth(folder, redd, name);
  } else {
    const readers = readerFiles(redd);
    for (const { path, text } of readers) Deno.writeTextFileSync(`${folder}/${path}`, text);
    redd.files = [...others, ...readers.map(signedText)];
  }
  const descriptor = withoutWords(descriptorOf(redd, tables));
  Deno.writeTextFileSync(path, `${JSON.stringify(descriptor, undefined, 2)}\n`);
  return redd;
}

/**
 * A descriptor as it was before 0.5.0: without titles of tables, units, licence and the like, and with
 * tables alone as resources.
 */
export function withoutWords(descriptor: object): object {
  const { redd, resources, ...rest } = descriptor as { redd: unknown; resources: object[] };
  const package_ = JSON.parse(JSON.stringify(rest));
  for (const key of ["licenses", "sources", "contributors", "keywords"]) delete package_[key];
  const described = JSON.stringify(
    resources.filter((one) => "schema" in one),
    (key, value) => key === "title" || key === "unit" ? undefined : value,
  );
  return { ...package_, resources: JSON.parse(described), redd };
}

function signed(text: string): { bytes: number; sha256: string } {
  const bytes = new TextEncoder().encode(text);
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A table of months whose last period alone is there, in one file and numbered from the first id. */
function oneFile(folder: string, redd: ReddManifest, name: string): void {
  const table = tableNamed(name);
  const entry = redd.tables[name]!;
  const at = (column: string) => table.columns.findIndex((one) => one.name === column);
  // No field of these tables is quoted.
  const all = entry.parts.flatMap(({ path }) =>
    Deno.readTextFileSync(`${folder}/${path}`).trimEnd().split("\n").slice(1)
      .map((line) => line.split(","))
  );
  const end = all.at(-1)?.[at("period_end")];
  const rows = all.filter((row) => row[at("period_end")] === end);
  rows.forEach((row, i) => {
    for (const id of ["id", "history_id"]) if (at(id) >= 0) row[at(id)] = `${redd.firstId + i}`;
  });
  const text = `${[headerOf(table), ...rows.map((row) => row.join(","))].join("\n")}\n`;
  Deno.removeSync(`${folder}/data/${name}`, { recursive: true });
  const path = wholePath(table);
  Deno.writeTextFileSync(`${folder}/${path}`, text);
  const part: DatasetPart = { path, rows: rows.length, ...signed(text) };
  redd.rows += part.rows - entry.rows;
  redd.bytes += part.bytes - entry.bytes;
  redd.tables[name] = {
    kind: "as-of",
    rows: part.rows,
    bytes: part.bytes,
    lastId: part.rows === 0 ? 0 : redd.firstId + part.rows - 1,
    parts: [part],
  };
}

/** A file for every month of a table, with the header alone where there are no rows. */
function everyMonth(folder: string, redd: ReddManifest, name: string): void {
  const table = tableNamed(name);
  const entry = redd.tables[name]!;
  if (entry.kind !== "windowed") return;
  const months = windowsOf(parseIso(redd.firstDay)!, parseIso(redd.asOf)!);
  const header = `${headerOf(table)}\n`;
  entry.parts = months.map((month): DatasetPart => {
    const path = windowPath(table, month.name);
    const there = entry.parts.find((part) => part.path === path);
    if (there !== undefined) return there;
    Deno.writeTextFileSync(`${folder}/${path}`, header);
    return { path, rows: 0, ...signed(header) };
  });
  const bytes = entry.parts.reduce((sum, part) => sum + part.bytes, 0);
  redd.bytes += bytes - entry.bytes;
  entry.bytes = bytes;
}
