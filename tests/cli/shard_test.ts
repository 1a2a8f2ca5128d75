// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { generateCommand } from "../../cli/commands/generate.ts";
import { parseLine } from "../../cli/parse.ts";
import { scheduledNumber, shardOf } from "../../cli/shard.ts";
import { valuesOf } from "../../cli/values.ts";
import { ReddError } from "../../src/errors.ts";

function shard(...line: string[]) {
  const given = parseLine(generateCommand, line);
  return shardOf("generate", given, valuesOf("generate", given));
}

Deno.test("shardOf() counts from 1", () => {
  assertEquals(shard("--shard", "2/5"), { number: 2, of: 5 });
  assertEquals(shard(), undefined);
  for (const wrong of ["0/5", "6/5", "2", "a/b", "2/5/1", "-1/5"]) {
    assertThrows(() => shard("--shard", wrong), ReddError, `--shard is ${wrong}`);
  }
  const both = "--shards does not go with --shard";
  assertThrows(() => shard("--shard", "1/2", "--shards", "2"), ReddError, both);
});

Deno.test("scheduledNumber() adds 1 to a Kubernetes index and counts a Slurm array from its least", () => {
  const read = (environment: Record<string, number>) => (name: string) => environment[name];
  assertEquals(scheduledNumber(read({ JOB_COMPLETION_INDEX: 0 })), 1);
  assertEquals(scheduledNumber(read({ SLURM_ARRAY_TASK_ID: 7, SLURM_ARRAY_TASK_MIN: 5 })), 3);
  assertEquals(scheduledNumber(read({ SLURM_ARRAY_TASK_ID: 4, SLURM_ARRAY_TASK_MIN: 1 })), 4);
  assertEquals(scheduledNumber(read({})), undefined);
});
