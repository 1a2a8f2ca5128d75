/** A dataset as Redd 0.2.0 wrote it: every month has a file, and nothing is there for other tools. */
import { createHash } from "node:crypto";
import { descriptorOf } from "../../src/dataset/descriptor.ts";
import { type DatasetPart, MANIFEST_FILE, type ReddManifest } from "../../src/dataset/manifest.ts";
import { windowPath } from "../../src/dataset/places.ts";
import { windowsOf } from "../../src/dataset/windows.ts";
import { parseIso } from "../../src/farm/days.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";

const READERS = ["load_duckdb.sql", "load_pandas.py", "pandas_dtypes.json"];

/** Makes a dataset of this version one of 0.2.0, in its folder; returns its manifest. */
export function makeOlder(folder: string): ReddManifest {
  const path = `${folder}/${MANIFEST_FILE}`;
  const { redd } = JSON.parse(Deno.readTextFileSync(path)) as { redd: ReddManifest };
  const months = windowsOf(parseIso(redd.firstDay)!, parseIso(redd.asOf)!);
  redd.version = "0.2.0";
  redd.format = 2;
  redd.files = redd.files!.filter(({ path }) => !READERS.includes(path));
  for (const reader of READERS) Deno.removeSync(`${folder}/${reader}`);
  for (const [name, entry] of Object.entries(redd.tables)) {
    const table = tableNamed(name);
    if (table.kind !== "windowed") continue;
    const header = new TextEncoder().encode(`${headerOf(table)}\n`);
    const sha256 = createHash("sha256").update(header).digest("hex");
    entry.parts = months.map((month): DatasetPart => {
      const path = windowPath(table, month.name);
      const there = entry.parts.find((part) => part.path === path);
      if (there !== undefined) return there;
      Deno.writeFileSync(`${folder}/${path}`, header);
      return { path, rows: 0, bytes: header.length, sha256 };
    });
    const bytes = entry.parts.reduce((sum, part) => sum + part.bytes, 0);
    redd.bytes += bytes - entry.bytes;
    entry.bytes = bytes;
  }
  const tables = Object.keys(redd.tables).map((name) => tableNamed(name));
  Deno.writeTextFileSync(path, `${JSON.stringify(descriptorOf(redd, tables), undefined, 2)}\n`);
  return redd;
}
