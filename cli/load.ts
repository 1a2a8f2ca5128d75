/** `redd load`: a dataset, into a database. */
import { commandLine } from "../src/command_line.ts";
import type { Dataset } from "../src/dataset/dataset.ts";
import { requireDemoTarget } from "../src/aquamind/demo_users.ts";
import { type OtherRole, otherRoles } from "../src/aquamind/other_roles.ts";
import { digestOfDataset } from "../src/dataset/manifest_digest.ts";
import { type DatasetUser, usersOf } from "../src/dataset/users.ts";
import { messageOf } from "../src/errors.ts";
import type { LoadReport } from "../src/load/report.ts";
import { METHODS } from "../src/load/method_names.ts";
import { load, type MethodOptions } from "../src/load/rebuild/method.ts";
import type { RebuildReport } from "../src/load/rebuild/rebuild.ts";
import { foreseeLoad, type Foreseen } from "../src/load/foresee.ts";
import { forgetLoads, restoreTarget } from "../src/load/rebuild/restore.ts";
import { loadStatus } from "../src/load/rebuild/status.ts";
import { redactUrl } from "../src/postgres/url.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { type DatasetSource, datasetSource } from "./dataset_source.ts";
import { afterLoad, type DemoWish, demoWish, takeDemoPassword } from "./demo_password.ts";
import {
  databaseOf,
  howToLook,
  isServer,
  loadedUrl,
  requireServer,
  startEmbedded,
} from "./embedded.ts";
import { besideDataset } from "./server_folder.ts";
import { interruptible } from "./interrupt.ts";
import { LOAD_BEGINS, loadLine, withLoadProgress } from "./load_line.ts";
import { statusLines } from "./load_status.ts";
import { inDatabase } from "./made_database.ts";
import { amountOf, grouped, lasting, sized } from "./numbers.ts";
import { usageError } from "./parse.ts";
import type { ProgressLine } from "./progress_line.ts";
import { subsetOf } from "./subset.ts";
import { flagValues } from "./values.ts";

const NAME = "load";

/** How a load goes about it. */
export type LoadChoices = Pick<
  MethodOptions,
  "method" | "jobs" | "replace" | "append" | "tables" | "without"
>;

/** Loads into a database and shows how far it is. */
export function loadInto(
  dataset: string | Dataset,
  url: string,
  voice: Voice,
  signal: AbortSignal,
  way: LoadChoices = {},
): Promise<LoadReport | RebuildReport> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  let course = LOAD_BEGINS;
  const line: ProgressLine = (columns) => loadLine(course, elapsed(), columns);
  voice.progress(line);
  return load(dataset, {
    ...way,
    url,
    signal,
    onMethod(method) {
      if (method === "deferred" || !way.replace) return;
      voice.say(
        "Wiping is the first step of this load and is not taken back if it is interrupted: run it " +
          "again to carry on. --method deferred replaces in one transaction.",
      );
    },
    onProgress(progress) {
      course = withLoadProgress(course, progress, elapsed());
      voice.progress(line);
    },
  });
}

/** How many tables get rows; of a load that continues another most get none. */
function tablesFilled({ tables, continued }: Pick<LoadReport, "tables" | "continued">): number {
  return tables.filter(({ rows }) => continued === undefined || rows > 0).length;
}

/** What a load has done, for people. */
export function loadSummary(report: LoadReport | RebuildReport): string {
  const { tables, rows, bytes, seconds, schemaCreated, target, alreadyThere } = report;
  if (alreadyThere) {
    return `${target}: the dataset is there already, ${grouped(rows)} rows in ${
      amountOf(tables.length, "table")
    }.`;
  }
  const all = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  const notes = [
    ...schemaCreated ? ["The schema was created."] : [],
    ...report.continued === undefined ? [] : [`It continues ${report.continued}.`],
    ...report.wiped === 0
      ? []
      : [`${grouped(report.wiped)} ${report.wiped === 1 ? "row was" : "rows were"} wiped before.`],
    ...report.merged.length === 0
      ? []
      : [`Of ${amountOf(report.merged.length, "table")} the rows were merged with what was there.`],
  ];
  return [
    `${target}: ${grouped(rows)} rows in ${amountOf(tablesFilled(report), "table")}, ${
      sized(bytes)
    }, ` +
    `in ${lasting(all * 1000)}.`,
    ...notes,
  ].join(" ");
}

