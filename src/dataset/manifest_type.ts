/** What the `redd` key of `datapackage.json` says; `reddSchema` is held against it. */
import type { TableKind } from "../tables/description.ts";
import type { LayoutFacts } from "./layout_facts_type.ts";
import type { ProfileRates } from "./rates_type.ts";

/** One CSV file with a header. */
export interface DatasetPart {
  /** Relative to the dataset's folder: `data/<table>.csv` or `data/<table>/2024-01.csv`. */
  path: string;
  /** Rows below the header. */
  rows: number;
  /** Size in bytes, the header included. */
  bytes: number;
  /** Digest of the file, 64 hexadecimal digits. */
  sha256: string;
}

/** What the dataset holds of one table. */
export interface TableEntry {
  /** How its rows come about. */
  kind: Exclude<TableKind, "empty">;
  /** Rows of all its parts. */
  rows: number;
  /** Bytes of all its parts. */
  bytes: number;
  /** The highest value of the identity column, 0 where there is no row. */
  lastId: number;
  /** Its files, in the order of loading: of a monthly table those of the months that have rows. */
  parts: DatasetPart[];
}

/** The manifest of a dataset: from what it was made, and what it holds. */
export interface ReddManifest {
  /**
   * 3 since months without rows have no file and readers are there; 2 since the files beside the
   * tables are named; 1 has none of them.
   */
  format: 1 | 2 | 3;
  /** The Redd that has made it: `0.3.0`. */
  version: string;
  /** The seed of all its chances. */
  seed: number;
  /** Where the ids of the operational tables begin. */
  firstId: number;
  /** Are the unused places of the documented totals in it (discrepancy D-01)? */
  documentedTotals: boolean;
  /** Are silos and barges filled before the first batch (rulings.md#8)? */
  initialFeed: boolean;
  /** Have batches the two later scenarios (discrepancy D-09)? */
  laterScenarios: boolean;
  /** The biology that it follows. */
  profile: {
    /** Its name. */
    name: string;
    /** sha256 of its canonical JSON. */
    sha256: string;
    /** Its numbers, by which checks judge the dataset; absent in those of 0.1.0. */
    rates?: ProfileRates | undefined;
    /** sha256 of the canonical JSON of `rates`. */
    ratesSha256?: string | undefined;
  };
  /** The sha256 of all other fixtures as canonical JSON; Redd 0.1.0 did not say it. */
  fixtures?: { sha256: string } | undefined;
  /** What the other fixtures say in numbers, by which checks judge the dataset; since 0.4.0. */
  layout?: LayoutFacts | undefined;
  /** sha256 of the canonical JSON of `layout`. */
  layoutSha256?: string | undefined;
  /** The schedule in the folder, and its sha256. */
  schedule: { path: "schedule.yaml"; sha256: string };
  /** The AquaMind schema that the columns follow. */
  schema: "2025-11";
  /** The first day that is simulated: `2024-01-15`. */
  firstDay: string;
  /** The first day that is not simulated (rulings.md#1). */
  asOf: string;
  /** Rows of all tables. */
  rows: number;
  /** Bytes of all CSV files. */
  bytes: number;
  /** How things stand at the end of the last day. */
  state: {
    /** Batches by status (`active`, `completed`), and the active ones by the name of their stage. */
    batches: Record<string, number>;
    /** Containers (trays, tanks and rings) that hold fish, that ever did, and that there are. */
    places: { occupied: number; everUsed: number; containers: number };
  };
  /**
   * What the folder holds besides tables and descriptor, each with bytes and sha256: the schedule
   * first, then the logs, and in format 3 the readers of other tools. Absent in format 1.
   */
  files?: { path: string; bytes: number; sha256: string }[] | undefined;
  /** By table name; the order is the order of loading. */
  tables: Record<string, TableEntry>;
  /** The dataset's user ids by username (rulings.md#23). */
  users: Record<string, number>;
  /** The dataset's content type ids by `app_label.model` (rulings.md#23). */
  contentTypes: Record<string, number>;
}
