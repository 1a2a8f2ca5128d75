/** The files of a dataset that read its tables into other tools, with the types of their columns. */
import { createHash } from "node:crypto";
import { tableNamed } from "../tables/catalog.ts";
import type { ExpectedFile } from "./digest.ts";
import { duckdbScript } from "./duckdb_script.ts";
import type { ReddManifest } from "./manifest_type.ts";
import { PANDAS_READER, pandasTypes } from "./pandas_reader.ts";
import { PANDAS_TYPES_FILE, READER_FILES } from "./places.ts";

/** A file by what is in it. */
export interface ReaderFile {
  /** Relative to the dataset's folder. */
  readonly path: string;
  readonly text: string;
}

/** What a manifest says of a text file: its path, length in bytes and sha256. */
export function signedText({ path, text }: ReaderFile): ExpectedFile {
  const bytes = new TextEncoder().encode(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { path, bytes: bytes.length, sha256 };
}

/** The readers of a dataset's tables, in the order in which its manifest names them. */
export function readerFiles({ tables }: Pick<ReddManifest, "tables">): readonly ReaderFile[] {
  const files = Object.entries(tables).map(([name, { parts }]) => ({
    table: tableNamed(name),
    paths: parts.map(({ path }) => path),
  }));
  const texts: Readonly<Record<typeof READER_FILES[number], () => string>> = {
    "load_duckdb.sql": () => duckdbScript(files),
    "load_pandas.py": () => PANDAS_READER,
    [PANDAS_TYPES_FILE]: () => pandasTypes(files),
  };
  return READER_FILES.map((path) => ({ path, text: texts[path]() }));
}
