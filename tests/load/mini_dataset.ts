/** A dataset of a few rows, with a manifest that is right unless a test makes it wrong. */
import { parse } from "@std/csv";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { DOCUMENTED_PROFILES } from "../../src/dataset/documented_rates.ts";
import type { ReddManifest, TableEntry } from "../../src/dataset/manifest.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";

const STAMPS = "2018-01-01T00:00:00Z,2018-01-01T00:00:00Z";

/** Rows by table, each a line of CSV in the order of the described columns. */
export const MINI: Readonly<Record<string, readonly string[]>> = {
  infrastructure_geography: [
    `1,Faroe Islands,"",${STAMPS}`,
    `2,Scotland,"two\nlines, ""quoted""",${STAMPS}`,
  ],
  infrastructure_freshwaterstation: [
    `1,FI-FW-01,FRESHWATER,62.000000,-6.783300,"",t,${STAMPS},1`,
    `2,FI-FW-02,FRESHWATER,62.100000,-6.783300,"",t,${STAMPS},1`,
    `7,S-FW-01,FRESHWATER,57.500000,-5.500000,"",f,${STAMPS},2`,
  ],
  infrastructure_hall: [
    `1,FI-FW-01-Hall-A,"",500.00,t,${STAMPS},1`,
    `2,FI-FW-01-Hall-B,"",,t,${STAMPS},1`,
    `5,S-FW-01-Hall-A,"",500.00,t,${STAMPS},7`,
  ],
};

/** The same with two tables that Django fills when it migrates. */
export const WITH_DJANGO: Readonly<Record<string, readonly string[]>> = {
  django_content_type: ["1,batch,batch", "2,batch,species"],
  auth_permission: ["1,Can add batch,1,add_batch"],
  ...MINI,
};

/** The file of a table, or of one of its windows. */
export interface PartText {
  readonly path: string;
  readonly text: string;
  readonly rows: number;
}

/** The parts of a table: one file, or as many as there are names in `windows`. */
export function partsOf(
  table: string,
  rows: readonly string[],
  windows: readonly string[] = [],
): readonly PartText[] {
  const header = headerOf(tableNamed(table));
  if (windows.length === 0) {
    return [{
      path: `data/${table}.csv`,
      text: [header, ...rows, ""].join("\n"),
      rows: rows.length,
    }];
  }
  const each = Math.ceil(rows.length / windows.length);
  return windows.map((window, index) => {
    const own = rows.slice(index * each, (index + 1) * each);
    const text = [header, ...own, ""].join("\n");
    return { path: `data/${table}/${window}.csv`, text, rows: own.length };
  });
}

/** The manifest's entry of a table. */
export function entryOf(table: string, parts: readonly PartText[]): TableEntry {
  const { kind } = allTables.find(({ name }) => name === table) ?? { kind: "static" as const };
  if (kind === "empty") throw new Error(`${table} is never filled`);
  const described = parts.map(({ path, text, rows }) => {
    const bytes = new TextEncoder().encode(text);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { path, rows, bytes: bytes.length, sha256 };
  });
  const sum = (key: "rows" | "bytes") => described.reduce((total, part) => total + part[key], 0);
  const lastId = parts.flatMap(({ text }) => idsIn(table, text))
    .reduce((most, id) => Math.max(most, id), 0);
  return { kind, rows: sum("rows"), bytes: sum("bytes"), lastId, parts: described };
}

/** The ids of a part's rows, as far as they are numbers. */
function idsIn(table: string, text: string): number[] {
  const described = allTables.find(({ name }) => name === table);
  const identity = described?.columns.findIndex((column) => column.identity) ?? -1;
  return parse(text).slice(1).map((row) => Number(row[identity])).filter(Number.isInteger);
}

/** A manifest of these tables. */
export function manifestOf(tables: Readonly<Record<string, TableEntry>>): ReddManifest {
  const sum = (key: "rows" | "bytes") =>
    Object.values(tables).reduce((total, entry) => total + entry[key], 0);
  return {
    format: 1,
    version: "0.1.0",
    seed: 1,
    firstId: 1,
    documentedTotals: false,
    initialFeed: true,
    laterScenarios: false,
    state: { batches: {}, places: { occupied: 0, everUsed: 0, containers: 0 } },
    profile: { name: "documented", sha256: Object.keys(DOCUMENTED_PROFILES)[0]! },
    schedule: { path: "schedule.yaml", sha256: "0".repeat(64) },
    schema: "2025-11",
    firstDay: "2020-01-01",
    asOf: "2020-01-02",
    rows: sum("rows"),
    bytes: sum("bytes"),
    tables,
    users: {},
    contentTypes: {},
  };
}

/** Writes a dataset folder with the rows given. */
export async function writeDataset(
  folder: string,
  rows: Readonly<Record<string, readonly string[]>> = MINI,
  windows: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const parts = Object.entries(rows).map(([table, lines]) =>
    [table, partsOf(table, lines, windows[table])] as const
  );
  for (const { path, text } of parts.flatMap(([, texts]) => texts)) {
    await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
  const entries = parts.map(([table, texts]) => [table, entryOf(table, texts)]);
  const redd = manifestOf(Object.fromEntries(entries));
  await Deno.writeTextFile(join(folder, "datapackage.json"), JSON.stringify({ redd }));
}
