/** `redd db snapshot`, `reset`, `clone`, `list` and `drop`. */
import { commandLine } from "../src/command_line.ts";
import { ReddError } from "../src/errors.ts";
import { readUrl } from "../src/postgres/url.ts";
import { DEFAULT_DIR } from "../src/server/default_dir.ts";
import type { EmbeddedServer } from "../src/server/server.ts";
import { cloneDatabase, type CloneReport } from "../src/snapshot/clone.ts";
import { dropClones, dropClonesOf, dropSnapshot } from "../src/snapshot/drop.ts";
import { type DatabaseList, listDatabases } from "../src/snapshot/list.ts";
import { resetDatabase } from "../src/snapshot/reset.ts";
import type { TypedLine } from "../src/snapshot/deed.ts";
import { isNameOfCopy } from "../src/snapshot/names.ts";
import { type CopyReport, snapshotDatabase } from "../src/snapshot/snapshot.ts";
import type { Given, Host, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { type DbLine, readDbLine } from "./db_line.ts";
import { listLines } from "./db_list.ts";
import { serverWords, shellWord, typedFor, withoutPassword } from "./db_typed.ts";
import { databaseOf, isServer, requireServer, startEmbedded } from "./embedded.ts";
import { interruptible } from "./interrupt.ts";
import { amountOf, lasting, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { shownWord } from "./shown_word.ts";

const NAME = "db";

/** Where a line works. */
interface Place {
  /** The connection string of a database of the server. */
  readonly url: string;
  /** The server, where it is the embedded one. */
  readonly embedded?: EmbeddedServer;
  /** The line that runs it until Ctrl-C. */
  readonly running: string;
  /** The database that a name of the line means, or that is meant without one. */
  database(name: string | undefined): string;
}

/** What work is given besides names. */
interface Working {
  readonly signal: AbortSignal;
  readonly onStep: (step: string, bytes?: number) => void;
  readonly free?: number;
  readonly plainCopies?: boolean;
  readonly typed: TypedLine;
}

/** Runs a line of `redd db` with an action; returns its exit code. */
export function runDbAction(given: Given, voice: Voice, host: Host): Promise<number> {
  const { free, plainCopies = false } = host;
  const line = readDbLine(given);
  return interruptible(async (signal) => {
    const url = await databaseFor(NAME, given, voice);
    const onStep = (step: string, bytes?: number) =>
      voice.progress(bytes === undefined ? step : `${step}, ${sized(bytes)}`);
    const typed = typedFor(given, url);
    const running = commandLine(NAME, ...serverWords(given).map((word) => shellWord(word)));
    if (url !== undefined) {
      const place = { url, running, database: namedBy(url) };
      await act(line, place, voice, { signal, onStep, typed });
      return 0;
    }
    requireName(line, typed);
    if (line.action === "list" && !await isServer(given, DEFAULT_DIR)) {
      tellList({ databases: [], leftovers: [] }, voice);
      return 0;
    }
    await requireServer(
      line.action === "snapshot" ? "make a snapshot of" : line.action,
      given,
      DEFAULT_DIR,
      line.names[0],
      `Load a dataset first, or name the server's folder with --data-dir`,
    );
    await using embedded = await startEmbedded(NAME, given, voice, DEFAULT_DIR, signal);
    const there = await embedded.databases();
    const place = {
      url: embedded.url("postgres"),
      embedded,
      running,
      // The folder of a dataset names its database, too.
      database: (name = "") => isNameItself(name, there) ? name : databaseOf(name),
    };
    await act(line, place, voice, {
      signal,
      onStep,
      typed,
      plainCopies,
      ...(free === undefined ? {} : { free }),
    });
    return 0;
  });
}

/** Is it the name of a database as it stands, and not of a dataset's folder? */
function isNameItself(name: string, there: readonly string[]): boolean {
  // The folder of a dataset may be called as a snapshot is; that of the server is meant otherwise.
  if (isNameOfCopy(name) && !name.includes("/")) return !there.includes(databaseOf(name));
  return there.includes(name) || /^(?:postgres|template[01])$/.test(name) || name === "";
}

function requireName({ action, names }: DbLine, typed: TypedLine): void {
  if (action === "list" || names.length > 0) return;
  throw usageError(
    NAME,
    `${action} has no ${action === "drop" ? "names" : "name"} of a database`,
    `See what there is: ${typed(["db list"])}`,
  );
}

/** On a named server the connection string says which database it is; a name may say it again. */
function namedBy(url: string): Place["database"] {
  const { database } = readUrl(url);
  return (name) => {
    if (name === undefined || name === database) return database!;
    throw usageError(
      NAME,
      `${shownWord(name)} and ${database} of the connection string may be two databases`,
      "Leave out the name, or give --embedded for the embedded server",
    );
  };
}

async function act(line: DbLine, place: Place, voice: Voice, working: Working): Promise<void> {
  const { action, names: [name], disconnect, force, count } = line;
  const began = performance.now();
  const took = () => `in ${lasting(performance.now() - began)}`;
  const { url } = place;
  const { typed } = working;
  const tell = (report: CopyReport, text: string) => {
    for (const what of report.left) {
      voice.say(`Not in the copy, since your role may not give it: ${what}.`);
    }
    const seconds = Math.round(performance.now() - began) / 1000;
    if (voice.json) voice.data(JSON.stringify({ action, ...report, seconds }));
    else voice.result(text);
  };
  const size = ({ bytes }: CopyReport) => bytes === undefined ? "" : `${sized(bytes)}, `;
  switch (action) {
    case "snapshot": {
      const options = { ...working, disconnect, force };
      const report = await snapshotDatabase(url, place.database(name), options);
      return tell(report, `${report.database}: the snapshot is made, ${size(report)}${took()}.`);
    }
    case "reset": {
      const options = { ...working, disconnect, force };
      const report = await resetDatabase(url, place.database(name), options);
      const text = `${report.database}: back to its snapshot of ${report.made}, ${size(report)}`;
      return tell(report, `${text}${took()}.`);
    }
    case "clone": {
      const report = await cloneDatabase(url, place.database(name), { ...working, count });
      return tellClones(report, place, voice, typed, took());
    }
    case "drop":
      return await drop(line, place, voice, working);
    case "list":
      return tellList(await listDatabases(url, working), voice);
  }
}

function tellList(list: DatabaseList, voice: Voice): void {
  if (voice.json) voice.data(JSON.stringify(list));
  else for (const text of listLines(list)) voice.data(text);
}

/**
 * The embedded server's password is in the URLs that `redd db` prints, and in those of its clones;
 * one that somebody else has set is not.
 */
function tellClones(
  report: CloneReport,
  place: Place,
  voice: Voice,
  typed: TypedLine,
  took: string,
): void {
  const { embedded } = place;
  const clones = report.clones.map(({ database, url }) => ({
    database,
    url: embedded === undefined ? withoutPassword(url) : url,
  }));
  for (const what of report.left) {
    voice.say(`Not in the clones, since your role may not give it: ${what}.`);
  }
  const lines = voice.json
    ? [JSON.stringify({ action: "clone", ...report, clones })]
    : clones.map(({ url }) => url);
  if (embedded === undefined) lines.forEach((line) => voice.data(line));
  else lines.forEach((line) => voice.secret(line));
  voice.say(
    `${amountOf(clones.length, "clone")} of ${report.database}, ${took}. ` +
      `To remove: ${typed(["db drop", ...clones.slice(0, 3).map(({ database }) => database)])}${
        clones.length > 3 ? `, and the ${clones.length - 3} others likewise` : ""
      }`,
  );
  if (embedded?.joined === false) {
    voice.say(
      `The server stops with this command, and may have another port next time: run ${place.running} first, or give both the same --port.`,
    );
  }
}

async function drop(
  { names, which, disconnect }: DbLine,
  place: Place,
  voice: Voice,
  working: Working,
): Promise<void> {
  const { url, embedded } = place;
  const { typed } = working;
  const options = { ...working, disconnect };
  const [name] = names;
  if (which === "these" && name === undefined) {
    throw new ReddError("input", "USAGE", {
      cannot: "drop clones",
      because: "none is named",
      remedy: `See what there is: ${typed(["db list"])}`,
    });
  }
  const { dropped, kept } = which === "clones"
    ? await dropClonesOf(url, place.database(name), options)
    : which === "snapshot"
    ? await dropSnapshot(url, place.database(name), options)
    : await dropClones(
      url,
      embedded === undefined ? names : names.map((one) => place.database(one)),
      options,
    );
  if (voice.json) voice.data(JSON.stringify({ action: "drop", dropped, kept }));
  else if (dropped.length === 0) voice.result("There was none.");
  else for (const database of dropped) voice.result(`${database}: dropped.`);
  for (const { database, of, kind } of kept) {
    voice.say(
      `${database}, ${
        kind === "snapshot" ? "the snapshot" : "a clone"
      } of ${of}, stays. To drop it: ` +
        typed(kind === "snapshot" ? ["db drop", of, "--snapshot"] : ["db drop", database], of),
    );
  }
}
