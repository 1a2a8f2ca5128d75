/** `redd datasets`: what this version promises of the presets, and whether it holds. */

import { readManifest, type ReddManifest } from "../src/dataset/manifest.ts";
import { digestOfDataset } from "../src/dataset/manifest_digest.ts";
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import {
  type DatasetCatalogue,
  readDatasetCatalogue,
  type ReadyDataset,
} from "../src/fixtures/ready_datasets.ts";
import { VERSION } from "../src/version.ts";
import type { Given, Host, Voice } from "./command.ts";
import { generateLineOf } from "./datasets_line.ts";
import { runGenerate } from "./generate.ts";
import { grouped, sized } from "./numbers.ts";
import { isThere } from "../src/files/there.ts";

/** A line of the list, of at most 80 columns; the digest is cut. */
export function datasetLine({ name, rows, bytes, digest, about }: ReadyDataset): string {
  return [
    name.padEnd(10),
    grouped(rows).padStart(10),
    sized(bytes).padStart(8),
    digest.slice("sha256:".length, "sha256:".length + 12),
    about,
  ].join("  ").slice(0, 80);
}

function list({ version, datasets }: DatasetCatalogue, voice: Voice): number {
  if (voice.json) {
    voice.data(JSON.stringify({ version, datasets }));
    return 0;
  }
  voice.data(
    `${"Name".padEnd(10)}  ${"Rows".padStart(10)}  ${"CSV".padStart(8)}  ${"sha256".padEnd(12)}`,
  );
  for (const dataset of datasets) voice.data(datasetLine(dataset));
  voice.data(`They are those of Redd ${version}; --json has the whole digests.`);
  return 0;
}

/** A voice that says how far something is, and not what it has made. */
function whispering(voice: Voice): Voice {
  const nothing = () => {};
  return { ...voice, json: false, data: nothing, result: nothing, resultDetail: nothing };
}

/** What a dataset has that is promised. */
export type Promised = Pick<ReadyDataset, "rows" | "bytes" | "digest">;

/** What a dataset promises of itself. */
export function promisedBy(manifest: ReddManifest): Promised {
  const { rows, bytes } = manifest;
  return { rows, bytes, digest: digestOfDataset(manifest) };
}

/** Makes a dataset in a folder that is gone afterwards. */
export async function madeAgain(line: Given, voice: Voice, host: Host): Promise<Promised> {
  const folder = line.text("out")!;
  if (isThere(folder)) {
    throw new ReddError("input", "FOLDER_EXISTS", {
      cannot: `make the dataset again in ${folder}`,
      because: "it is there already, and would be removed afterwards",
      remedy: "Remove it, or give another folder with --out",
    });
  }
  try {
    await runGenerate(line, whispering(voice), host);
    return promisedBy(await readManifest(folder));
  } catch (thrown) {
    if (!(thrown instanceof ReddError) || thrown.fault !== "interrupted") throw thrown;
    throw new ReddError("interrupted", "INTERRUPTED", {
      cannot: `make the dataset again in ${folder}`,
      because: "it was interrupted",
      remedy: "Nothing of it is left; run the same command again",
      cause: thrown,
    });
  } finally {
    if (isThere(folder)) Deno.removeSync(folder, { recursive: true });
  }
}

/** What differs, in words. */
function differencesOf(found: Promised, promised: Promised): string[] {
  return (["rows", "bytes", "digest"] as const).flatMap((key) =>
    found[key] === promised[key] ? [] : [`${key} is ${found[key]}, expected ${promised[key]}`]
  );
}

/** Runs a line of `redd datasets`; returns its exit code. */
export async function runDatasets(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  const catalogue = readDatasetCatalogue();
  const line = generateLineOf(given);
  if (line === undefined) return list(catalogue, voice);
  const name = line.text("preset")!;
  const promised = catalogue.datasets.find((dataset) => dataset.name === name);
  if (promised === undefined || catalogue.version !== VERSION) {
    throw new ReddError("input", "NOT_PROMISED", {
      cannot: `check ${name}`,
      because: promised === undefined
        ? "fixtures/datasets.yaml does not have it"
        : `fixtures/datasets.yaml is of Redd ${catalogue.version}, and this is ${VERSION}`,
      remedy: "Pin the catalogue anew: deno task datasets:pin",
    });
  }
  const found = await madeAgain(line, voice, host);
  const differences = differencesOf(found, promised);
  const equal = differences.length === 0;
  if (voice.json) voice.data(JSON.stringify({ name, equal, found, promised, differences }));
  else if (equal) {
    voice.result(`${name}: ${grouped(found.rows)} rows, ${found.digest}, as promised`);
  } else for (const difference of differences) voice.result(`${name}: ${difference}`);
  return equal ? 0 : EXIT_CODES.check;
}
