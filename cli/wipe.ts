/** `redd wipe`: the operational tables of a database, emptied. */
import { ReddError } from "../src/errors.ts";
import { openDataset } from "../src/archive/open_dataset.ts";
import { redactUrl } from "../src/postgres/url.ts";
import type { WipePlan } from "../src/load/wipe/plan.ts";
import { wipeDatabase, type WipeOptions, type WipeReport } from "../src/load/wipe/wipe.ts";
import { CONFIRMATION as WORD } from "./commands/flags.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { loadedUrl, requireServer, startEmbedded } from "./embedded.ts";
import { besideDataset } from "./server_folder.ts";
import { interruptible } from "./interrupt.ts";
import { grouped } from "./numbers.ts";
import { usageError } from "./parse.ts";
import { ownTerminal, type Terminal } from "./terminal.ts";
import { shownWord } from "./shown_word.ts";

const NAME = "wipe";

/** What a wipe would remove, for people. */
function planLines({ tables, dependants, rows }: WipePlan, target: string): readonly string[] {
  const full = tables.filter((table) => table.rows > 0).toSorted((a, b) => b.rows - a.rows);
  const width = grouped(full[0]?.rows ?? 0).length;
  return [
    `${target}: ${rowsText(rows)} in ${full.length} of ${tables.length} operational tables ` +
    "and histories.",
    ...full.map((table) => `  ${grouped(table.rows).padStart(width)}  ${table.name}`),
    ...dependants.map(({ name, through }) =>
      `  ${"0".padStart(width)}  ${name}, emptied along for its ${through.join(", ")}`
    ),
    "Infrastructure, master data and users stay.",
  ];
}

function rowsText(rows: number): string {
  return `${grouped(rows)} ${rows === 1 ? "row" : "rows"}`;
}

/** Why nothing was wiped. */
function notConfirmed({ target, rows }: WipeReport, terminal: Terminal): ReddError {
  return new ReddError("input", "NOT_CONFIRMED", {
    cannot: `wipe ${target}`,
    because: terminal.present
      ? `the answer is not ${WORD}`
      : `there is no terminal to type ${WORD} at`,
    remedy: terminal.present
      ? "Nothing has changed there"
      : `Nothing has changed there; --confirm removes the ${rowsText(rows)} without a question`,
  });
}

/** Says what a wipe would remove. */
async function dryRun(url: string, voice: Voice, signal: AbortSignal): Promise<number> {
  const report = await wipeDatabase(url, { confirm: () => Promise.resolve(false), signal });
  if (voice.json) voice.data(JSON.stringify(report));
  else for (const line of planLines(report, report.target)) voice.result(line);
  return 0;
}

/** Shows the counts, asks unless the line has `--confirm`, and wipes. */
async function wipeAt(
  url: string,
  given: Given,
  voice: Voice,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const target = redactUrl(url);
  const show = (plan: WipePlan) => {
    for (const line of planLines(plan, target)) voice.say(line);
  };
  const ask = async (plan: WipePlan) => {
    show(plan);
    if (!terminal.present) return false;
    const question = `Type ${WORD} to remove the ${rowsText(plan.rows)} from ${target}: `;
    voice.rest();
    if (await terminal.ask(question, signal) !== WORD) return false;
    voice.progress("wiping");
    return true;
  };
  if (given.on("dry-run")) return await dryRun(url, voice, signal);
  voice.progress("counting the rows");
  const way: WipeOptions = given.on("confirm") ? { onPlan: show } : { confirm: ask };
  const report = await wipeDatabase(url, { ...way, signal });
  if (!report.wiped) throw notConfirmed(report, terminal);
  if (voice.json) voice.data(JSON.stringify(report));
  else voice.result(`${target}: ${rowsText(report.rows)} removed.`);
  return 0;
}

/** Runs a line of `redd wipe` at this process's terminal; returns its exit code. */
export function runWipe(given: Given, voice: Voice): Promise<number> {
  return wipeAtTerminal(given, voice, ownTerminal);
}

/**
 * Wipes the database that the line or the environment names, or the one of a dataset in the embedded
 * server. What would be both is refused: nobody shall wipe another database than the one in mind.
 *
 * @throws {ReddError} what `wipeDatabase` throws, and input: no database is named, or two are, the
 *   dataset is not loaded, the answer is another one.
 */
export function wipeAtTerminal(given: Given, voice: Voice, terminal: Terminal): Promise<number> {
  const [dataset] = given.operands;
  return interruptible(async (signal) => {
    const url = await databaseFor(NAME, given, voice);
    if (url !== undefined) {
      if (dataset === undefined) return await wipeAt(url, given, voice, terminal, signal);
      throw usageError(
        NAME,
        `${shownWord(dataset)} and ${redactUrl(url)} may be two databases`,
        `Leave out ${
          shownWord(dataset)
        }, or give --embedded for its database in the embedded server`,
      );
    }
    if (dataset === undefined) {
      throw usageError(NAME, "DATASET or --database-url is missing", "Give one of the two");
    }
    // A mistyped path ends here, before a server is made beside it.
    await openDataset(dataset);
    const [folder, nothing] = [besideDataset(dataset), "There is nothing to wipe"];
    await requireServer("wipe", given, folder, dataset, nothing);
    await using server = await startEmbedded(NAME, given, voice, folder, signal);
    const own = await loadedUrl(server, "wipe", dataset, nothing);
    return await wipeAt(own, given, voice, terminal, signal);
  });
}
