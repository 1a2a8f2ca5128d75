/** `redd schedule` with days between batches, and by the profile `field`. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { inTempFolder } from "../generate/files.ts";
import { refused } from "./command_line.ts";
import { reddHere } from "./line_here.ts";

const UNTIL = ["--until", "2025-11-21", "--output", "plan.yaml"];

/** What the file says of its pauses. */
function pausesIn(folder: string): string[] {
  const text = Deno.readTextFileSync(`${folder}/plan.yaml`);
  return [...text.matchAll(/^ {2}((?:transition|grace|fallow)_\w+: \d+)$/gm)].map(([, at]) => at!);
}

Deno.test("a plan by field has its days between batches, or those that are given", () =>
  inTempFolder(async (cwd) => {
    const line = ["schedule", "--profile", "field", "--batches", "3", "--stagger", "60", ...UNTIL];
    assertEquals((await reddHere(line, { cwd })).code, 0);
    assertEquals(pausesIn(cwd), ["transition_days: 10", "grace_days: 14", "fallow_weeks: 8"]);
    const given = ["--transition-days", "4", "--grace-days", "0", "--fallow-weeks", "20"];
    assertEquals((await reddHere([...line, ...given, "--force"], { cwd })).code, 0);
    assertEquals(pausesIn(cwd), ["transition_days: 4", "fallow_weeks: 20"]);
    const read = [
      "schedule",
      "--profile",
      "field",
      "--from",
      "plan.yaml",
      "--output",
      "again.yaml",
    ];
    assertEquals((await reddHere(read, { cwd })).code, 0);
    assertEquals(
      Deno.readTextFileSync(`${cwd}/again.yaml`),
      Deno.readTextFileSync(`${cwd}/plan.yaml`),
    );
  }));

Deno.test("as many batches are planned by field as find a place", () =>
  inTempFolder(async (cwd) => {
    const line = ["schedule", "--profile", "field", "--years", "4", "--stagger", "18", ...UNTIL];
    const { code, stdout, stderr } = await reddHere(line, { cwd });
    assertEquals([code, stderr], [
      0,
      "Wrote plan.yaml: deno task generate --schedule plan.yaml --profile field\n",
    ]);
    assertEquals(stdout.split("\n").slice(0, 4), [
      "Batches               56: 28 Faroe Islands, 28 Scotland",
      "Limit                 49 per geography by time, 28 by rings, which bind",
      "Starts                2023-04-06 to 2025-09-13, every 18 days",
      "As of 2025-11-21      7 completed, 49 active (Egg&Alevin 2, Fry 4, Parr 8, Smolt 2, " +
      "Post-Smolt 0, Adult 33)",
    ]);
  }));

Deno.test("a documented plan may rest, and move batches container by container", () =>
  inTempFolder(async (cwd) => {
    const line = ["schedule", "--batches", "3", "--stagger", "60", ...UNTIL];
    const rested = [...line, "--grace-days", "5", "--fallow-weeks", "4"];
    assertEquals((await reddHere(rested, { cwd })).code, 0);
    assertEquals(pausesIn(cwd), ["grace_days: 5", "fallow_weeks: 4"]);
    const gradual = ["--transition-days", "10", "--grace-days", "14", "--force"];
    assertEquals((await reddHere([...line, ...gradual], { cwd })).code, 0);
    assertEquals(pausesIn(cwd), ["transition_days: 10", "grace_days: 14"]);
    const read = ["schedule", "--from", "plan.yaml", "--output", "again.yaml"];
    const { code, stderr } = await reddHere(read, { cwd });
    assertEquals([code, stderr.includes("warning")], [0, false]);
    assertEquals(
      Deno.readTextFileSync(`${cwd}/again.yaml`),
      Deno.readTextFileSync(`${cwd}/plan.yaml`),
    );
    const many = ["schedule", "--batches", "125", "--stagger", "5", "--saturation", "1", ...UNTIL];
    assertEquals(
      await reddHere([...many, ...gradual], { cwd }),
      refused(
        2,
        "Cannot plan 125 batches per geography with a stagger of 5 days: SCO-2022-011 finds no " +
          "halls on 2022-08-19, since all 10 halls A in Scotland are taken. What fits is a stagger " +
          "of 6 days, or 10 batches per geography.",
      ),
    );
  }));

Deno.test("days between batches have bounds, and do not go with a schedule that is there", () =>
  inTempFolder(async (cwd) => {
    for (
      const [flag, value, expected] of [
        ["transition-days", "0", "1 to 30"],
        ["transition-days", "31", "1 to 30"],
        ["grace-days", "61", "0 to 60"],
        ["fallow-weeks", "53", "0 to 52"],
      ] as const
    ) {
      const { code, stderr } = await reddHere(["schedule", `--${flag}`, value], { cwd });
      assertEquals(code, 2);
      assertMatch(stderr, new RegExp(`--${flag} .*${expected}`));
    }
    const { code, stderr } = await reddHere(
      ["schedule", "--from", "plan.yaml", "--grace-days", "3"],
      { cwd },
    );
    assertEquals(code, 2);
    assertMatch(stderr, /--grace-days does not go with --from/);
  }));
