/** `redd verify`: the acceptance checks and the laws, on a database. */
import { EXIT_CODES } from "../src/errors.ts";
import type { ReddManifest } from "../src/dataset/manifest.ts";
import { readDataset } from "../src/dataset/read_dataset.ts";
import { verifyDatabase } from "../src/verify/engines/postgres.ts";
import { resultLines, summaryLines, type VerifyReport } from "../src/verify/report.ts";
import type { Given, Voice } from "./command.ts";
import { databaseFor } from "./database.ts";
import { loadedUrl, startEmbedded } from "./embedded.ts";
import { besideDataset } from "./server_folder.ts";
import { interruptible } from "./interrupt.ts";

const NAME = "verify";

/** Checks a database against the manifest of its dataset, and shows what fails as it is found. */
export async function checkDatabase(
  url: string,
  manifest: ReddManifest,
  voice: Voice,
  signal: AbortSignal,
): Promise<VerifyReport> {
  return await verifyDatabase(url, manifest, {
    signal,
    onBegin: (check, place, all) =>
      voice.progress(`checking ${place + 1} of ${all}: ${check.id}, ${check.title}`),
    onCheck(result) {
      const bad = result.status === "failed" || result.status === "broken";
      if (voice.json) return;
      for (const line of resultLines(result)) bad ? voice.result(line) : voice.resultDetail(line);
    },
  });
}

/** Tells how a verification has ended; returns the exit code. */
export function tellVerdict(report: VerifyReport, voice: Voice): number {
  if (voice.json) voice.data(jsonOf(report));
  else for (const line of summaryLines(report)) voice.result(line);
  return report.ok ? 0 : EXIT_CODES.check;
}

/** What programs want to know: each check by its id, how it ended, and why. */
function jsonOf({ ok, counts, results }: VerifyReport): string {
  const checks = results.map(({ check, status, details }) => (
    { id: check.id, title: check.title, status, details }
  ));
  return JSON.stringify({ ok, counts, checks });
}

/** Runs a line of `redd verify`; returns its exit code. */
export function runVerify(given: Given, voice: Voice): Promise<number> {
  const dataset = given.operands[0]!;
  return interruptible(async (signal) => {
    const url = await databaseFor(NAME, given, voice);
    const manifest = await readDataset(dataset);
    const check = async (at: string) =>
      tellVerdict(await checkDatabase(at, manifest, voice, signal), voice);
    if (url !== undefined) return await check(url);
    await using server = await startEmbedded(NAME, given, voice, besideDataset(dataset), signal);
    return await check(await loadedUrl(server, NAME, dataset));
  });
}
