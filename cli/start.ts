/** `redd start`: the tour, from nothing to a checked database. */
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { generate } from "../src/generate/generate.ts";
import { DEFAULT_DIR } from "../src/server/default_dir.ts";
import { SINGLE_PRESETS, singlePreset } from "../src/schedule/presets.ts";
import { planSingle } from "../src/schedule/single.ts";
import { commandLine } from "../src/command_line.ts";
import { openDataset } from "../src/archive/open_dataset.ts";
import { usersOf } from "../src/dataset/users.ts";
import { makeReport } from "../src/report/report.ts";
import type { VerifyReport } from "../src/verify/report.ts";
import { requireDemoTarget } from "../src/aquamind/demo_users.ts";
import type { Given, Host, Voice } from "./command.ts";
import { TOUR as DATASET, TOUR_PAGE } from "./commands/flags.ts";
import { afterLoad, demoWish, takeDemoPassword } from "./demo_password.ts";
import { databaseOf, howToLook, portOf, startEmbedded } from "./embedded.ts";
import { poolOf } from "./generate.ts";
import { interruptible } from "./interrupt.ts";
import { loadInto, loadSummary, loginText } from "./load.ts";
import { inDatabase } from "./made_database.ts";
import { grouped, lasting, sized } from "./numbers.ts";
import { requirePagePlace, writePage } from "./page_file.ts";
import { showRun } from "./show_run.ts";
import { checkDatabase, tellVerdict } from "./verify.ts";

const NAME = "start";
const SEED = 30;

/** What the tour is of: a farm as farms are, which is worth looking at. */
const PROFILE = "field";

async function generateTour(voice: Voice, signal: AbortSignal, host: Host) {
  const fixtures = readFixtures(undefined, PROFILE);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const batch = { ...singlePreset(SINGLE_PRESETS.lifecycle, fixtures.profile), seed: SEED };
  const schedule = planSingle(batch, fixtures.profile, infrastructure);
  const began = performance.now();
  const { found, manifest } = await generate({
    folder: DATASET,
    schedule,
    fixtures,
    seed: SEED,
    signal,
    ...poolOf(host),
    onProgress: showRun(voice),
  });
  const size = `${grouped(manifest.rows)} rows, ${sized(manifest.bytes)}`;
  const how = found === "finished" ? "there already" : lasting(performance.now() - began);
  if (!voice.json) {
    voice.result(`1. Generated ${DATASET}: one batch, ${batch.duration} days, ${size} (${how})`);
  }
  return manifest;
}

/**
 * Draws the page of the tour with what the checks said. Where that cannot be, the reason is said and
 * the tour goes on: what it promises is the database.
 */
async function drawTour(
  verdict: VerifyReport,
  voice: Voice,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    requirePagePlace(TOUR_PAGE, false);
    const html = await makeReport(await openDataset(DATASET), {
      verdict,
      signal,
      onTable: (table, place, all) => voice.progress(`reading ${place + 1} of ${all}: ${table}`),
    });
    return writePage(TOUR_PAGE, html).path;
  } catch (thrown) {
    if (!(thrown instanceof ReddError) || thrown.fault === "interrupted") throw thrown;
    voice.say(`No page was drawn. ${thrown.message}`);
    return undefined;
  }
}

/** Runs a line of `redd start`; returns its exit code. */
export async function runStart(given: Given, voice: Voice, host: Host): Promise<number> {
  portOf(NAME, given);
  return await interruptible(async (signal) => {
    const manifest = await generateTour(voice, signal, host);
    await using server = await startEmbedded(NAME, given, voice, DEFAULT_DIR, signal);
    const database = databaseOf(DATASET);
    if (given.on("force")) await server.dropDatabase(database);
    const url = server.url(database);
    const wish = demoWish(NAME, given);
    const { loaded, demo } = await inDatabase(server, database, async () => {
      const users = wish === undefined ? [] : await usersOf(await openDataset(DATASET));
      if (wish !== undefined) await requireDemoTarget({ url, users, ...wish, signal });
      const demo = wish && await takeDemoPassword(wish, users, voice, signal);
      return { demo, loaded: await loadInto(DATASET, url, voice, signal) };
    });
    let demoUsers: readonly string[] | undefined;
    try {
      demoUsers = await demo?.(url);
    } catch (thrown) {
      throw afterLoad(thrown, loaded.recorded, commandLine("load", DATASET, "--demo-password"));
    }
    if (voice.json) {
      const verdict = await checkDatabase(url, { manifest, voice, signal });
      const { ok, counts } = verdict;
      const page = await drawTour(verdict, voice, signal);
      const { rows, bytes } = manifest;
      const { alreadyThere } = loaded;
      const facts = {
        folder: DATASET,
        rows,
        bytes,
        database,
        url,
        alreadyThere,
        ok,
        counts,
        ...page === undefined ? {} : { page },
        ...demoUsers && { demoUsers },
      };
      voice.secret(JSON.stringify(facts));
      return ok ? 0 : EXIT_CODES.check;
    }
    voice.result(`2. Loaded ${loadSummary(loaded)}`);
    if (loaded.alreadyThere) {
      voice.say("It is kept as it is; --force drops that database and loads it anew.");
    }
    if (demoUsers !== undefined) voice.result(loginText(demoUsers));
    voice.result("3. Checked:");
    const verdict = await checkDatabase(url, { manifest, voice, signal });
    const code = tellVerdict(verdict, voice);
    const page = await drawTour(verdict, voice, signal);
    if (page !== undefined) voice.result(`4. Drew ${page}: open it in a browser`);
    voice.say("");
    voice.say(`The files are in ${DATASET}: begin with ${DATASET}/datapackage.json.`);
    voice.say(howToLook(database, server));
    return code;
  });
}
