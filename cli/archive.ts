/** `redd archive`: a dataset, into one file. */
import { SUM_SUFFIX } from "../src/archive/output.ts";
import { archiveDataset, HIGHEST_LEVEL } from "../src/archive/pack.ts";
import type { Given, Host, Voice } from "./command.ts";
import { interruptible } from "./interrupt.ts";
import { grouped, lasting, sized } from "./numbers.ts";
import { flagValues } from "./values.ts";

const NAME = "archive";

/** The most workers of a line. */
export const MOST_ARCHIVERS = 256;

/** Runs a line of `redd archive`; returns its exit code. */
export function runArchive(
  given: Given,
  voice: Voice,
  { openArchiver }: Host = {},
): Promise<number> {
  const [folder] = given.operands;
  const values = flagValues(NAME, given);
  const level = values.whole("level", 1, HIGHEST_LEVEL);
  const workers = values.whole("workers", 1, MOST_ARCHIVERS);
  const output = given.text("output");
  return interruptible(async (signal) => {
    const began = performance.now();
    const archived = await archiveDataset(folder!, {
      signal,
      force: given.on("force"),
      ...output === undefined ? {} : { output },
      ...level === undefined ? {} : { level },
      ...workers === undefined ? {} : { workers },
      ...openArchiver === undefined ? {} : { open: openArchiver },
      onProgress: ({ bytes, totalBytes }) =>
        voice.progress(`${sized(bytes)} of ${sized(totalBytes)} packed`),
    });
    const { output: file, sha256, bytes, digest, manifest } = archived;
    const { rows } = manifest;
    if (voice.json) {
      voice.data(
        JSON.stringify({ file, bytes, sha256, digest, rows, datasetBytes: manifest.bytes }),
      );
      return 0;
    }
    voice.result(
      `${file}: ${sized(bytes)} of ${sized(manifest.bytes)}, ${grouped(rows)} rows, in ${
        lasting(performance.now() - began)
      }; its sha256 is in ${file}${SUM_SUFFIX}`,
    );
    voice.result(`digest: ${digest}`);
    return 0;
  });
}
