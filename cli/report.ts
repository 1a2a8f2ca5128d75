/** `redd report`: the page of a dataset. */
import { EXIT_CODES } from "../src/errors.ts";
import { makeReport } from "../src/report/report.ts";
import { summaryLines, type VerifyReport } from "../src/verify/report.ts";
import type { Given, Host, Voice } from "./command.ts";
import { datasetSource, unpackingOf } from "./dataset_source.ts";
import { interruptible } from "./interrupt.ts";
import { sized } from "./numbers.ts";
import { requirePagePlace, writePage } from "./page_file.ts";
import { pagePathOf } from "./report_line.ts";
import { memoryOf } from "./verify_line.ts";

/** Runs a line of `redd report`; returns its exit code. */
export function runReport(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  return interruptible(async (signal) => {
    const page = pagePathOf(given);
    const memory = memoryOf("report", given);
    requirePagePlace(page, given.on("force"));
    using source = await datasetSource("report", given.operands[0]!, given, voice, signal, true);
    const dataset = await source.open();
    let verified: VerifyReport | undefined;
    const html = await makeReport(dataset, {
      signal,
      unpacking: unpackingOf(voice, host),
      verify: given.on("verify"),
      onBegin: ({ id, title }, place, all) =>
        voice.progress(`checking ${place + 1} of ${all}: ${id}, ${title}`),
      onVerified: (report) => verified = report,
      ...memory === undefined ? {} : { memory },
      onTable: (table, place, all) => voice.progress(`reading ${place + 1} of ${all}: ${table}`),
      onSection: (id, place, all) => voice.progress(`section ${place + 1} of ${all}: ${id}`),
    });
    const written = writePage(page, html);
    if (voice.json) {
      const checks = verified === undefined ? {} : { ok: verified.ok, checks: verified.counts };
      voice.data(JSON.stringify({ ...written, ...checks }));
    } else {
      for (const line of verified === undefined ? [] : summaryLines(verified)) voice.result(line);
      voice.result(`Wrote ${page}, ${sized(written.bytes)}: open it in a browser`);
    }
    return verified === undefined || verified.ok ? 0 : EXIT_CODES.check;
  });
}
