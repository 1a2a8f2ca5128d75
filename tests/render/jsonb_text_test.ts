/** JSON as the server writes it; that it does is seen where a dataset of `field` is compared with it. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { jsonbText } from "../../src/render/jsonb_text.ts";

Deno.test("jsonbText() writes what select '…'::jsonb::text prints", () => {
  for (
    const [value, text] of [
      [
        { target: "SAV", ct: 25.8, fish: 10, b: undefined },
        '{"ct": 25.8, "fish": 10, "target": "SAV"}',
      ],
      [{ bb: 1, aaa: 2, c: 3, ba: 4 }, '{"c": 3, "ba": 4, "bb": 1, "aaa": 2}'],
      [[1, [], {}, [null, true]], "[1, [], {}, [null, true]]"],
      [{ a: { d: 1, b: 'x"y\n' } }, '{"a": {"b": "x\\"y\\n", "d": 1}}'],
    ] as const
  ) {
    assertEquals(jsonbText(value), text);
  }
});
