/** What the pass over all days and rendering take under one profile, for `pass.ts`. */
import { cpuUsage } from "node:process";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { passOver } from "../src/generate/pass.ts";
import { prepare } from "../src/generate/prepare.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { FARM_PRESETS, farmPreset } from "../src/schedule/presets.ts";
import { renderer } from "./in_memory.ts";
import { print } from "./measure.ts";

/** Seconds of the processor, all threads of the process together. */
export interface Took {
  readonly rows: number;
  /** The best of some passes. */
  readonly passed: number;
  /** The best of some renderings of all rows. */
  readonly rendered: number;
}

const TIMES = 3;

/** The fewest seconds of the processor that a run of `work` takes. */
function fewest(work: () => void): number {
  let least = Infinity;
  for (let time = 0; time < TIMES; time++) {
    const before = cpuUsage();
    work();
    const { user, system } = cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

function tookUnder(preset: keyof typeof FARM_PRESETS, profile: string): Took {
  const fixtures = readFixtures(undefined, profile);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
  const request = { ...farmPreset(FARM_PRESETS[preset], fixtures.profile), seed: 1 };
  const schedule = planFarm(request, fixtures.profile, infrastructure);
  const { world, pass } = prepare({ schedule, fixtures, seed: 1 });
  const render = renderer(world, pass);
  let rows = 0;
  const passed = fewest(() => passOver(world));
  const rendered = fewest(() => rows = render().rows);
  return { rows, passed, rendered };
}

if (import.meta.main) {
  const [preset = "production", profile = "documented"] = Deno.args;
  print(JSON.stringify(tookUnder(preset as keyof typeof FARM_PRESETS, profile)));
}
