// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { parse } from "@std/yaml";
import { ReddError } from "../../src/errors.ts";
import { datasetIdentity, prepare } from "../../src/generate/prepare.ts";
import { scheduleSchema } from "../../src/schedule/format.ts";
import { fixtures } from "../small_farm.ts";
import { small } from "./small_dataset.ts";

/** The schedule without some fields of Redd's own. */
function without(...names: readonly string[]) {
  const metadata = Object.fromEntries(
    Object.entries(small.metadata).filter(([name]) => !names.includes(name)),
  );
  return { ...small, metadata: metadata as typeof small.metadata };
}

for (const names of [[], ["seed"], ["as_of"], ["seed", "as_of"]]) {
  const which = names.length === 0 ? "whole" : `without ${names.join(" and ")}`;
  Deno.test(`a schedule that is ${which} is stored as one that makes the same dataset`, () => {
    const recipe = { schedule: without(...names), fixtures, seed: 11 };
    const stored = scheduleSchema.parse(parse(prepare(recipe).text));
    assertEquals(stored.metadata.seed, 11);
    assertEquals(datasetIdentity({ ...recipe, schedule: stored }), datasetIdentity(recipe));
    assertNotEquals(datasetIdentity({ ...recipe, seed: 12 }), datasetIdentity(recipe));
  });
}

Deno.test("ids begin where the last of every table still fits its column, and nowhere after", () => {
  const recipe = { schedule: small, fixtures, seed: 7 };
  const { pass } = prepare(recipe);
  const histories = Object.entries(pass.end.numbers).filter(([name]) => name.endsWith("History"));
  const most = Math.max(...histories.map(([, next]) => next - 1));
  const largest = 2 ** 31 - most;
  const highest = prepare({ ...recipe, firstId: largest }).pass.end.numbers;
  assertEquals(
    Math.max(...histories.map(([name]) => highest[name as keyof typeof highest])),
    2 ** 31,
  );
  const refusal = (firstId: number) =>
    assertThrows(() => prepare({ ...recipe, firstId }), ReddError);
  const { code, fault, message } = refusal(largest + 1);
  assertEquals([code, fault], ["BAD_FIRST_ID", "input"]);
  assertEquals(
    message,
    `Cannot generate the dataset: with ids from ${largest + 1} on, history_id of ` +
      "batch_historicalindividualgrowthobservation would reach 2147483648, and integer ends at " +
      `2147483647. Give a first id from 1 to ${largest}.`,
  );
  for (const wrong of [0, 1.5, 3_000_000_000, Number.MAX_SAFE_INTEGER]) {
    assertEquals(
      refusal(wrong).message,
      `Cannot generate the dataset: its first id is ${wrong}. Give a first id from 1 to 2147483647.`,
    );
  }
});