/** Who can log in now. */
export function loginText(users: readonly string[]): string {
  if (users.length === 0) return "Nobody can log in with the password that you gave.";
  return `With the password that you gave can log in: ${users.join(", ")}.`;
}

function report(
  loaded: LoadReport | RebuildReport,
  digest: string,
  demoUsers: readonly string[] | undefined,
  voice: Voice,
  roles: readonly OtherRole[] = [],
): void {
  if (roles.length > 0) voice.say(otherRolesText(roles));
  if (voice.json) {
    const said = {
      digest,
      ...demoUsers && { demoUsers },
      ...roles.length > 0 && { otherRoles: roles },
    };
    return voice.data(JSON.stringify({ ...loaded, ...said }));
  }
  voice.result(loadSummary(loaded));
  voice.result(`digest: ${digest}`);
  if (demoUsers !== undefined) voice.result(loginText(demoUsers));
  for (const [phase, seconds] of Object.entries(loaded.seconds)) {
    if (seconds > 0) voice.resultDetail(`  ${phase.padEnd(12)} ${seconds.toFixed(2)} s`);
  }
  if (!loaded.recorded) {
    voice.say(
      "The load is not recorded, since the user may not write into a schema redd there: it is " +
        "neither found again nor continued.",
    );
  }
  if (loaded.skipped.length > 0) {
    voice.result(`Left as the target had them: ${loaded.skipped.join(", ")}.`);
  }
  if (loaded.merged.length > 0) {
    voice.resultDetail(`Merged with the target's own rows: ${loaded.merged.join(", ")}.`);
  }
}

/** What a dry run says of a password, after what it says of the load. */
function foreseenLogin({ alreadyThere }: Foreseen): string {
  return alreadyThere
    ? "Nothing but the password of its users would be set."
    : "Its users would get a password.";
}

/** What a load would do, for people. */
function foreseenText(foreseen: Foreseen): string {
  const { target, alreadyThere, carriesOn, method, rows, bytes } = foreseen;
  if (alreadyThere) {
    return `${target}: the dataset is there already, ${
      grouped(rows)
    } rows; a load would bring no row.`;
  }
  const notes = [
    ...carriesOn ? ["It would carry on with the load that was stopped."] : [],
    ...foreseen.schemaCreated ? ["The schema would be created."] : [],
    ...foreseen.continued === undefined ? [] : [`It would continue ${foreseen.continued}.`],
    ...foreseen.wiped === 0 ? [] : [`${grouped(foreseen.wiped)} rows would be wiped before.`],
    ...foreseen.merged.length === 0 ? [] : [
      `Of ${
        amountOf(foreseen.merged.length, "table")
      } the rows would be merged with what is there.`,
    ],
    ...foreseen.skipped.length === 0
      ? []
      : [`${foreseen.skipped.join(", ")} would be left as they are.`],
  ];
  return [
    `${target} would get ${grouped(rows)} rows in ${amountOf(tablesFilled(foreseen), "table")}, ${
      sized(bytes)
    }, in the ` +
    `${method} way.`,
    ...notes,
  ].join(" ");
}

/** The users of a dataset, in a target in which their password may be set if the line asks for it. */
async function withUsers(
  dataset: Dataset,
  url: string,
  signal: AbortSignal,
  wish: DemoWish | undefined,
): Promise<readonly DatasetUser[]> {
  const users = await usersOf(dataset);
  if (wish !== undefined) await requireDemoTarget({ url, users, ...wish, signal });
  return users;
}

