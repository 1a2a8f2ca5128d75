/**
 * What must be true of a manifest, whoever has written it: it names every table of this Redd, with
 * the parts that Redd itself would give it, and its numbers agree with each other. Each finding names
 * path, value and what was expected.
 */
import { parseIso } from "../farm/days.ts";
import { allTables, tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import { loadOrder } from "../tables/order.ts";
import { VERSION } from "../version.ts";
import { descriptorOf } from "./datapackage.ts";
import type { ReddManifest, TableEntry } from "./manifest.ts";
import { LOGS, SCHEDULE_FILE, wholePath, windowPath } from "./places.ts";
import { windowsOf } from "./windows.ts";

/** The tables that every dataset has, in the order of loading. */
export function expectedTables(): readonly Table[] {
  return loadOrder(allTables.filter(({ kind }) => kind !== "empty")).order;
}

/** The parts of `1.2.3` as numbers; undefined for another form. */
function versionParts(version: string): readonly number[] | undefined {
  const match = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(version);
  return match?.slice(1).map(Number);
}

/** Is a version later than this program's? One of another form is none of Redd's. */
export function isNewer(version: string): boolean {
  const [theirs, ours] = [versionParts(version), versionParts(VERSION)!];
  if (theirs === undefined) return true;
  const at = theirs.findIndex((n, i) => n !== ours[i]);
  return at >= 0 && theirs[at]! > ours[at]!;
}

/** Everything that is wrong with a manifest; empty where nothing is. */
export function manifestFindings(redd: ReddManifest): string[] {
  const { version, firstDay, asOf } = redd;
  if (isNewer(version)) return [`redd.version is ${version}, expected ${VERSION} or earlier`];
  const [first, end] = [parseIso(firstDay), parseIso(asOf)];
  if (first === undefined || end === undefined || first >= end) {
    return [`redd.firstDay is ${firstDay}, expected a day before redd.asOf, ${asOf}`];
  }
  const expected = expectedTables();
  const names = Object.keys(redd.tables);
  const other = expected.findIndex(({ name }, i) => names[i] !== name);
  if (other >= 0 || names.length !== expected.length) {
    const at = other < 0 ? expected.length : other;
    const [found = "missing", wanted = "no more"] = [names[at], expected[at]?.name];
    return [`redd.tables has ${found} in place ${at + 1}, expected ${wanted}`];
  }
  const months = windowsOf(first, end).map(({ name }) => name);
  return [
    ...expected.flatMap((table) => tableFindings(table, redd, months)),
    ...sumFindings(redd),
    ...fileFindings(redd),
  ];
}

function sum(parts: readonly { rows: number; bytes: number }[], key: "rows" | "bytes"): number {
  return parts.reduce((total, part) => total + part[key], 0);
}

function tableFindings(table: Table, redd: ReddManifest, months: readonly string[]): string[] {
  const entry = redd.tables[table.name]!;
  const at = `redd.tables.${table.name}`;
  const paths = table.kind === "windowed"
    ? months.map((month) => windowPath(table, month))
    : [wholePath(table)];
  const found = entry.parts.map(({ path }) => path);
  const wrong = Array.from(
    { length: Math.max(paths.length, found.length) },
    (_, i) => i,
  ).find((i) => paths[i] !== found[i]);
  return [
    ...entry.kind === table.kind ? [] : [`${at}.kind is ${entry.kind}, expected ${table.kind}`],
    ...wrong === undefined ? [] : [
      `${at}.parts[${wrong}].path is ${found[wrong] ?? "missing"}, expected ${
        paths[wrong] ?? "no more"
      }`,
    ],
    ...(["rows", "bytes"] as const).flatMap((key) =>
      sum(entry.parts, key) === entry[key]
        ? []
        : [`${at}.${key} is ${entry[key]}, expected ${sum(entry.parts, key)}, the sum of its parts`]
    ),
    ...idFindings(table, entry, redd),
    ...parentFindings(table, entry, redd),
  ];
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
  const { active = 0, completed = 0 } = state.batches;
  const { occupied, everUsed, containers } = state.places;
  const laws: [string, number, number][] = [
    ["redd.rows", rows, sum(entries, "rows")],
    ["redd.bytes", bytes, sum(entries, "bytes")],
    ["redd.state.batches, active and completed,", active + completed, tables.batch_batch!.rows],
    ["redd.state.places.containers", containers, tables.infrastructure_container!.rows],
    ["redd.users, counted,", Object.keys(users).length, tables.auth_user!.rows],
    [
      "redd.contentTypes, counted,",
      Object.keys(contentTypes).length,
      tables.django_content_type!.rows,
    ],
  ];
  const findings = laws.flatMap(([what, found, expected]) =>
    found === expected ? [] : [`${what} is ${found}, expected ${expected}`]
  );
  const stages = Object.entries(state.batches)
    .filter(([key]) => /^[A-Z]/.test(key)).reduce((total, [, n]) => total + n, 0);
  return [
    ...findings,
    ...stages === active ? [] : [`redd.state.batches has ${stages} in stages, expected ${active}`],
    ...occupied <= everUsed && everUsed <= containers ? [] : [
      `redd.state.places is ${occupied}, ${everUsed}, ${containers}, expected ascending numbers`,
    ],
  ];
}

/** The files beside the tables: the schedule, and a log of every batch that has begun. */
function fileFindings({ format, files, schedule }: ReddManifest): string[] {
  if (format === 1) {
    return files === undefined ? [] : ["redd.files is there, expected none in format 1"];
  }
  if (files === undefined) return ["redd.files is missing"];
  const own = new RegExp(`^${LOGS}/[A-Z]{2,3}-\\d{4}-\\d{3}\\.log$`);
  const strange = files.findIndex(({ path }, i) =>
    i === 0 ? path !== SCHEDULE_FILE : !own.test(path)
  );
  if (strange >= 0) {
    return [`redd.files[${strange}].path is ${files[strange]!.path}, expected a log`];
  }
  const paths = files.map(({ path }) => path);
  if (new Set(paths).size !== paths.length) return ["redd.files names a file twice"];
  return files[0]?.sha256 === schedule.sha256
    ? []
    : [`redd.files[0].sha256 is not that of redd.schedule`];
}

/** Whether the resources of a descriptor are those that this Redd writes beside such a manifest. */
export function resourceFindings(resources: unknown, redd: ReddManifest): string[] {
  // The words of descriptions may have changed since; the loader compares the columns themselves.
  if (redd.version !== VERSION) return [];
  const tables = Object.keys(redd.tables).map((name) => tableNamed(name));
  const expected = JSON.parse(JSON.stringify(descriptorOf(redd, tables).resources));
  const found = firstDifference(resources, expected, "resources");
  return found === undefined ? [] : [found];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The first place in which two JSON values differ, with both values. */
function firstDifference(found: unknown, expected: unknown, at: string): string | undefined {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (!isObject(found) || !isObject(expected) || Array.isArray(found) !== Array.isArray(expected)) {
    return found === expected ? undefined : `${at} is ${shown(found)}, expected ${shown(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const step = Array.isArray(expected) ? `${at}[${key}]` : `${at}.${key}`;
    const own = (value: object) => Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    const difference = firstDifference(own(found), own(expected), step);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
