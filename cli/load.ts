/** `redd load`: a dataset, into a database. */
import { readManifest } from "../src/generate/manifest.ts";
import { loadDataset, type LoadReport } from "../src/load/load.ts";
import type { Command, Given, Voice } from "./command.ts";
import {
  besideDataset,
  databaseOf,
  howToLook,
  refuseServerFlags,
  SERVER_FLAGS,
  startEmbedded,
} from "./embedded.ts";
import { interruptible } from "./interrupt.ts";
import { grouped, lasting, sized } from "./numbers.ts";

const NAME = "load";

/** Loads into a database and shows how far it is. */
export function loadInto(
  dataset: string,
  url: string,
  voice: Voice,
  signal: AbortSignal,
): Promise<LoadReport> {
  const began = performance.now();
  return loadDataset(dataset, {
    url,
    signal,
    onProgress({ phase, table, rows, totalRows }) {
      const rate = rows / (performance.now() - began) * 1000;
      const what = table === undefined ? phase : `${phase} ${table}`;
      voice.progress(`${what}: ${grouped(rows)} of ${grouped(totalRows)} rows, ${grouped(rate)}/s`);
    },
  });
}

/** What a load has done, for people. */
export function loadSummary(report: LoadReport): string {
  const { tables, rows, bytes, seconds, schemaCreated, target } = report;
  const all = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  const schema = schemaCreated ? " The schema was created." : "";
  return `${target}: ${grouped(rows)} rows in ${tables.length} tables, ${sized(bytes)}, ` +
    `in ${lasting(all * 1000)}.${schema}`;
}

function report(loaded: LoadReport, voice: Voice): void {
  if (voice.json) return voice.data(JSON.stringify(loaded));
  voice.say(loadSummary(loaded));
  for (const [phase, seconds] of Object.entries(loaded.seconds)) {
    voice.detail(`  ${phase.padEnd(12)} ${seconds.toFixed(2)} s`);
  }
  if (loaded.skipped.length > 0) {
    voice.say(`Left as the target had them: ${loaded.skipped.join(", ")}.`);
  }
}

function run(given: Given, voice: Voice): Promise<number> {
  const dataset = given.operands[0]!;
  const url = given.text("database-url");
  return interruptible(async (signal) => {
    if (url !== undefined) {
      refuseServerFlags(NAME, given);
      report(await loadInto(dataset, url, voice, signal), voice);
      return 0;
    }
    // A mistyped path ends here, before a server is made beside it.
    await readManifest(dataset);
    await using server = await startEmbedded(NAME, given, voice, besideDataset(dataset));
    const database = databaseOf(dataset);
    await server.createDatabase(database);
    report(await loadInto(dataset, server.url(database), voice, signal), voice);
    voice.say(howToLook(database, server));
    return 0;
  });
}

/** `redd load`. */
export const loadCommand: Command = {
  name: NAME,
  about: "load a dataset into the embedded server or any PostgreSQL from 14 on",
  operands: ["DATASET"],
  flags: [
    { name: "database-url", value: "URL", about: "postgres://user@host:5432/database" },
    ...SERVER_FLAGS,
  ],
  examples: [
    "redd load out/single",
    "redd load out/single --database-url postgres://aquamind@localhost/aquamind",
  ],
  run,
};
