/**
 * The serial part: `deno task bench:pass PRESET PROFILE`, the pass over all days beside all rendering;
 * for a second profile its rendering beside that of the documents, in one run: by turns, in seconds of
 * the processor, so that what else the machine does counts for little.
 */
import { VERSION } from "../src/version.ts";
import { line, median, print, rate } from "./measure.ts";
import type { Took } from "./pass_of.ts";

const ROUNDS = 3;
const CHILD = new URL("./pass_of.ts", import.meta.url).pathname;
const CONFIG = new URL("../tests/deno.json", import.meta.url).pathname;

const [preset = "production", ...others] = Deno.args;
const names = ["documented", ...others.filter((name) => name !== "documented")];

/** A process for every profile: the compiler is to know the biology that it has, and no other. */
async function tookBy(name: string): Promise<Took> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, preset, name],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)) as Took;
}

const rounds: Took[][] = [];
for (let round = 0; round < ROUNDS; round++) {
  const took: Took[] = [];
  for (const name of names) took.push(await tookBy(name));
  rounds.push(took);
}
print(`Redd ${VERSION}, the medians of ${ROUNDS} rounds, in seconds of the processor`);
names.forEach((name, i) => {
  const own = rounds.map((took) => took[i]!);
  const passed = median(own.map((one) => one.passed));
  const rendered = median(own.map((one) => one.rendered));
  print(line(`${preset}, ${name}: the pass over all days`, `${passed.toFixed(2)} s`));
  print(line(
    "rendering all rows in one thread",
    `${rendered.toFixed(2)} s ${rate(own[0]!.rows, rendered)}`,
  ));
  print(line("  the pass is", `${(100 * passed / (passed + rendered)).toFixed(1)} % of the work`));
  if (i === 0) return;
  const ratios = rounds.map(([documented, ...took]) => {
    const one = took[i - 1]!;
    return (one.rows / one.rendered) / (documented!.rows / documented!.rendered);
  });
  print(line(
    `  rows/s of ${name} over those of documented`,
    `${median(ratios).toFixed(2)} (${ratios.map((one) => one.toFixed(2)).join(", ")})`,
  ));
});
