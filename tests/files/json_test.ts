/** JSON of others: read as anybody reads it, or refused. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { NotJson, parseJson } from "../../src/files/json.ts";
import { fc } from "../random.ts";

const limits = { depth: 6, values: 100 };

function said(text: string): string {
  return assertThrows(() => parseJson(text, limits), NotJson).message;
}

Deno.test("parseJson() reads every JSON value as JSON.parse does", () => {
  const value = fc.jsonValue({ maxDepth: 4 }).filter((value) => {
    const text = JSON.stringify(value);
    return !text.includes("__proto__");
  });
  fc.assert(fc.property(value, fc.constantFrom(0, 2), (value, indent) => {
    const text = JSON.stringify(value, undefined, indent);
    assertEquals(parseJson(text, { depth: 20, values: 1e6 }), JSON.parse(text));
  }));
});

Deno.test("parseJson() refuses what two readers read differently", () => {
  assertMatch(said('{"a": 1,\n"b": 2, "a": 3}'), /^line 2: the key a is there twice$/);
  assertMatch(said('{"a": 1, "\\u0061": 3}'), /the key a is there twice/);
  assertMatch(said('[{"a": [{"a": 1, "b": {}, "b": 1}]}]'), /the key b is there twice/);
  assertMatch(said('{"__proto__": {"rows": 1}}'), /__proto__/);
  assertMatch(said('{"\\u005f_proto__": 1}'), /__proto__/);
  assertMatch(said('{"a": "\\ud800"}'), /half a character/);
  assertMatch(said('{"\\udc00": 1}'), /half a character/);
  assertEquals(parseJson('[{"a": 1}, {"a": "\\"}a\\":"}, {"b": {"a": {}}}]', limits), [
    { a: 1 },
    { a: '"}a":' },
    { b: { a: {} } },
  ]);
});

Deno.test("parseJson() counts lists, objects and values before it makes any", () => {
  assertEquals(parseJson("[[[[[[1]]]]]]", limits), [[[[[[1]]]]]]);
  assertMatch(said("[[[[[[[1]]]]]]]"), /nested more than 6 deep/);
  assertMatch(said("[".repeat(5_000_000)), /nested more than 6 deep/);
  assertMatch(said('{"a":'.repeat(1_000_000)), /nested more than 6 deep/);
  assertMatch(said(`[${"[],".repeat(60)}0]`), /more than 100 values/);
  assertMatch(said(`{${Array.from({ length: 60 }, (_, i) => `"${i}":0`).join()}}`), /100 values/);
});

Deno.test("parseJson() refuses what is no JSON", () => {
  for (
    const text of [
      "",
      " ",
      "{",
      "]",
      "[1,]",
      '{"a"}',
      "{a: 1}",
      '"',
      '"\\',
      "nul",
      "1 2",
      ":",
      '"a":1',
    ]
  ) assertMatch(said(text), /is not JSON/, text);
});
