/** `redd extract`: an archive, into a dataset's folder. */
import { extractArchive } from "../src/archive/extract.ts";
import { MOST_ARCHIVERS } from "./archive.ts";
import type { Given, Host, Voice } from "./command.ts";
import { datasetSource, expectOf } from "./dataset_source.ts";
import { interruptible } from "./interrupt.ts";
import { grouped, lasting, sized } from "./numbers.ts";
import { extractedFolder } from "./rights/archive.ts";
import { flagValues } from "./values.ts";

const NAME = "extract";

/** Runs a line of `redd extract`; returns its exit code. */
export function runExtract(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  const [archive] = given.operands;
  const out = extractedFolder(given);
  const workers = flagValues(NAME, given).whole("workers", 1, MOST_ARCHIVERS);
  const expect = expectOf(NAME, given);
  return interruptible(async (signal) => {
    const began = performance.now();
    using source = await datasetSource(NAME, archive!, given, voice, signal);
    const { folder, digest, manifest } = await extractArchive(source.path, {
      out,
      expect,
      signal,
      name: source.name,
      free: host.free,
      ...workers === undefined ? {} : { workers },
      ...host.openArchiver === undefined ? {} : { open: host.openArchiver },
      onProgress: ({ bytes, totalBytes }) =>
        voice.progress(`${sized(bytes)} of ${sized(totalBytes)} unpacked`),
    });
    const { rows, bytes } = manifest;
    if (voice.json) {
      voice.data(JSON.stringify({ folder, rows, bytes, digest }));
      return 0;
    }
    const time = lasting(performance.now() - began);
    voice.result(`${folder}: ${grouped(rows)} rows, ${sized(bytes)}, in ${time}`);
    voice.result(`digest: ${digest}`);
    return 0;
  });
}
