/** What `redd export` is. */
import { EXPORT_FORMATS, LAYOUTS } from "../../src/export/formats.ts";
import type { Command } from "../command.ts";
import { EXPECT_FLAG } from "./flags.ts";
import { exportRights } from "../rights/export.ts";

/** `redd export`. */
export const exportCommand: Command = {
  name: "export",
  about: "write a dataset as Parquet, or as one DuckDB file",
  operands: ["DATASET"],
  piped: true,
  flags: [
    {
      name: "format",
      value: "WORD",
      words: EXPORT_FORMATS,
      about: "parquet or duckdb (parquet)",
    },
    {
      name: "layout",
      value: "WORD",
      words: LAYOUTS,
      about: "of Parquet: flat, or hive: TABLE/month=2025-01/TABLE.parquet (flat)",
    },
    {
      name: "output",
      value: "FILE",
      about: "the folder of Parquet, or the file (DATASET.parquet, DATASET.duckdb)",
    },
    { name: "tables", value: "A,B", about: "only these tables, such as batch_*,scenario" },
    { name: "memory", value: "MB", about: "the most that DuckDB takes (4/5 of all)" },
    EXPECT_FLAG,
  ],
  examples: [
    "export out/single",
    "export out/single --layout hive --output /data/farm",
    "export out/single --format duckdb --tables batch_*,infrastructure_*",
  ],
  rights: exportRights,
  run: async (given, voice, host) => (await import("../export.ts")).runExport(given, voice, host),
};
