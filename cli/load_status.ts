/** Where the loads of a database stand, in sentences. */
import type { Stage } from "../src/load/ledger/steps.ts";
import type { Arrived, LoadState, LoadStatus, Missing } from "../src/load/rebuild/status.ts";
import { grouped } from "./numbers.ts";

/** A status in sentences, the unfinished load first. */
export function statusLines({ target, running, loads, missing }: LoadStatus): readonly string[] {
  const open = loads.find(({ finished }) => !finished);
  const lines: string[] = [];
  if (open !== undefined) {
    const { parts, rows } = open;
    lines.push(
      `${target}: the load of ${nameOf(open)} ${running ? "is running" : "is not finished"}: ` +
        `${of(parts)} parts, ${of(rows)} rows.`,
    );
    if (missing.length > 0) lines.push(`Still to be put back: ${missingWords(missing)}.`);
    if (!running) {
      lines.push("Load that dataset again to carry on, or take it back with --restore.");
    }
  } else if (running) lines.push(`${target}: a load is running.`);
  for (const load of loads) {
    if (load === open) continue;
    lines.push(
      `${target}: the load of ${nameOf(load)} is finished: ` +
        `${grouped(load.parts.all)} parts, ${
          grouped(load.rows.all)
        } rows; indexes and keys are there.`,
    );
  }
  return lines.length === 0 ? [`${target}: no load is recorded.`] : lines;
}

function of({ done, all }: Arrived): string {
  return `${grouped(done)} of ${grouped(all)}`;
}

function nameOf({ name, dataset }: LoadState): string {
  return `${name} (${dataset.slice(0, 12)})`;
}

/** What the steps of a stage put back; a key is counted with its index. */
const THINGS: Readonly<Partial<Record<Stage, readonly [string, string]>>> = {
  "index": ["index", "indexes"],
  "key": ["primary key or unique constraint", "primary keys and unique constraints"],
  "foreign key": ["foreign key", "foreign keys"],
  "validation": ["validation of a foreign key", "validations of foreign keys"],
};

/** How many things of each kind are missing, in words. */
export function missingWords(missing: readonly Missing[]): string {
  const words = Object.entries(THINGS).flatMap(([stage, [one, many]]) => {
    const count = missing.filter((step) => step.stage === stage).length;
    return count === 0 ? [] : [`${grouped(count)} ${count === 1 ? one : many}`];
  });
  return words.length === 0 ? "settings of indexes" : words.join(", ");
}
