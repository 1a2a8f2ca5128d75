/** The end of a dataset: whole tables, joined tables, logs, and last of all the manifest. */
import { dirname } from "node:path";
import { isoOf } from "../farm/days.ts";
import type { World } from "../farm/world.ts";
import { syncFiles, syncFolder, writeNew, writeWhole } from "../files/create.ts";
import { numberMaster } from "../fixtures/numbering.ts";
import { DAY_TABLES } from "../render/day_rows.ts";
import { inColumnOrder } from "../render/plain_row.ts";
import { staticTables } from "../render/static/static_tables.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Table } from "../tables/description.ts";
import { loadOrder } from "../tables/order.ts";
import { removeLeftovers } from "../dataset/contents.ts";
import { descriptorOf } from "../dataset/descriptor.ts";
import { entityTables } from "./entities.ts";
import { refuseForeign, removeWork } from "./folder.ts";
import { joinBodies } from "./join.ts";
import { layoutFactsOf } from "./layout_facts_of.ts";
import { layoutDigest } from "../dataset/layout_facts.ts";
import {
  type DatasetPart,
  FORMAT,
  MANIFEST_FILE,
  type ReddManifest,
  type TableEntry,
} from "../dataset/manifest.ts";
import { logPath, LOGS, SCHEDULE_FILE, wholePath, windowPath } from "../dataset/places.ts";
import { ratesDigest } from "../dataset/rates.ts";
import { readerFiles, signedText } from "../dataset/reader_files.ts";
import type { Prepared } from "./prepare.ts";
import { profileRates } from "./profile_rates.ts";
import { withFiles } from "./records.ts";
import type { WindowPart } from "./render_window.ts";
import { writeWholeTable } from "./whole_table.ts";
import type { Pass } from "./pass.ts";
import { writing } from "./write_error.ts";

/** The share of the end that writes; the rest waits for the disk. */
const SHARE_WRITTEN = 0.6;

/**
 * Finishes a dataset whose windows are all written, and returns its manifest. Every file and every
 * folder has reached the disk before the manifest declares them complete, and the folder holds
 * nothing but what the manifest names.
 *
 * @param onShare Is told the share that is done, from 0 to 1.
 */
export async function finishDataset(
  folder: string,
  prepared: Prepared,
  windows: readonly (readonly WindowPart[])[],
  onShare: (share: number) => void,
): Promise<ReddManifest> {
  onShare(0);
  const { redd, descriptor } = writing(folder, () => writeRest(folder, prepared, windows));
  onShare(SHARE_WRITTEN);
  try {
    const onFile = (share: number) => onShare(SHARE_WRITTEN + share * (1 - SHARE_WRITTEN));
    await syncDataset(folder, redd, onFile);
  } catch (thrown) {
    writing(folder, () => {
      throw thrown;
    });
  }
  writing(folder, () => {
    writeWhole(`${folder}/${MANIFEST_FILE}`, `${descriptor}\n`);
    removeWork(folder);
  });
  return redd;
}

/** Writes whole and joined tables and the logs; what else lies there of Redd's is removed. */
function writeRest(
  folder: string,
  prepared: Prepared,
  windows: readonly (readonly WindowPart[])[],
): { redd: ReddManifest; descriptor: string } {
  const { pass } = prepared;
  const entries = new Map([
    ...writeWholeTables(folder, prepared),
    ...gatherWindows(folder, pass, windows),
  ]);
  const tables = loadOrder([...entries.keys()]).order;
  const redd = manifestOf(prepared, tables, entries);
  for (const { number, text } of pass.logs) writeNew(`${folder}/${logPath(number)}`, text);
  for (const { path, text } of readerFiles(redd)) writeNew(`${folder}/${path}`, text);
  refuseForeign(folder, `finish the dataset ${folder}`);
  removeLeftovers(folder, new Set(pathsOf(redd)));
  return { redd, descriptor: JSON.stringify(descriptorOf(redd, tables), undefined, 2) };
}

/** The paths of a finished dataset, its manifest left out. */
function pathsOf({ files = [], tables }: ReddManifest): string[] {
  const parts = Object.values(tables).flatMap(({ parts }) => parts);
  return [...files, ...parts].map(({ path }) => path);
}

/** Has all files of a dataset reach the disk, and then the folders that name them. */
async function syncDataset(
  folder: string,
  redd: ReddManifest,
  onShare: (share: number) => void,
): Promise<void> {
  const files = pathsOf(redd).map((path) => `${folder}/${path}`);
  const folders = new Set([...pathsOf(redd).map((path) => dirname(path)), LOGS, "."]);
  let done = 0;
  const onDone = () => onShare(++done / (files.length + folders.size));
  await syncFiles(files, onDone);
  for (const one of folders) {
    syncFolder(`${folder}/${one}`);
    onDone();
  }
}

