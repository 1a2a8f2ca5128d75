/** Records of windows that are complete: what lets an interrupted run go on. */
import { z } from "zod";
import { type Identity, sameIdentity, writeWhole } from "./folder.ts";
import { PARTIAL } from "./part_file.ts";
import { recordPath } from "./places.ts";
import type { WindowPart } from "./render_window.ts";

const recordSchema = z.object({
  identity: z.object({
    version: z.string(),
    seed: z.number(),
    profile: z.string(),
    schedule: z.string(),
    firstId: z.number(),
    documentedTotals: z.boolean(),
    laterScenarios: z.boolean(),
    initialFeed: z.boolean(),
  }),
  parts: z.array(z.strictObject({
    table: z.string(),
    path: z.string(),
    rows: z.number(),
    bytes: z.number(),
    sha256: z.string(),
  })),
});

/** Gives the parts of a window their names, then records that it is complete. */
export function recordWindow(
  folder: string,
  window: string,
  identity: Identity,
  parts: readonly WindowPart[],
): void {
  for (const { path } of parts) {
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

/** The parts of a window that is recorded as complete, whatever has become of them since. */
export function recordedWindow(
  folder: string,
  window: string,
  identity: Identity,
): readonly WindowPart[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Deno.readTextFileSync(`${folder}/${recordPath(window)}`));
  } catch {
    return undefined;
  }
  const record = recordSchema.safeParse(json);
  if (!record.success || !sameIdentity(identity, record.data.identity)) return undefined;
  return record.data.parts;
}

/** The parts of a window that an earlier run completed, or undefined where it is to be done. */
export function completedWindow(
  folder: string,
  window: string,
  identity: Identity,
): readonly WindowPart[] | undefined {
  const parts = recordedWindow(folder, window, identity);
  const whole = parts?.every(({ path, bytes }) => sizeOf(`${folder}/${path}`) === bytes);
  return whole ? parts : undefined;
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return -1;
  }
}
