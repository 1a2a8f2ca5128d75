// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { generateCommand } from "../../cli/commands/generate.ts";
import { parseLine } from "../../cli/parse.ts";
import { scheduledNumber, shardOf } from "../../cli/shard.ts";
import { flagValues } from "../../cli/values.ts";
import { ReddError } from "../../src/errors.ts";

function shard(...line: string[]) {
  const given = parseLine(generateCommand, line);
  return shardOf("generate", given, flagValues("generate", given));
}

Deno.test("shardOf() counts from 1", () => {
  assertEquals(shard("--shard", "2/5"), { number: 2, of: 5 });
  assertEquals(shard(), undefined);
  for (
    const wrong of [
      "0/5",
      "6/5",
      "2",
      "a/b",
      "2/5/1",
      "-1/5",
      "02/5",
      "2/05",
      "1/0x2",
      "1e0/2",
      " 1/2",
      "1/2 ",
      "+1/2",
      "1/10001",
      "1/99999999999999999999",
      "0/0",
      "-0/1",
      "٢/٥",
    ]
  ) {
    assertThrows(() => shard("--shard", wrong), ReddError, `--shard is ${wrong}`);
  }
  const both = "--shards does not go with --shard";
  assertThrows(() => shard("--shard", "1/2", "--shards", "2"), ReddError, both);
});

Deno.test("scheduledNumber() adds 1 to a Kubernetes index and counts a Slurm array from its least", () => {
  const number = (environment: Record<string, string>) =>
    scheduledNumber("generate", (name) => environment[name]);
  assertEquals(number({ JOB_COMPLETION_INDEX: "0" }), 1);
  assertEquals(number({ SLURM_ARRAY_TASK_ID: "7", SLURM_ARRAY_TASK_MIN: "5" }), 3);
  assertEquals(number({ SLURM_ARRAY_TASK_ID: "4", SLURM_ARRAY_TASK_MIN: "1" }), 4);
  assertEquals(number({}), undefined);
  assertEquals(number({ JOB_COMPLETION_INDEX: "" }), undefined, "set to nothing is not set");
});

Deno.test("a scheduler's variable that is no number is refused by its name, never passed over", () => {
  const wrong = [
    "-1",
    "1.5",
    "0x1",
    "1e0",
    " 1",
    "1\n",
    "01",
    "1,000",
    "x",
    "9".repeat(5000),
    "2147483648",
  ];
  for (const value of wrong) {
    for (const name of ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN"]) {
      const environment: Record<string, string> = { SLURM_ARRAY_TASK_ID: "3", [name]: value };
      const error = assertThrows(
        () => scheduledNumber("generate", (name) => environment[name]),
        ReddError,
        `${name} is ${value.slice(0, 60)}, expected a whole number from 0 to 2147483647`,
      );
      assertEquals([error.code, error.exitCode, error.message.length < 400], ["USAGE", 2, true]);
    }
  }
});
