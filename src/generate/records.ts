/** Records of windows that are complete: what lets an interrupted run go on. */
import { z } from "../packages/zod.ts";
import { writeWhole } from "../files/create.ts";
import { readTextInside } from "../files/inside.ts";
import { DAY_TABLES } from "../render/day_rows.ts";
import { tableNamed } from "../tables/catalog.ts";
import { damageOf } from "../dataset/digest.ts";
import { type Identity, identitySchema, sameIdentity } from "./identity.ts";
import { PARTIAL } from "./part_file.ts";
import { recordPath, windowPath } from "../dataset/places.ts";
import type { WindowPart } from "./render_window.ts";

/** The most bytes of a record: it has a line of at most 300 for each of its tables. */
const CAP = 100_000;

const recordSchema = z.strictObject({
  identity: identitySchema,
  parts: z.array(z.strictObject({
    table: z.string(),
    path: z.string(),
    rows: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })),
});

/** How many rows a window has of a table, as the pass over all days counted them. */
export type Counted = (table: string) => number;

/**
 * Every window has one part of each of these, at the place that Redd itself gives it, and a file
 * there if it has rows: a record cannot make rows vanish by naming none.
 */
function isOfWindow(window: string, parts: readonly WindowPart[], counted?: Counted): boolean {
  const names = Object.values(DAY_TABLES);
  return parts.length === names.length &&
    names.every((name) => {
      const part = parts.find(({ table }) => table === name);
      return part?.path === windowPath(tableNamed(name), window) &&
        (part.rows === 0) === (part.bytes === 0) &&
        (counted === undefined || part.rows === counted(name));
    });
}

/** The parts of a window that have files. */
export function withFiles(parts: readonly WindowPart[]): readonly WindowPart[] {
  return parts.filter(({ rows }) => rows > 0);
}

/** Gives the parts of a window their names, then records that it is complete. */
export function recordWindow(
  folder: string,
  window: string,
  identity: Identity,
  parts: readonly WindowPart[],
): void {
  for (const { path } of withFiles(parts)) {
    Deno.renameSync(`${folder}/${path}${PARTIAL}`, `${folder}/${path}`);
  }
  recordCopied(folder, window, identity, parts);
}

/** Records that a window is complete whose parts have their names already. */
export function recordCopied(
  folder: string,
  window: string,
  identity: Identity,
  parts: readonly WindowPart[],
): void {
  writeWhole(`${folder}/${recordPath(window)}`, JSON.stringify({ identity, parts }));
}

/**
 * The parts of a window that is recorded as complete, whatever has become of them since. A record
 * that Redd would not write of this window of this dataset is none.
 *
 * @param counted The rows that it must have, where the days have been passed over.
 */
export function recordedWindow(
  folder: string,
  window: string,
  identity: Identity,
  counted?: Counted,
): readonly WindowPart[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(readTextInside(folder, recordPath(window), CAP));
  } catch {
    return undefined;
  }
  const record = recordSchema.safeParse(json);
  if (!record.success || !sameIdentity(identity, record.data.identity)) return undefined;
  return isOfWindow(window, record.data.parts, counted) ? record.data.parts : undefined;
}

/** What is wrong with the first damaged part of a window; undefined where all are whole. */
export function windowDamage(folder: string, parts: readonly WindowPart[]): string | undefined {
  for (const part of withFiles(parts)) {
    const damage = damageOf(folder, part);
    if (damage !== undefined) return damage;
  }
  return undefined;
}

/**
 * The parts of a window that an earlier run completed, or undefined where it is to be done. Every
 * byte of them is read and compared, since they are about to be signed again.
 *
 * @param onDamage Is told of a window that was complete and is damaged.
 */
export function completedWindow(
  folder: string,
  window: string,
  identity: Identity,
  counted: Counted,
  onDamage: (damage: string) => void = () => {},
): readonly WindowPart[] | undefined {
  const parts = recordedWindow(folder, window, identity, counted);
  if (parts === undefined) return undefined;
  const damage = windowDamage(folder, parts);
  if (damage === undefined) return parts;
  onDamage(damage);
  return undefined;
}
