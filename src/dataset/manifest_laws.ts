/**
 * What must be true of a manifest, whoever has written it: it names every table of this Redd, with
 * the parts that Redd itself would give it, and its numbers agree with each other. Each finding names
 * path, value and what was expected.
 */
import { parseIso } from "../farm/days.ts";
import { pathText, shown } from "../fixtures/shown.ts";
import { allTables, tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import { loadOrder } from "../tables/order.ts";
import { isEarlier, VERSION } from "../version.ts";
import { descriptorOf } from "./descriptor.ts";
import { type Descriptor, FORMAT, type ReddManifest, type TableEntry } from "./manifest.ts";
import { layoutFindings } from "./layout_laws.ts";
import { LOGS, numberOfLog, READER_FILES, SCHEDULE_FILE, wholePath, windowPath } from "./places.ts";
import { rateFindings } from "./rate_laws.ts";
import { readerFiles, signedText } from "./reader_files.ts";
import { windowsOf } from "./windows.ts";

/**
 * The tables that every dataset of a version of Redd has, in the order of loading.
 *
 * @param tables The tables that there are; AquaMind's unless given.
 */
export function expectedTables(version: string, tables = allTables): readonly Table[] {
  return loadOrder(
    tables.filter(({ kind, since }) =>
      kind !== "empty" && !(since !== undefined && isEarlier(version, since))
    ),
  ).order;
}

/** Everything that is wrong with a manifest; empty where nothing is. */
export function manifestFindings(redd: ReddManifest): string[] {
  const { version, firstDay, asOf } = redd;
  const [first, end] = [parseIso(firstDay), parseIso(asOf)];
  if (first === undefined || end === undefined || first >= end) {
    return [`redd.firstDay is ${firstDay}, expected a day before redd.asOf, ${asOf}`];
  }
  const expected = expectedTables(version);
  const names = Object.keys(redd.tables);
  const other = firstOther(names, expected.map(({ name }) => name));
  if (other !== undefined) {
    const { at, found = "no more", wanted = "no more" } = other;
    return [`redd.tables has ${shown(found)} in place ${at + 1}, expected ${wanted}`];
  }
  const months = windowsOf(first, end).map(({ name }) => name);
  return [
    ...expected.flatMap((table) => tableFindings(table, redd, months)),
    ...sumFindings(redd),
    ...rateFindings(redd),
    ...layoutFindings(redd),
    ...fixtureFindings(redd),
    ...fileFindings(redd),
  ];
}

/** The first place in which two lists differ, with what they have there. */
function firstOther(
  found: readonly string[],
  wanted: readonly string[],
): { readonly at: number; readonly found?: string; readonly wanted?: string } | undefined {
  for (let at = 0; at < Math.max(found.length, wanted.length); at++) {
    const [one, other] = [found[at], wanted[at]];
    if (one === other) continue;
    return {
      at,
      ...(one === undefined ? {} : { found: one }),
      ...(other === undefined ? {} : { wanted: other }),
    };
  }
  return undefined;
}

function sum(parts: readonly { rows: number; bytes: number }[], key: "rows" | "bytes"): number {
  return parts.reduce((total, part) => total + part[key], 0);
}

/** The version since which transfer workflows are entities: one may be under way on the last day. */
const UNDER_WAY = "0.3.0";

/** The version since which feeding summaries are of calendar weeks and months, and final. */
const OF_PERIODS = "0.4.0";

/** The kinds that a table may have in a dataset of a version. */
function kindsOf({ name, kind }: Table, version: string): readonly TableEntry["kind"][] {
  if (/feedingsummary$/.test(name) && isEarlier(version, OF_PERIODS)) return ["as-of"];
  const now = kind as TableEntry["kind"];
  const earlier = name === "batch_batchtransferworkflow" && isEarlier(version, UNDER_WAY);
  return earlier ? [now, "joined"] : [now];
}

function tableFindings(table: Table, redd: ReddManifest, months: readonly string[]): string[] {
  const entry = redd.tables[table.name]!;
  const at = `redd.tables.${table.name}`;
  const [kind, other] = kindsOf(table, redd.version);
  return [
    ...entry.kind === kind || entry.kind === other
      ? []
      : [`${at}.kind is ${entry.kind}, expected ${kind}`],
    ...pathFindings(table, entry, redd, kind === "windowed" ? months : undefined),
    ...(["rows", "bytes"] as const).flatMap((key) =>
      sum(entry.parts, key) === entry[key]
        ? []
        : [`${at}.${key} is ${entry[key]}, expected ${sum(entry.parts, key)}, the sum of its parts`]
    ),
    ...idFindings(table, entry, redd),
    ...parentFindings(table, entry, redd),
  ];
}

/** The version since which months without rows have no file, and readers are written. */
const WITH_READERS = "0.3.0";

/**
 * The files of a table: one for each month that has rows. A table without any has one all the same;
 * before 0.3.0 every month had one.
 *
 * @param months Absent of a table that has one file.
 */
function pathFindings(
  table: Table,
  { parts }: TableEntry,
  { format }: ReddManifest,
  months: readonly string[] | undefined,
): string[] {
  const at = `redd.tables.${table.name}.parts`;
  const found = parts.map(({ path }) => path);
  const all = months?.map((month) => windowPath(table, month)) ?? [wholePath(table)];
  const named = format < FORMAT || months === undefined
    ? all
    : all.filter((path) => found.includes(path));
  const other = firstOther(found, named);
  if (other !== undefined) {
    const { at: place, found = "missing", wanted = "no more" } = other;
    return [`${at}[${place}].path is ${found}, expected ${wanted}`];
  }
  if (format < FORMAT || months === undefined) return [];
  const empty = parts.findIndex(({ rows }) => rows === 0);
  if (empty < 0) return [];
  if (parts.length > 1) {
    return [`${at}[${empty}].rows is 0, expected some: a month without has no file`];
  }
  return found[0] === all[0] ? [] : [`${at}[0].path is ${found[0]}, expected ${all[0]}`];
}

/** Ids of the farm's days are given one after the other from the first on. */
function idFindings(table: Table, { rows, lastId }: TableEntry, { firstId }: ReddManifest) {
  const at = `redd.tables.${table.name}.lastId`;
  const expected = rows === 0 ? 0 : firstId + rows - 1;
  if (table.kind !== "static" || rows === 0) {
    return lastId === expected ? [] : [`${at} is ${lastId}, expected ${expected}`];
  }
  return lastId >= rows ? [] : [`${at} is ${lastId}, expected ${rows} at least, one for each row`];
}

/** Rows that must refer to others cannot be there without them. */
function parentFindings(table: Table, { rows }: TableEntry, { tables }: ReddManifest): string[] {
  if (rows === 0) return [];
  return table.columns.flatMap(({ name, nullable, references }) => {
    if (nullable || references === undefined || (tables[references.table]?.rows ?? 0) > 0) {
      return [];
    }
    return [
      `redd.tables.${references.table}.rows is 0, expected some: ${table.name}.${name} refers to them`,
    ];
  });
}

function sumFindings({ rows, bytes, tables, state, users, contentTypes }: ReddManifest): string[] {
  const entries = Object.values(tables);
  const laws: [string, number, number][] = [
    ["redd.rows", rows, sum(entries, "rows")],
    ["redd.bytes", bytes, sum(entries, "bytes")],
    [
      "redd.state.places.containers",
      state.places.containers,
      tables.infrastructure_container!.rows,
    ],
    ["redd.users, counted,", Object.keys(users).length, tables.auth_user!.rows],
    [
      "redd.contentTypes, counted,",
      Object.keys(contentTypes).length,
      tables.django_content_type!.rows,
    ],
  ];
  return laws.flatMap(([what, found, expected]) =>
    found === expected ? [] : [`${what} is ${found}, expected ${expected}`]
  );
}

/** The version since which the files beside the tables are named. */
const NAMING = "0.2.0";

/** What a manifest of format 2 says of the fixtures that made the dataset. */
function fixtureFindings({ format, fixtures }: ReddManifest): string[] {
  return format !== 1 && fixtures === undefined ? ["redd.fixtures is missing"] : [];
}

/** The format that a version writes. */
function formatOf(version: string): ReddManifest["format"] {
  return isEarlier(version, NAMING) ? 1 : isEarlier(version, WITH_READERS) ? 2 : FORMAT;
}

/** The files beside the tables: the schedule, a log of every batch that it has, the readers. */
function fileFindings(redd: ReddManifest): string[] {
  const { version, format, files, schedule } = redd;
  const written = formatOf(version);
  if (format !== written) {
    return [`redd.format is ${format}, expected ${written}, as Redd ${version} writes it`];
  }
  if (format === 1) {
    return files === undefined ? [] : ["redd.files is there, expected none in format 1"];
  }
  if (files === undefined) return ["redd.files is missing"];
  const logs = format < FORMAT
    ? files
    : files.slice(0, Math.max(1, files.length - READER_FILES.length));
  const strange = logs.findIndex(({ path }, i) =>
    i === 0 ? path !== SCHEDULE_FILE : numberOfLog(path) === undefined
  );
  if (strange >= 0) {
    const expected = strange === 0 ? SCHEDULE_FILE : `${LOGS}/<batch>.log`;
    return [`redd.files[${strange}].path is ${shown(files[strange]!.path)}, expected ${expected}`];
  }
  const { sha256 } = files[0]!;
  return [
    ...sha256 === schedule.sha256
      ? []
      : [`redd.files[0].sha256 is ${sha256}, expected ${schedule.sha256}, that of redd.schedule`],
    ...readerFindings(redd, logs.length),
  ];
}

/**
 * The readers, of which one is run by whoever uses it: of this version they are what Redd writes for
 * these tables, to the byte; of an earlier one, files by these names.
 */
function readerFindings(redd: ReddManifest, from: number): string[] {
  const { version, format, files = [] } = redd;
  if (format < FORMAT) return [];
  const written = new Map(
    version === VERSION ? readerFiles(redd).map((file) => [file.path, signedText(file)]) : [],
  );
  return READER_FILES.flatMap((path, i) => {
    const at = `redd.files[${from + i}]`;
    const found = files[from + i];
    if (found?.path !== path) {
      return [
        `${at}.path is ${found === undefined ? "missing" : shown(found.path)}, expected ${path}`,
      ];
    }
    const expected = written.get(path);
    return (["bytes", "sha256"] as const).flatMap((key) =>
      expected === undefined || expected[key] === found[key] ? [] : [
        `${at}.${key} is ${found[key]}, expected ${
          expected[key]
        }, as Redd ${version} writes ${path}`,
      ]
    );
  });
}

/** The version since which tables have titles and columns units. */
const WITH_TITLES = "0.5.0";

/** The version since which the files beside the tables are resources, too. */
const WITH_FILES = "0.8.0";

/** What a descriptor says for people. */
const WORDS = ["description", "title", "unit"];

/**
 * Whether a descriptor is the one that Redd writes beside such a manifest, as far as it says how to
 * read the tables. What other tools add besides is theirs.
 */
export function descriptorFindings(descriptor: Descriptor): string[] {
  const { version, redd } = descriptor;
  const tables = Object.keys(redd.tables).map((name) => tableNamed(name));
  const resources = Array.isArray(descriptor.resources) && !isEarlier(redd.version, WITH_FILES)
    ? descriptor.resources.slice(0, tables.length)
    : descriptor.resources;
  const expected = JSON.parse(JSON.stringify(descriptorOf({ ...redd, files: [] }, tables)));
  // The words that describe a table may have changed since, and were fewer once.
  const free = [
    ...redd.version === VERSION ? [] : WORDS,
    ...isEarlier(redd.version, WITH_TITLES) ? ["title", "unit"] : [],
  ];
  const found = firstDifference({ version, resources }, {
    version: expected.version,
    resources: expected.resources,
  }, free);
  return found === undefined ? [] : [found];
}

/** Whether a descriptor says of the files beside the tables what its manifest says. */
export function fileResourceFindings({ resources, redd }: Descriptor): string[] {
  if (isEarlier(redd.version, WITH_FILES)) return [];
  const tables = Object.keys(redd.tables).map((name) => tableNamed(name));
  const expected = JSON.parse(JSON.stringify(descriptorOf(redd, tables)));
  const free = redd.version === VERSION ? [] : [...WORDS, "mediatype"];
  const found = firstDifference({ resources }, { resources: expected.resources }, [
    ...free,
    // Those of the tables were compared before.
    ...tables.map((_, i) => String(i)),
  ]);
  return found === undefined ? [] : [found];
}

/** The first place in which two JSON values differ, with both values; some keys may. */
function firstDifference(
  found: unknown,
  expected: unknown,
  free: readonly string[],
  path: readonly PropertyKey[] = [],
): string | undefined {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) {
    return found === expected
      ? undefined
      : `${pathText(path)} is ${shown(found)}, expected ${shown(expected)}`;
  }
  const own = (value: object, key: string) =>
    Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (free.includes(key)) continue;
    const step = [...path, Array.isArray(expected) ? Number(key) : key];
    const difference = firstDifference(own(found, key), own(expected, key), free, step);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
