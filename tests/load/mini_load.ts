/** Loads of the mini dataset: folders of it, a migrated target, and what a refused load says. */
import { join } from "node:path";
import type { Fault } from "../../src/errors.ts";
import { loadDeferred } from "./believed.ts";
import type { LoadOptions } from "../../src/load/load.ts";
import { ask } from "./databases.ts";
import { MINI, writeDataset } from "./mini_dataset.ts";
import { MIGRATED } from "./rebuild/farm.ts";
import { refusal } from "./refusal.ts";

/** Rows by table, each a line of CSV. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** Writes datasets, each into a folder of its own below this one. */
export function datasetsIn(parent: string) {
  let folders = 0;
  return async (
    rows: Rows = MINI,
    windows: Readonly<Record<string, readonly string[]>> = {},
  ): Promise<string> => {
    const folder = join(parent, `dataset-${++folders}`);
    await Deno.mkdir(folder);
    await writeDataset(folder, rows, windows);
    return folder;
  };
}

/** Makes AquaMind's schema as its migrations leave it, without rows. */
export async function migrate(url: string): Promise<void> {
  await ask(url, MIGRATED);
}

/** Makes sure that a load is refused for this reason and returns what is said. */
export function loadRefusal(
  folder: string,
  options: LoadOptions,
  fault: Fault,
  code: string,
): Promise<string> {
  return refusal(() => loadDeferred(folder, options), fault, code);
}
