/** `--until today` and `--until yesterday`: the clock is read once, at the edge. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { CLOCK } from "../../cli/clock.ts";
import type { Given, Voice } from "../../cli/command.ts";
import { PRESETS } from "../../cli/commands/flags.ts";
import { requestOf } from "../../cli/requested_schedule.ts";
import { flagValues } from "../../cli/values.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { lifeOf } from "../../src/schedule/life.ts";
import { asOfOf } from "../../src/schedule/format.ts";
import { inTempFolder } from "../generate/files.ts";
import { fixtures } from "../small_farm.ts";
import { reddHere } from "./line_here.ts";

const before = CLOCK.today;
// The day after a leap day.
CLOCK.today = () => parseIso("2028-03-01")!;
Deno.test.afterAll(() => {
  CLOCK.today = before;
});

function lineWith(texts: Readonly<Record<string, string>>): Given {
  return { text: (name) => texts[name], on: () => false, operands: [] };
}

const asOf = (text: string) => flagValues("generate", lineWith({ until: text })).asOf();

Deno.test("today is the first day that is not simulated, and yesterday the day before it", () => {
  assertEquals(isoOf(asOf("today")!), "2028-03-01");
  assertEquals(isoOf(asOf("yesterday")!), "2028-02-29");
  assertEquals(isoOf(asOf("2025-11-21")!), "2025-11-21");
  assertEquals(flagValues("generate", lineWith({})).asOf(), undefined);
  const said = (text: string) => assertThrows(() => asOf(text), ReddError).message;
  assertMatch(
    said("toady"),
    /--until is toady\. Did you mean today\? Give a date .*, today or yes/,
  );
  assertMatch(said("constructor"), /--until is constructor\. .*, today or yesterday/);
  // Only an as-of date may be called so.
  const start = () => flagValues("generate", lineWith({ "start-date": "today" })).day("start-date");
  assertMatch(assertThrows(start, ReddError).message, /Give a date of the calendar such as \S+$/);
});

Deno.test("every preset goes up to today", async () => {
  for (const preset of PRESETS) {
    const given = lineWith({ preset, until: "today" });
    const { schedule } = await requestOf(given, fixtures, {} as Voice);
    assertEquals(asOfOf(schedule), "2028-03-01", preset);
  }
});

Deno.test("with every preset something lives in the last seven days, whatever the seed", async () => {
  const { harvestOf } = lifeOf(fixtures.profile);
  for (const seed of ["1", "2", "3", "4", "5", "6", "7", "8"]) {
    const given = lineWith({ preset: "lifecycle", until: "today", seed });
    const { schedule, warnings } = await requestOf(given, fixtures, {} as Voice);
    const { start_date, duration, harvest_target_kg } = schedule.batches[0]!;
    const end = parseIso(start_date)! + duration;
    assertEquals([isoOf(end), warnings], ["2028-03-01", []]);
    const harvest = parseIso(start_date)! + harvestOf(harvest_target_kg);
    assert(harvest >= end - 7 && duration > 600, `${seed}: ${isoOf(harvest)}`);
  }
  const said = async (texts: Readonly<Record<string, string>>) =>
    (await requestOf(lineWith(texts), fixtures, {} as Voice)).warnings;
  for (const preset of PRESETS) assertEquals(await said({ preset, until: "yesterday" }), []);
  const [warning, ...more] = await said({ until: "today", duration: "900" });
  assertEquals(more, []);
  assertMatch(
    warning!,
    /^metadata\.as_of is 2028-03-01, and no batch lives after 2027-\d\d-\d\d: the days between have no/,
  );
  assertEquals(await said({ until: "today", duration: "600" }), []);
  // As its description says.
  assertEquals(await said({ preset: "lifecycle" }), []);
});

Deno.test("datasets, extensions and plans record the date itself", () =>
  inTempFolder(async (cwd) => {
    const run = async (...line: string[]) => {
      const { code, stderr } = await reddHere([...line, "--quiet"], { cwd });
      assertEquals([code, stderr], [0, ""]);
    };
    await run("generate", "--until", "yesterday", "--duration", "3", "--out", "farm");
    const made = await readManifest(`${cwd}/farm`);
    assertEquals([made.firstDay, made.asOf], ["2028-02-26", "2028-02-29"]);
    assertMatch(Deno.readTextFileSync(`${cwd}/farm/schedule.yaml`), /as_of: '2028-02-29'/);
    await run("generate", "--extend", "--until", "today", "--out", "farm");
    assertEquals((await readManifest(`${cwd}/farm`)).asOf, "2028-03-01");
    await run("schedule", "--batches", "1", "--until", "yesterday");
    assertMatch(Deno.readTextFileSync(`${cwd}/farm.yaml`), /as_of: '2028-02-29'/);
  }));
