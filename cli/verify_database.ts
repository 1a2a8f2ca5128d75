/** How the database of `redd verify` is opened, and what is said of it. */
import type { ReddManifest } from "../src/dataset/manifest.ts";
import { redactUrl } from "../src/postgres/url.ts";
import type { DatabaseFacts } from "../src/verify/engines/look.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import type { DatasetSource } from "./dataset_source.ts";
import { loadedUrl, onlyUrl, startEmbedded } from "./embedded.ts";
import { grouped } from "./numbers.ts";
import { serverBeside } from "./server_folder.ts";
import { jobsOf } from "./verify_line.ts";

const NAME = "verify";

/** What a database holds that no dataset speaks for, in two lines. */
function foundLines(facts: DatabaseFacts): readonly string[] {
  const { batches, firstDay, lastDay, lastOf, rows, estimated, tables, tablesDescribed } = facts;
  const rowsSaid = `${estimated ? "about " : ""}${grouped(rows)} rows`;
  return [
    `No dataset: ${grouped(batches)} ${batches === 1 ? "batch" : "batches"} and ${rowsSaid} in ` +
    `${tables} of ${tablesDescribed} tables, schema ${facts.schema}`,
    `As of ${lastDay}, the last day with a record (${lastOf}); the first batch starts ${firstDay}`,
  ];
}

/** What a database is read by. */
export interface DatabaseChecking {
  /** The manifest of its dataset; undefined where no dataset speaks for it. */
  readonly manifest: ReddManifest | undefined;
  readonly voice: Voice;
  readonly signal: AbortSignal;
  readonly jobs?: number | undefined;
}

/** How a database is read, and what is said of it. */
export function readingBy(
  { signal, jobs }: Pick<DatabaseChecking, "signal" | "jobs">,
  voice: Voice,
) {
  return {
    signal,
    ...jobs === undefined ? {} : { jobs },
    onFound: (facts: DatabaseFacts) => foundLines(facts).forEach((line) => voice.say(line)),
    onNotice: (text: string) => voice.say(text),
  };
}

/** Which database a line means, and who asks. */
interface DatabaseWanted {
  /** The dataset that was loaded; undefined where Redd did not fill the database. */
  readonly dataset: string | undefined;
  readonly source: DatasetSource | undefined;
  readonly given: Given;
  readonly voice: Voice;
  readonly signal: AbortSignal;
}

/**
 * Asks the database of a dataset, or one that no dataset speaks for: the embedded server's unless
 * another is named.
 *
 * @throws {ReddError} input, where there is no such dataset or database, and whatever `ask` throws.
 */
export async function withDatabaseOf<Answer>(
  { dataset, source, given, voice, signal }: DatabaseWanted,
  ask: (url: string, by: DatabaseChecking) => Promise<Answer>,
): Promise<Answer> {
  const jobs = jobsOf(given);
  const url = await databaseFor(NAME, given, voice);
  const opened = await source?.open();
  const by = { manifest: opened?.manifest, voice, signal, jobs };
  if (url !== undefined) return await ask(url, by);
  await using server = await startEmbedded(NAME, given, voice, serverBeside(dataset), signal);
  const own = source === undefined
    ? await onlyUrl(server, NAME)
    : await loadedUrl(server, NAME, source.called);
  if (source === undefined) voice.say(`Target: ${redactUrl(own)}`);
  return await ask(own, by);
}