/** Says what a load would do. */
async function dryRun(
  dataset: Dataset,
  url: string,
  voice: Voice,
  signal: AbortSignal,
  way: LoadChoices,
  wish: DemoWish | undefined,
): Promise<void> {
  const users = await withUsers(dataset, url, signal, wish);
  const foreseen = await foreseeLoad(dataset, { ...way, url, signal });
  const demoUsers = users.map(({ username }) => username);
  if (voice.json) voice.data(JSON.stringify({ ...foreseen, ...wish && { demoUsers } }));
  else voice.result([foreseenText(foreseen), ...wish ? [foreseenLogin(foreseen)] : []].join(" "));
}

/** Loads, and lets the users log in where the line asks for it. */
async function loadAndReport(
  dataset: Dataset,
  url: string,
  voice: Voice,
  signal: AbortSignal,
  way: LoadChoices,
  wish: DemoWish | undefined,
): Promise<void> {
  const users = await withUsers(dataset, url, signal, wish);
  const demo = wish && await takeDemoPassword(wish, users, voice, signal);
  const loaded = await loadInto(dataset, url, voice, signal, way);
  const digest = digestOfDataset(dataset.manifest);
  let demoUsers: readonly string[] | undefined;
  try {
    demoUsers = await demo?.(url);
  } catch (thrown) {
    report(loaded, digest, undefined, voice);
    throw afterLoad(thrown, loaded.recorded, commandLine(NAME, "DATASET", "--demo-password"));
  }
  report(loaded, digest, demoUsers, voice, await rolesIn(url, users, voice, signal));
}

/** The users whose role is another in the database; a load is done, whether they can be seen or not. */
async function rolesIn(
  url: string,
  users: readonly DatasetUser[],
  voice: Voice,
  signal: AbortSignal,
): Promise<readonly OtherRole[]> {
  try {
    return await otherRoles({ url, users, signal });
  } catch (thrown) {
    voice.say(`warning: the data is loaded, but ${messageOf(thrown)}`);
    return [];
  }
}

/** What follows from a role that is another than the dataset's. */
export function otherRolesText(roles: readonly OtherRole[]): string {
  const each = roles.map(({ username, role, wanted }) =>
    `${username} ${role === null ? "no role" : role}, not ${wanted}`
  );
  return `warning: users have other roles in the database than in the dataset: ${
    each.join("; ")
  }. AquaMind goes by the role there, and answers what it does not open with 403. ` +
    "--demo-password gives users that an earlier load has made the role of the dataset.";
}

/** Of a database that would be made for the dataset. */
function tellNew({ name, manifest }: Dataset, database: string, voice: Voice): void {
  const { rows, bytes } = manifest;
  if (voice.json) voice.data(JSON.stringify({ database, databaseCreated: true, rows, bytes }));
  else {
    voice.result(
      `${name} would go into a new database ${database} of the embedded server: ` +
        `${grouped(rows)} rows, ${sized(bytes)}.`,
    );
  }
}

/** What a line asks for besides loading. */
const ERRANDS = ["status", "restore", "forget"] as const;

/**
 * What the line asks for: one of the errands, or nothing but the load.
 *
 * @throws {ReddError} input, for two errands, or one with a flag of the load.
 */
function errandOf(given: Given): typeof ERRANDS[number] | undefined {
  const [errand, other] = [
    ...ERRANDS.filter((name) => given.on(name)),
    ...["method", "jobs", "tables", "without"].filter((name) => given.text(name) !== undefined),
    ...["replace", "append", "dry-run", "demo-password"].filter((name) => given.on(name)),
  ];
  const found = ERRANDS.find((name) => name === errand);
  if (found === undefined || other === undefined) return found;
  throw usageError(NAME, `--${other} does not go with --${found}`, "Give one of the two");
}

