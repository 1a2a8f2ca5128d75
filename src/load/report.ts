/** What a load has done, in either way. */
import type { TableData } from "../dataset/table_data.ts";
import type { LoadLine } from "./ledger/loads.ts";
import { partsToBring, remaining, type TableLoad } from "./plan/table_load.ts";
import type { LoadPlan } from "./plan/plan.ts";
import type { Phase } from "./progress.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";

/** What a load has put into one table. */
export interface TableReport {
  /** The table's name. */
  readonly name: string;
  /** Rows that were brought; of a continued dataset those that were not there yet. */
  readonly rows: number;
  /** Bytes of CSV that were brought. */
  readonly bytes: number;
}

/** What a load has done. */
export interface LoadReport {
  /** The way that was taken. */
  readonly method: "deferred" | "rebuild";
  /** The connection string without its password. */
  readonly target: string;
  /** `server_version_num`: 180004 is 18.4. */
  readonly serverVersion: number;
  /** Were AquaMind's tables made by this load? */
  readonly schemaCreated: boolean;
  /** Was the dataset there already, so that nothing was left to do? */
  readonly alreadyThere: boolean;
  /** The name of the shorter dataset that was continued; absent where there was none. */
  readonly continued?: string;
  /** Rows that were wiped first. */
  readonly wiped: number;
  /** What each table got, in the order of loading. */
  readonly tables: readonly TableReport[];
  /** Tables of Django's own that the target had filled already and that were left alone. */
  readonly skipped: readonly string[];
  /** Tables with master data of the target's own, to which was added what was missing. */
  readonly merged: readonly string[];
  /**
   * Does the load stand in the ledger? Without a line, which a user without rights on the schema
   * `redd` cannot write, it is neither found again nor continued.
   */
  readonly recorded: boolean;
  /** Rows of all tables. */
  readonly rows: number;
  /** Bytes of CSV of all tables. */
  readonly bytes: number;
  /** How long each part of the load took, in seconds. */
  readonly seconds: Readonly<Record<Phase, number>>;
}

type Told = Omit<LoadReport, "method" | "seconds">;

/** What a load brings into a table. */
function brought(tableLoad: TableLoad): TableReport {
  const parts = partsToBring(tableLoad).map((part) => remaining(tableLoad, part));
  return {
    name: tableLoad.table.name,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** The rows or bytes of all tables. */
export function sumOf(tables: readonly TableReport[], key: "rows" | "bytes"): number {
  return tables.reduce((sum, table) => sum + table[key], 0);
}

/** What a load that has followed a plan has done. */
export function loadReport(target: Target, plan: LoadPlan): Told {
  const tables = plan.tableLoads.map(brought);
  return {
    target: redactUrl(target.url),
    serverVersion: target.version,
    schemaCreated: plan.empty,
    alreadyThere: false,
    ...(plan.base === undefined ? {} : { continued: plan.base.line.name }),
    wiped: plan.wipe?.rows ?? 0,
    tables,
    skipped: plan.leftAlone,
    merged: plan.merged.filter((name) => !plan.standing.includes(name)),
    recorded: true,
    rows: sumOf(tables, "rows"),
    bytes: sumOf(tables, "bytes"),
  };
}

/** What is said of a dataset that an earlier load has brought. */
export function reportThere(target: Target, line: LoadLine, tableData: readonly TableData[]): Told {
  const tables = tableData.filter(({ table }) => !line.leftAlone.includes(table.name))
    .map(({ table, entry: { rows, bytes } }) => ({ name: table.name, rows, bytes }));
  return {
    target: redactUrl(target.url),
    serverVersion: target.version,
    schemaCreated: line.schemaCreated,
    alreadyThere: true,
    wiped: 0,
    tables,
    skipped: line.leftAlone,
    merged: line.merged,
    recorded: true,
    rows: sumOf(tables, "rows"),
    bytes: sumOf(tables, "bytes"),
  };
}
