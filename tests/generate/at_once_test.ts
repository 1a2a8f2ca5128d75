/** Processes that write one dataset's folder at once: there is one dataset in it afterwards. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { generateShard } from "../../src/generate/generate.ts";
import { isFinished } from "../../src/generate/dataset_in.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";

const CHILD = fileURLToPath(new URL("./at_once_child.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../deno.json", import.meta.url));

/** What two processes do at once: what they are, and the seeds of their datasets. */
const PAIRS: readonly (readonly [string, number, string, number])[] = [
  ["whole", 7, "whole", 7],
  ["whole", 7, "whole", 8],
  ["force", 7, "force", 8],
  ["whole", 7, "force", 8],
  ["shard", 7, "whole", 7],
  ["shard", 7, "force", 8],
  ["merge", 7, "shard", 7],
  ["merge", 7, "force", 8],
];

/** Refusals of the one that comes second: another writes, another has begun, or not all is there yet. */
const REFUSALS = ["DATASET_IN_USE", "ANOTHER_DATASET"];

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, ...args],
    stderr: "inherit",
  }).output();
  return { code, said: new TextDecoder().decode(stdout) };
}

Deno.test("two processes at once leave one dataset, whole and of one seed", () =>
  inTempFolder(async (folder) => {
    const shard = `${folder}/shard`;
    await generateShard(
      { schedule: small, fixtures: lean, seed: 7, workers: 1, folder: shard },
      { number: 1, of: 1 },
    );
    const whole = new Map<string, number>();
    for (const seed of [7, 8]) {
      await generateSmall(`${folder}/${seed}`, { seed });
      whole.set(JSON.stringify(digestsIn(`${folder}/${seed}`)), seed);
    }
    for (const [i, [one, oneSeed, other, otherSeed]] of PAIRS.entries()) {
      for (const there of [false, true]) {
        const said = `${one} ${oneSeed}, ${other} ${otherSeed}, ${there ? "finished" : "nothing"}`;
        const out = `${folder}/out-${i}-${there}`;
        if (there) await generateSmall(out, { seed: 7 });
        const ends = await Promise.all([
          run(one, out, `${oneSeed}`, shard),
          run(other, out, `${otherSeed}`, shard),
        ]);
        for (const end of ends) {
          assert(end.code === 0 || REFUSALS.includes(end.said), `${said}: ${JSON.stringify(end)}`);
        }
        // A shard that came first has kept the whole run out: what is there goes on as one dataset.
        if (!isFinished(out)) await generateSmall(out);
        assert(whole.has(JSON.stringify(digestsIn(out))), said);
      }
    }
    assertEquals(whole.size, 2);
  }));
