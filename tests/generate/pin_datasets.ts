/**
 * Writes fixtures/datasets.yaml anew: `deno task datasets:pin`, with names of presets to make those
 * alone, where the version has not changed. All of them are made, one after another, in a folder that
 * is gone afterwards: the largest takes 9 GB of the disk for a while. Pages that name the version's
 * package or the digest of `single` get the new ones.
 */
import { PRESETS } from "../../cli/commands/flags.ts";
import { FIXTURES } from "../../src/fixtures/read.ts";
import { CATALOGUE_FILE, readDatasetCatalogue } from "../../src/fixtures/ready_datasets.ts";
import { VERSION } from "../../src/version.ts";
import { madeAgain } from "../../cli/datasets.ts";
import { generateLineOf } from "../../cli/datasets_line.ts";
import { openVoice } from "../../cli/voice.ts";

const ABOUT: Readonly<Record<typeof PRESETS[number], string>> = {
  single: "one batch, 200 days",
  lifecycle: "one batch, 900 days, harvested",
  small: "20 batches, 50 days apart",
  medium: "40 batches, 50 days apart",
  production: "144 batches, 13 days apart",
  saturation: "250 batches, 6 days apart",
};

const old = (() => {
  try {
    return readDatasetCatalogue();
  } catch {
    return undefined;
  }
})();
const kept = old?.version === VERSION && Deno.args.length > 0 ? old.datasets : [];
const voice = openVoice({ quiet: false, verbose: false, json: false });
const lines = [
  "# What this version of Redd makes of each preset: rows, bytes of CSV, and the digest of the",
  "# dataset (docs/versions.md). Written by `deno task datasets:pin`.",
  `version: ${VERSION}`,
  "datasets:",
];
for (const name of PRESETS) {
  const command = `deno task generate --preset ${name}`;
  const there = kept.find((one) => one.name === name && !Deno.args.includes(name));
  const place = Deno.makeTempDirSync({ prefix: "redd_pin_" });
  const out = `${place}/${name}`;
  const line = generateLineOf({
    operands: [],
    on: () => false,
    text: (flag) => flag === "check" ? name : flag === "out" ? out : undefined,
  })!;
  const { rows, bytes, digest } = there ?? await madeAgain(line, voice, {});
  Deno.removeSync(place);
  voice.say(`${name}: ${rows} rows, ${digest}`);
  lines.push(
    `  - name: ${name}`,
    `    about: ${ABOUT[name]}`,
    `    command: ${command}`,
    `    rows: ${rows}`,
    `    bytes: ${bytes}`,
    `    digest: ${digest}`,
  );
}
voice.close();
Deno.writeTextFileSync(new URL(CATALOGUE_FILE, FIXTURES), `${lines.join("\n")}\n`);

const PAGES = ["README.md", "examples/docker/Dockerfile", "examples/github-actions.yaml"];
const single = readDatasetCatalogue().datasets.find(({ name }) => name === "single")!;
for (const page of PAGES) {
  const path = new URL(`../../${page}`, import.meta.url);
  const text = Deno.readTextFileSync(path)
    .replaceAll(/redd-redd-[\d.]+\.tgz/g, `redd-redd-${VERSION}.tgz`)
    .replaceAll(/(?<=DATASET_DIGEST: )sha256:[\da-f]{64}/g, single.digest);
  Deno.writeTextFileSync(path, text);
}
