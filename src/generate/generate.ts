/** Generates a dataset: plan, pass, windows in workers, entities, manifest. */
import { createHash } from "node:crypto";
import { buildWorld } from "../farm/build_world.ts";
import { isoOf } from "../farm/days.ts";
import { buildInfrastructure } from "../farm/infrastructure.ts";
import type { Infrastructure } from "../farm/places.ts";
import type { World } from "../farm/world.ts";
import { numberMaster } from "../fixtures/numbering.ts";
import type { Fixtures } from "../fixtures/read.ts";
import { inColumnOrder } from "../render/plain_row.ts";
import { DAY_TABLES } from "../render/day_rows.ts";
import { staticTables } from "../render/static/static_tables.ts";
import type { Schedule } from "../schedule/format.ts";
import { scheduleText } from "../schedule/text.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import { loadOrder } from "../tables/order.ts";
import { VERSION } from "../version.ts";
import { descriptorOf } from "./datapackage.ts";
import { entityTables } from "./entities.ts";
import { beginDataset, type Found, type Identity, openFolder, writeWhole } from "./folder.ts";
import { joinBodies } from "./join.ts";
import {
  MANIFEST_FILE,
  type Part,
  readManifest,
  type ReddManifest,
  type TableEntry,
} from "./manifest.ts";
import type { Job } from "./messages.ts";
import { SCHEDULE_FILE, WORK } from "./places.ts";
import { renderAll } from "./pool.ts";
import { completedWindow, recordWindow } from "./records.ts";
import type { WindowPart } from "./render_window.ts";
import { writeWholeTable } from "./whole_table.ts";
import { type Pass, passOver } from "./windows.ts";
import { writing } from "./write_error.ts";

/** How far a run is. */
export interface Progress {
  /** Event rows written so far by this run, and how many there will be. */
  readonly rows: number;
  readonly totalRows: number;
  readonly windows: number;
  readonly totalWindows: number;
}

/** What to generate, and where. */
export interface GenerateOptions {
  /** The dataset folder; it is made if it is not there. */
  readonly folder: string;
  /** A checked schedule. */
  readonly schedule: Schedule;
  readonly fixtures: Fixtures;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** First id of the operational tables; 1 unless given. */
  readonly firstId?: number;
  /** Adds the unused places that reach the documented totals (discrepancy D-01). */
  readonly documentedTotals?: boolean;
  /** Gives every batch the two later scenarios of discrepancy D-09. */
  readonly laterScenarios?: boolean;
  /** As many as the machine has cores unless given. */
  readonly workers?: number;
  /** Replaces the dataset that is there. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  /** Called a few times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A dataset that is complete. */
export interface Generated {
  /** What the folder held before. */
  readonly found: Found;
  readonly manifest: ReddManifest;
}

/** Interval of progress reports in milliseconds. */
const PROGRESS_INTERVAL = 200;

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Writes a dataset. An interrupted run goes on where it stopped; a finished dataset is left alone.
 *
 * @throws {ReddError} input, when the folder holds something else; environment, when it cannot be
 *   written to; interrupted, when the signal was aborted.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { schedule, fixtures, seed, firstId = 1, force = false } = options;
  const text = scheduleText(schedule);
  const identity: Identity = {
    version: VERSION,
    seed,
    profile: fixtures.profileSha256,
    schedule: sha256Of(text),
    firstId,
    documentedTotals: options.documentedTotals ?? false,
    laterScenarios: options.laterScenarios ?? false,
  };
  const found = openFolder(options.folder, identity, force);
  if (found === "finished") return { found, manifest: await readManifest(options.folder) };

  const { documentedTotals = false, laterScenarios = false } = options;
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master, {
    documentedTotals,
  });
  const world = buildWorld({ schedule, fixtures, infrastructure, seed, laterScenarios });
  const pass = passOver(world, firstId);
  // Nothing is written or replaced before the schedule has been lived through.
  if (found === "empty") beginDataset(options.folder, identity);
  const folder = Deno.realPathSync(options.folder);
  writing(folder, () => {
    makeFolders(folder);
    writeWhole(`${folder}/${SCHEDULE_FILE}`, text);
  });
  const windows = await renderWindows(options, folder, identity, world, pass);
  const manifest = writing(folder, () => {
    const entries = new Map([
      ...writeWholeTables(folder, fixtures, infrastructure, world, pass, firstId),
      ...gatherWindows(folder, pass, windows),
    ]);
    const tables = loadOrder([...entries.keys()]).order;
    const redd = manifestOf(identity, world, fixtures, tables, entries);
    writeWhole(
      `${folder}/${MANIFEST_FILE}`,
      JSON.stringify(descriptorOf(redd, tables), undefined, 2) + "\n",
    );
    Deno.removeSync(`${folder}/${WORK}`, { recursive: true });
    return redd;
  });
  return { found, manifest };
}

