/** The parts of a load that have arrived, as the ledger keeps them. */
import { z } from "../../packages/zod.ts";
import { type DatasetPart, partSchema } from "../../dataset/manifest.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { believed, tableName } from "./believed.ts";

/** A part as the ledger has it. */
export type PartLine = DatasetPart & { readonly table: string };

const lineSchema = z.object({ ...partSchema.shape, table: tableName }).refine(
  ({ table, path }) => path === `data/${table}.csv` || path.startsWith(`data/${table}/`),
  { error: "a path of its table" },
);

/** The parts of a load, as they were copied. */
export async function readParts(target: Target, dataset: string): Promise<readonly PartLine[]> {
  const rows = await target.query<Record<"table" | "path" | "rows" | "bytes" | "sha256", string>>(
    `select "table" as table, path, rows::text as rows, bytes::text as bytes, sha256
     from ${LEDGER}.part where dataset = $1`,
    [dataset],
  );
  const lines = rows.map((row) => ({ ...row, rows: Number(row.rows), bytes: Number(row.bytes) }));
  return believed(target, lines, z.array(lineSchema));
}

/** The paths of the parts that have arrived. */
export async function copiedPaths(target: Target, dataset: string): Promise<ReadonlySet<string>> {
  const rows = await target.query<{ path: string }>(
    `select path from ${LEDGER}.part where dataset = $1`,
    [dataset],
  );
  return new Set(rows.map(({ path }) => path));
}

/**
 * Writes the line of a part that is about to be copied in this transaction; false when the part has
 * arrived already. A transaction of a killed loader that still holds the line is waited for.
 */
export async function claimPart(
  target: Target,
  dataset: string,
  table: string,
  { path, rows, bytes, sha256 }: DatasetPart,
): Promise<boolean> {
  const claimed = await target.query(
    `insert into ${LEDGER}.part (dataset, "table", path, rows, bytes, sha256)
     values ($1, $2, $3, $4::text::bigint, $5::text::bigint, $6)
     on conflict do nothing returning path`,
    [dataset, table, path, `${rows}`, `${bytes}`, sha256],
  );
  return claimed.length > 0;
}
