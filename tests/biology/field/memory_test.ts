/** The places of a memory: each number has one of its own, without a gap. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import {
  BATCH,
  blankFish,
  blankSite,
  EXCESS,
  EXCESS_PLACES,
  FISH,
  ILLNESS,
  ILLNESS_PLACES,
  SITE,
  USES,
} from "../../../src/field/memory.ts";

Deno.test("no two numbers that are remembered share a place, and none is left empty", () => {
  for (const places of [SITE, BATCH, FISH, ILLNESS, EXCESS]) {
    const all = Object.values(places).sort((a, b) => a - b);
    assertEquals(all, all.map((_, i) => i));
  }
  const spans = [
    ...ILLNESS_PLACES.map((place) => [place, Object.keys(ILLNESS).length]),
    ...EXCESS_PLACES.map((place) => [place, Object.keys(EXCESS).length]),
  ];
  const used = spans.flatMap(([from, length]) =>
    Array.from({ length: length! }, (_, i) => from! + i)
  );
  const first = Object.keys(FISH).length;
  assertEquals(used, used.map((_, i) => first + i));
  assertEquals(blankFish().length, first + used.length);
  assertEquals(blankSite(6).length, USES + 6);
});
