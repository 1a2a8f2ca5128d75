/**
 * How datasets of `field` compare with farms: `deno task bench:field PRESET SEEDS`, every figure that
 * has a published range, of some seeds, beside that range and what `documented` has; `medium` and
 * three seeds unless given. Datasets are made one after the other in a temporary folder.
 */
import { join } from "node:path";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import type { FigureResult } from "../src/figures/figure.ts";
import { figuresOfDataset } from "../src/figures/of_dataset.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { generate } from "../src/generate/generate.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { FARM_PRESETS, farmPreset } from "../src/schedule/presets.ts";
import { VERSION } from "../src/version.ts";
import { print } from "./measure.ts";

type Preset = keyof typeof FARM_PRESETS;
const preset = (Deno.args[0] ?? "medium") as Preset;
const seeds = Number(Deno.args[1] ?? 3);

/** All figures of a dataset that is made for them, and removed. */
async function figuresOf(profile: string, seed: number): Promise<readonly FigureResult[]> {
  const fixtures = readFixtures(undefined, profile);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const request = { ...farmPreset(FARM_PRESETS[preset], fixtures.profile), seed };
  const schedule = planFarm(request, fixtures.profile, infrastructure);
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "farm");
    await generate({ folder: out, schedule, fixtures, seed });
    return await figuresOfDataset(out);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function shown(value: number | null): string {
  return value === null ? "-" : String(Number(value.toPrecision(4)));
}

const documented = await figuresOf("documented", 1);
const runs: (readonly FigureResult[])[] = [];
for (let seed = 1; seed <= seeds; seed++) runs.push(await figuresOf("field", seed));
const rows = documented.flatMap((one, i) => {
  if (one.published === undefined) return [];
  const own = runs.map((run) => run[i]!);
  const outside = own.filter(({ verdict }) => verdict !== "inside" && verdict !== "none").length;
  const said = outside === 0 ? "" : `${outside} out`;
  const { low, high } = one.published;
  return [{
    cells: [
      one.id,
      `${low} to ${high}`,
      shown(one.value),
      ...own.map(({ value }) => shown(value)),
      said,
    ],
    outside,
  }];
});
const head = ["figure", "published", "documented", ...runs.map((_, i) => `seed ${i + 1}`), ""];
const table = [head, ...rows.map(({ cells }) => cells)];
const widths = head.map((_, c) => Math.max(...table.map((cells) => cells[c]!.length)));
print(`Redd ${VERSION}, ${preset} under field\n`);
for (const cells of table) {
  print(cells.map((cell, c) => cell.padEnd(widths[c]!)).join("  ").trimEnd());
}
const inside = rows.filter(({ outside }) => outside === 0).length;
print(`\n${inside} of ${rows.length} inside with every seed`);
