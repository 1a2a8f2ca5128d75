/**
 * The serial part: `deno task bench:pass PRESET PROFILE`, the pass over all days beside all rendering;
 * for a second profile its rendering beside that of the documents, in one run.
 */
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { prepare } from "../src/generate/prepare.ts";
import { passOver } from "../src/generate/pass.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { FARM_PRESETS, farmPreset } from "../src/schedule/presets.ts";
import { renderer } from "./in_memory.ts";
import { line, print, rate, seconds } from "./measure.ts";

const preset = Deno.args[0] === "saturation" ? "saturation" : "production";
const names = ["documented", ...Deno.args.slice(1).filter((name) => name !== "documented")];
const rates: number[] = [];
for (const name of names) {
  const fixtures = readFixtures(undefined, name);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const request = { ...farmPreset(FARM_PRESETS[preset], fixtures.profile), seed: 1 };
  const schedule = planFarm(request, fixtures.profile, infrastructure);
  const { world, pass } = prepare({ schedule, fixtures, seed: 1 });
  const render = renderer(world, pass);
  const passed = await seconds(3, () => passOver(world));
  let rows = 0;
  const rendered = await seconds(1, () => {
    rows = render().rows;
  });
  rates.push(rows / rendered);
  print(line(`${preset}, ${name}: the pass over all days`, `${passed.toFixed(2)} s`));
  print(
    line("rendering all rows in one thread", `${rendered.toFixed(2)} s ${rate(rows, rendered)}`),
  );
  print(line("  the pass is", `${(100 * passed / (passed + rendered)).toFixed(1)} % of the work`));
}
const [documented, ...others] = rates;
others.forEach((own, i) =>
  print(
    line(`  rows/s of ${names[i + 1]} over those of documented`, (own / documented!).toFixed(2)),
  )
);