function makeFolders(folder: string): void {
  Deno.mkdirSync(`${folder}/data`, { recursive: true });
  for (const name of Object.values(DAY_TABLES)) {
    const parent = tableNamed(name).kind === "windowed" ? "data" : WORK;
    Deno.mkdirSync(`${folder}/${parent}/${name}`, { recursive: true });
  }
}

/** Renders the windows that no earlier run has completed; returns all parts in window order. */
async function renderWindows(
  options: GenerateOptions,
  folder: string,
  identity: Identity,
  world: World,
  pass: Pass,
): Promise<(readonly WindowPart[])[]> {
  const { onProgress, signal, workers = navigator.hardwareConcurrency } = options;
  const done = pass.windows.map(({ name }) => completedWindow(folder, name, identity));
  const jobs = pass.windows.flatMap((window, i): Job[] => {
    if (done[i] !== undefined) return [];
    const expected = (pass.snapshots[i + 1] ?? pass.end).numbers;
    return [{ kind: "job", window, snapshot: pass.snapshots[i]!, expected }];
  });
  const rows = new Int32Array(new SharedArrayBuffer(4));
  const totalRows = jobs.reduce((sum, job) => sum + rowsOf(job), 0);
  let written = pass.windows.length - jobs.length;
  const report = () =>
    onProgress?.({
      rows: Atomics.load(rows, 0),
      totalRows,
      windows: written,
      totalWindows: pass.windows.length,
    });
  const timer = onProgress === undefined ? undefined : setInterval(report, PROGRESS_INTERVAL);
  try {
    await renderAll(jobs, {
      folder,
      world,
      workers,
      rows,
      onWindow(window, parts) {
        writing(folder, () => recordWindow(folder, window.name, identity, parts));
        done[pass.windows.indexOf(window)] = parts;
        written++;
      },
      ...(signal === undefined ? {} : { signal }),
    });
    report();
  } finally {
    clearInterval(timer);
  }
  return done.map((parts) => parts!);
}

/** How many rows a window will have. */
function rowsOf({ snapshot, expected }: Job): number {
  const tables = Object.keys(DAY_TABLES) as (keyof typeof DAY_TABLES)[];
  return tables.reduce((sum, table) => sum + expected[table] - snapshot.numbers[table], 0);
}

type Entries = [Table, TableEntry][];

function entryOf(table: Table, parts: Part[], lastId: number): TableEntry {
  return {
    kind: table.kind as TableEntry["kind"],
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    lastId,
    parts,
  };
}

function writeWholeTables(
  folder: string,
  fixtures: Fixtures,
  infrastructure: Infrastructure,
  world: World,
  pass: Pass,
  firstId: number,
): Entries {
  const statics = staticTables(fixtures, infrastructure);
  const entities = entityTables(pass, world, firstId).map(({ table, rows }) => ({
    table,
    rows: Array.from(rows, (row) => inColumnOrder(tableNamed(table), row)),
  }));
  return [...statics, ...entities].map(({ table: name, rows }) => {
    const table = tableNamed(name);
    const identity = table.columns.findIndex((column) => column.identity);
    let lastId = 0;
    for (const row of rows) lastId = Math.max(lastId, Number(row[identity]));
    return [table, entryOf(table, [writeWholeTable(folder, table, rows)], lastId)];
  });
}

function gatherWindows(
  folder: string,
  pass: Pass,
  windows: readonly (readonly WindowPart[])[],
): Entries {
  return Object.entries(DAY_TABLES).map(([key, name]) => {
    const table = tableNamed(name);
    const own = windows.map((parts) => parts.find((part) => part.table === name)!);
    const parts = table.kind === "windowed"
      ? own.map(({ path, rows, bytes, sha256 }): Part => ({ path, rows, bytes, sha256 }))
      : [joinBodies(folder, table, own)];
    const rows = own.reduce((sum, part) => sum + part.rows, 0);
    const next = pass.end.numbers[key as keyof typeof DAY_TABLES];
    return [table, entryOf(table, parts, rows === 0 ? 0 : next - 1)];
  });
}

function manifestOf(
  identity: Identity,
  world: World,
  fixtures: Fixtures,
  tables: readonly Table[],
  entries: ReadonlyMap<Table, TableEntry>,
): ReddManifest {
  const ids = numberMaster(fixtures);
  const sum = (key: "rows" | "bytes") =>
    [...entries.values()].reduce((total, entry) => total + entry[key], 0);
  return {
    format: 1,
    version: identity.version,
    seed: identity.seed,
    firstId: identity.firstId,
    documentedTotals: identity.documentedTotals,
    laterScenarios: identity.laterScenarios,
    profile: { name: fixtures.profile.name, sha256: identity.profile },
    schedule: { path: SCHEDULE_FILE, sha256: identity.schedule },
    schema: "2025-11",
    firstDay: isoOf(world.firstDay),
    asOf: isoOf(world.asOf),
    rows: sum("rows"),
    bytes: sum("bytes"),
    tables: Object.fromEntries(tables.map((table) => [table.name, entries.get(table)!])),
    users: Object.fromEntries(ids.users),
    contentTypes: Object.fromEntries(ids.contentTypes),
  };
}