/** Tells where the loads of a database stand, takes one back, or forgets them. */
async function runErrand(
  errand: typeof ERRANDS[number],
  url: string,
  voice: Voice,
  signal: AbortSignal,
): Promise<void> {
  if (errand === "status") {
    const status = await loadStatus(url);
    if (voice.json) voice.data(JSON.stringify(status));
    else for (const line of statusLines(status)) voice.data(line);
  } else if (errand === "restore") {
    const restored = await restoreTarget(url, { signal });
    const { target, name, rows, indexes, foreignKeys } = restored;
    if (voice.json) voice.data(JSON.stringify(restored));
    else if (name === undefined) voice.result(`${target}: no load is unfinished.`);
    else {
      voice.result(
        `${target}: the load of ${name} is taken back: ${grouped(rows)} rows removed, ` +
          `${indexes} indexes and ${foreignKeys} foreign keys put back.`,
      );
    }
  } else {
    const forgotten = await forgetLoads(url);
    if (voice.json) voice.data(JSON.stringify({ forgotten }));
    else {voice.result(
        forgotten ? "The ledger of loads is removed." : "There is no ledger of loads.",
      );}
  }
}

function wayOf(given: Given): LoadChoices {
  const values = flagValues(NAME, given);
  const method = values.oneOf("method", METHODS);
  const jobs = values.whole("jobs", 1, 64);
  if (given.on("replace") && given.on("append")) {
    throw usageError(NAME, "--append does not go with --replace", "Give one of the two");
  }
  return {
    ...(method === undefined ? {} : { method }),
    ...(jobs === undefined ? {} : { jobs }),
    replace: given.on("replace"),
    append: given.on("append"),
    ...subsetOf(NAME, given),
  };
}

/** Says what a load from a pipe cannot do. */
function sayPiped({ name }: DatasetSource, voice: Voice): void {
  if (name === undefined) return;
  voice.say(
    `The archive of ${name} is kept until this line ends. An interrupted load cannot be resumed ` +
      "without it: send the same archive again.",
  );
}

/** Runs a line of `redd load`; returns its exit code. */
export function runLoad(given: Given, voice: Voice): Promise<number> {
  const [dataset] = given.operands;
  const errand = errandOf(given);
  const way = wayOf(given);
  const wish = demoWish(NAME, given);
  if (dataset === undefined && errand === undefined) {
    throw usageError(NAME, "DATASET is missing", `See ${commandLine(NAME, "--help")}`);
  }
  return interruptible(async (signal) => {
    const url = await databaseFor(NAME, given, voice);
    if (url !== undefined) {
      if (way.replace && given.text("database-url") === undefined) {
        throw usageError(
          NAME,
          `--replace would wipe ${redactUrl(url)}, which only the environment names`,
          "Name it with --database-url, or give --embedded",
        );
      }
      if (errand !== undefined) {
        await runErrand(errand, url, voice, signal);
        return 0;
      }
      using source = await datasetSource(NAME, dataset!, given, voice, signal);
      sayPiped(source, voice);
      const opened = await source.open();
      if (given.on("dry-run")) await dryRun(opened, url, voice, signal, way, wish);
      else await loadAndReport(opened, url, voice, signal, way, wish);
      return 0;
    }
    if (dataset === undefined) {
      throw usageError(NAME, "DATASET or --database-url is missing", "Give one of the two");
    }
    // A mistyped path and a dataset that is not true end here, before a server is made beside it.
    using source = await datasetSource(NAME, dataset, given, voice, signal);
    sayPiped(source, voice);
    const opened = await source.open();
    const folder = besideDataset(dataset);
    const database = databaseOf(source.called);
    const looking = "look into the loads of";
    if (errand !== undefined) await requireServer(looking, given, folder, source.called);
    else if (given.on("dry-run") && !await isServer(given, folder)) {
      tellNew(opened, database, voice);
      return 0;
    }
    await using server = await startEmbedded(NAME, given, voice, folder, signal);
    if (errand !== undefined) {
      await runErrand(errand, await loadedUrl(server, looking, source.called), voice, signal);
      return 0;
    }
    if (given.on("dry-run")) {
      const there = (await server.databases()).includes(database);
      if (there) await dryRun(opened, server.url(database), voice, signal, way, wish);
      else tellNew(opened, database, voice);
      return 0;
    }
    await inDatabase(
      server,
      database,
      (url) => loadAndReport(opened, url, voice, signal, way, wish),
    );
    voice.say(howToLook(database, server));
    return 0;
  });
}
