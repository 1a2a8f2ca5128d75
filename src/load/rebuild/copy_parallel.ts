/** The rows of a load in the rebuild way, part by part over several connections. */
import type { Part, ReddManifest } from "../../generate/manifest.ts";
import type { Table } from "../../tables/description.ts";
import { resolveContentTypes } from "../content_types.ts";
import { copyPart } from "../copy.ts";
import type { Filling } from "../dataset.ts";
import type { Reporter } from "../progress.ts";
import type { Target } from "../target.ts";
import { share } from "./crew.ts";
import { claimPart, copiedPaths, type LoadLine, UNDERWAY } from "./ledger.ts";

interface Piece {
  readonly table: Table;
  readonly part: Part;
}

/** What one transaction copies. */
interface Unit {
  readonly pieces: readonly Piece[];
  /** Are these the tables that kept their keys? */
  readonly small: boolean;
}

/** The dataset and its line. */
export interface Copying {
  readonly folder: string;
  readonly manifest: ReddManifest;
  readonly fillings: readonly Filling[];
  readonly line: LoadLine;
  readonly report: Reporter;
}

/**
 * Copies the parts that have not arrived. Tables that kept their keys refer to each other in any
 * order: they come together, in one transaction at whose end the foreign keys are checked. Every
 * part of a rebuilt table has a transaction of its own.
 *
 * @returns the number of parts that had arrived before.
 */
export async function copyParts(crew: readonly Target[], copying: Copying): Promise<number> {
  const { fillings, line, report } = copying;
  const copied = await copiedPaths(crew[0]!, line.dataset);
  const all = fillings.flatMap(({ table, entry }) => entry.parts.map((part) => ({ table, part })));
  for (const { part } of all) {
    if (copied.has(part.path)) report("copy", undefined, part.bytes, part.rows);
  }
  const missing = all.filter(({ part }) => !copied.has(part.path));
  const isLarge = ({ table }: Piece) => line.rebuilt.includes(table.name);
  const small = missing.filter((piece) => !isLarge(piece));
  const units: Unit[] = [
    ...(small.length === 0 ? [] : [{ pieces: small, small: true }]),
    ...missing.filter(isLarge).map((piece) => ({ pieces: [piece], small: false })),
  ];
  await share(crew, units, (target, unit) => copyUnit(target, unit, copying));
  return all.length - missing.length;
}

async function copyUnit(target: Target, { pieces, small }: Unit, copying: Copying): Promise<void> {
  const { folder, manifest, line, report } = copying;
  // A crash of the server may lose the last of these commits, rows and line together; the commit
  // that ends the load waits for all of them to be on disk.
  await target.query("begin; set local synchronous_commit = off");
  if (small) await target.query("set constraints all deferred");
  for (const { table, part } of pieces) {
    if (!await claimPart(target, line.dataset, table.name, part)) continue;
    report("copy", table);
    const onBytes = (bytes: number) => report("copy", table, bytes);
    await copyPart(target, folder, table, part, { freeze: false, onBytes, remedy: UNDERWAY });
    report("copy", table, 0, part.rows);
  }
  if (small && line.leftAlone.length > 0) {
    await resolveContentTypes(target, pieces.map(({ table }) => table), manifest);
  }
  await target.query("commit");
}