type Entries = [Table, TableEntry][];

function entryOf(table: Table, parts: DatasetPart[], lastId: number): TableEntry {
  return {
    kind: table.kind as TableEntry["kind"],
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    lastId,
    parts,
  };
}

function writeWholeTables(folder: string, prepared: Prepared): Entries {
  const { fixtures, infrastructure, world, pass } = prepared;
  const statics = staticTables(fixtures, infrastructure, world.firstDay);
  const entities = entityTables(pass, world).map(({ table, rows }) => ({
    table,
    rows: Array.from(rows, (row) => inColumnOrder(tableNamed(table), row)),
  }));
  return [...statics, ...entities].map(({ table: name, rows }) => {
    const table = tableNamed(name);
    const identity = table.columns.findIndex((column) => column.identity);
    let lastId = 0;
    for (const row of rows) lastId = Math.max(lastId, Number(row[identity]));
    return [
      table,
      entryOf(table, [writeWholeTable(folder, wholePath(table), table, rows)], lastId),
    ];
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
      ? monthsOf(folder, pass, table, own)
      : [joinBodies(folder, table, own)];
    const rows = own.reduce((sum, part) => sum + part.rows, 0);
    const next = pass.end.numbers[key as keyof typeof DAY_TABLES];
    return [table, entryOf(table, parts, rows === 0 ? 0 : next - 1)];
  });
}

/** The files of the months that have rows; without any, one with the header (rulings.md#26). */
function monthsOf(
  folder: string,
  { windows }: Pass,
  table: Table,
  own: readonly WindowPart[],
): DatasetPart[] {
  const parts = withFiles(own)
    .map(({ path, rows, bytes, sha256 }): DatasetPart => ({ path, rows, bytes, sha256 }));
  if (parts.length > 0) return parts;
  return [writeWholeTable(folder, windowPath(table, windows[0]!.name), table, [])];
}

function manifestOf(
  { identity, text, world, pass, fixtures, infrastructure }: Prepared,
  tables: readonly Table[],
  entries: ReadonlyMap<Table, TableEntry>,
): ReddManifest {
  const ids = numberMaster(fixtures);
  const rates = profileRates(fixtures);
  const layout = layoutFactsOf(fixtures, infrastructure);
  const inOrder = Object.fromEntries(tables.map((table) => [table.name, entries.get(table)!]));
  const sum = (key: "rows" | "bytes") =>
    [...entries.values()].reduce((total, entry) => total + entry[key], 0);
  return {
    format: FORMAT,
    version: identity.version,
    seed: identity.seed,
    firstId: identity.firstId,
    documentedTotals: identity.documentedTotals,
    initialFeed: identity.initialFeed,
    laterScenarios: identity.laterScenarios,
    profile: {
      name: fixtures.profile.name,
      sha256: identity.profile,
      rates,
      ratesSha256: ratesDigest(rates),
    },
    fixtures: { sha256: identity.fixtures },
    layout,
    layoutSha256: layoutDigest(layout),
    schedule: { path: SCHEDULE_FILE, sha256: identity.schedule },
    schema: "2025-11",
    firstDay: isoOf(world.firstDay),
    asOf: isoOf(world.asOf),
    rows: sum("rows"),
    bytes: sum("bytes"),
    state: {
      batches: batchesByState(world, pass),
      places: {
        occupied: pass.assignments.filter((assignment) => assignment.active).length,
        everUsed: new Set(
          pass.assignments.map(({ batch, stage, ordinal }) =>
            world.batches[batch]!.places[stage]![ordinal]!.id
          ),
        ).size,
        containers: infrastructure.containers.length,
      },
    },
    tables: inOrder,
    files: [
      { path: SCHEDULE_FILE, text },
      ...pass.logs.map(({ number, text }) => ({ path: logPath(number), text })),
      ...readerFiles({ tables: inOrder }),
    ].map(signedText),
    users: Object.fromEntries(ids.users),
    contentTypes: Object.fromEntries(ids.contentTypes),
  };
}

/** `completed`, `active`, and the active ones by the name of their stage. */
function batchesByState(world: World, pass: Pass): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (key: string) => counts[key] = (counts[key] ?? 0) + 1;
  for (const { status } of pass.end.batches) add(status.toLowerCase());
  const active = pass.end.batches.filter(({ status }) => status === "ACTIVE");
  for (const { order, name } of world.rates.stages.slice(1)) {
    for (const batch of active) if (batch.stage === order) add(name);
  }
  return counts;
}
