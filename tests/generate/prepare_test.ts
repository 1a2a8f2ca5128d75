// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertNotEquals } from "@std/assert";
// @ts-types="../../types/std_yaml.d.ts"
import { parse } from "@std/yaml";
import { identityOf, prepare } from "../../src/generate/prepare.ts";
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
    assertEquals(identityOf({ ...recipe, schedule: stored }), identityOf(recipe));
    assertNotEquals(identityOf({ ...recipe, seed: 12 }), identityOf(recipe));
  });
}
