/** How the database of `redd verify` is opened, and what is said of it. */
import type { ReddManifest } from "../src/dataset/manifest.ts";
import { redactUrl } from "../src/postgres/url.ts";
import type { DatabaseFacts } from "../src/verify/engines/look.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import type { DatasetSource } from "./dataset_source.ts";
import { loadedUrl, onlyUrl, requireServer, startEmbedded } from "./embedded.ts";
import { grouped } from "./numbers.ts";
import { serverBeside } from "./server_folder.ts";
import { jobsOf, judgedToOf } from "./verify_line.ts";

const NAME = "verify";

/** A number of which three digits are known. */
function rounded(number: number): number {
  return Number(number.toPrecision(3));
}

/** What a database holds that no dataset speaks for, in two lines. */
function foundLines(facts: DatabaseFacts): readonly string[] {
  const { batches, firstDay, lastDay, lastOf, judgedTo, alone } = facts;
  const { rows, estimated, tables, tablesDescribed } = facts;
  const rowsSaid = estimated ? `about ${grouped(rounded(rows))} rows` : `${grouped(rows)} rows`;
  const last = `the last day with a record (${lastOf})`;
  return [
    `No dataset: ${grouped(batches)} ${batches === 1 ? "batch" : "batches"} and ${rowsSaid} in ` +
    `${tables} of ${tablesDescribed} tables, schema ${facts.schema}`,
    judgedTo === lastDay
      ? `As of ${lastDay}, ${last}; the first batch starts ${firstDay}`
      : `As of ${judgedTo}, as --as-of says; ${last} is ${lastDay}; the first batch starts ` +
        firstDay,
    ...alone === undefined || judgedTo !== lastDay ? [] : [
      `Only ${lastOf} has a record of ${lastDay}: the last of all others is of ${alone.before} ` +
      `(${alone.beforeOf}). If that is a slip, give the last day with --as-of`,
    ],
  ];
}

/** What a database is read by. */
export interface DatabaseChecking {
  /** The manifest of its dataset; undefined where no dataset speaks for it. */
  readonly manifest: ReddManifest | undefined;
  readonly voice: Voice;
  readonly signal: AbortSignal;
  readonly jobs?: number | undefined;
  /** The last day by which is judged, where no dataset speaks for the database. */
  readonly judgedTo?: string | undefined;
}

/** How a database is read, and what is said of it. */
export function readingBy(
  { signal, jobs, judgedTo }: Pick<DatabaseChecking, "signal" | "jobs" | "judgedTo">,
  voice: Voice,
) {
  return {
    signal,
    ...jobs === undefined ? {} : { jobs },
    ...judgedTo === undefined ? {} : { judgedTo },
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
  const [jobs, judgedTo] = [jobsOf(given), judgedToOf(given)];
  const url = await databaseFor(NAME, given, voice);
  const opened = await source?.open();
  const by = { manifest: opened?.manifest, voice, signal, jobs, judgedTo };
  if (url !== undefined) return await ask(url, by);
  await requireServer(NAME, given, serverBeside(dataset), source?.called);
  await using server = await startEmbedded(NAME, given, voice, serverBeside(dataset), signal);
  const own = source === undefined
    ? await onlyUrl(server, NAME)
    : await loadedUrl(server, NAME, source.called);
  if (source === undefined) voice.say(`Target: ${redactUrl(own)}`);
  return await ask(own, by);
}
