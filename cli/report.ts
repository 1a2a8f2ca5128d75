/** `redd report`: the page of a dataset. */
import { createHash } from "node:crypto";
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { kindOf, openRegular } from "../src/files/regular.ts";
import { makeReport } from "../src/report/report.ts";
import { PAGE_MARK } from "../src/report/shell/page_html.ts";
import { summaryLines, type VerifyReport } from "../src/verify/report.ts";
import { requireOutside, writeOutside } from "../src/schedule/write.ts";
import type { Given, Host, Voice } from "./command.ts";
import { datasetSource, unpackingOf } from "./dataset_source.ts";
import { interruptible } from "./interrupt.ts";
import { sized } from "./numbers.ts";
import { pagePathOf } from "./report_line.ts";
import { memoryOf } from "./verify_line.ts";

/** Whether a file begins as every page of Redd's does. */
function isPage(path: string): boolean {
  const mark = new TextEncoder().encode(PAGE_MARK);
  const head = new Uint8Array(mark.length);
  using file = openRegular(path);
  for (let at = 0; at < head.length;) {
    const read = file.readSync(head.subarray(at));
    if (read === null) return false;
    at += read;
  }
  return head.every((byte, at) => byte === mark[at]);
}

/**
 * Looks at what is there in the place of a page before anything is read.
 *
 * @throws {ReddError} input, where it is none of Redd's pages and is not to be replaced.
 */
function requireReplaceable(path: string, force: boolean): void {
  let info: Deno.FileInfo;
  try {
    info = Deno.lstatSync(path);
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    // What keeps it from being written is said when it is.
    if (thrown instanceof NotFound || thrown instanceof NotADirectory) return;
    throw thrown;
  }
  if (force || (info.isFile && isPage(path))) return;
  throw new ReddError("input", "NO_PAGE_OF_REDD", {
    cannot: `write ${path}`,
    because: info.isFile
      ? "it is there already, and is no page that Redd has made"
      : `${kindOf(info)} is there`,
    remedy: "Give another file with --output, or --force to replace it",
  });
}

/** Runs a line of `redd report`; returns its exit code. */
export function runReport(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  return interruptible(async (signal) => {
    const page = pagePathOf(given);
    const memory = memoryOf("report", given);
    requireOutside(page, "--output");
    requireReplaceable(page, given.on("force"));
    using source = await datasetSource("report", given.operands[0]!, given, voice, signal);
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
    writeOutside(page, html, "--output");
    const written = new TextEncoder().encode(html);
    const sha256 = createHash("sha256").update(written).digest("hex");
    if (voice.json) {
      const checks = verified === undefined ? {} : { ok: verified.ok, checks: verified.counts };
      voice.data(JSON.stringify({ path: page, bytes: written.length, sha256, ...checks }));
    } else {
      for (const line of verified === undefined ? [] : summaryLines(verified)) voice.result(line);
      voice.result(`Wrote ${page}, ${sized(written.length)}: open it in a browser`);
    }
    return verified === undefined || verified.ok ? 0 : EXIT_CODES.check;
  });
}
