/** `redd datasets`: what this version promises, and that it keeps it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { datasetLine } from "../../cli/datasets.ts";
import { PRESETS } from "../../cli/commands/flags.ts";
import { readDatasetCatalogue } from "../../src/fixtures/ready_datasets.ts";
import { readFixtures } from "../../src/fixtures/read.ts";
import { VERSION } from "../../src/version.ts";
import { copyProject, PROJECT } from "../project.ts";
import { redd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses } from "./short_dataset.ts";

const cwd = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_datasets_" }));
Deno.test.afterAll(() => Deno.removeSync(cwd, { recursive: true }));
const { version, datasets } = readDatasetCatalogue();

Deno.test("every preset is promised, by this version, with the command that makes it", () => {
  assertEquals(version, VERSION, "run `deno task datasets:pin`");
  assertEquals(datasets.map(({ name }) => name), [...PRESETS]);
  for (const { name, command } of datasets) {
    assertEquals(command, `deno task generate --preset ${name}`);
  }
  assertEquals(new Set(datasets.map(({ digest }) => digest)).size, datasets.length);
});

Deno.test("the list fits 80 columns, and its JSON is the catalogue", async () => {
  const { code, stdout } = await reddHere(["datasets"], { cwd });
  assertEquals(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assertEquals(lines.length, datasets.length + 2);
  for (const line of lines) assert(line.length <= 80, line);
  assertMatch(lines[1]!, /^single +142,136 +13\.6 MB {2}[0-9a-f]{12} {2}one batch, 200 days$/);
  assertEquals(datasetLine({ ...datasets[0]!, about: "x".repeat(99) }).length, 80);
  const json = await reddHere(["datasets", "--json"], { cwd });
  assertEquals(JSON.parse(json.stdout), { version, datasets });
});

Deno.test("single and lifecycle are what they are promised to be, and leave nothing", async () => {
  for (const name of ["single", "lifecycle"]) {
    const line = ["datasets", "--check", name, "--out", "made"];
    // One of them with the rights of its task.
    const run = name === "single" ? redd : reddHere;
    const { code, stdout } = await run(line, { cwd });
    const { digest } = datasets.find((one) => one.name === name)!;
    assertEquals([code, stdout.includes(`${digest}, as promised`)], [0, true], stdout);
    assertEquals(namesIn(cwd), []);
  }
});

Deno.test("a dataset that is another than was promised is told, with 1", async () => {
  const copy = `${cwd}/copy`;
  await copyProject(copy);
  const path = join(copy, "fixtures/datasets.yaml");
  const [first] = datasets;
  const altered = Deno.readTextFileSync(path).replace(first!.digest, `sha256:${"0".repeat(64)}`)
    .replace(`rows: ${first!.rows}`, "rows: 7");
  Deno.writeTextFileSync(path, altered);
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "datasets", "--check", "single"],
    cwd: copy,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals([code, text], [
    1,
    `single: rows is ${first!.rows}, expected 7\n` +
    `single: digest is ${first!.digest}, expected sha256:${"0".repeat(64)}\n`,
  ]);
  Deno.removeSync(copy, { recursive: true });
});

Deno.test("what cannot be checked is refused, and a folder that is there is left alone", async () => {
  Deno.mkdirSync(`${cwd}/mine`);
  await refuses(
    cwd,
    ["datasets", "--check", "single", "--out", "mine"],
    2,
    "Cannot make the dataset again in mine: it is there already, and would be removed afterwards. " +
      "Remove it, or give another folder with --out.",
  );
  await refuses(
    cwd,
    ["datasets", "--out", "mine"],
    2,
    "Cannot run deno task datasets: --out is where --check makes a dataset. Give --check PRESET too.",
  );
  Deno.removeSync(`${cwd}/mine`);
});

Deno.test("the catalogue is no part of what datasets are made of", async () => {
  const copy = `${cwd}/fixtures`;
  await new Deno.Command("cp", { args: ["-r", join(PROJECT, "fixtures"), copy] }).output();
  Deno.removeSync(join(copy, "datasets.yaml"));
  assertEquals(readFixtures(copy).restSha256, readFixtures().restSha256);
  Deno.removeSync(copy, { recursive: true });
});
