// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { grouped, lasting, sized } from "../../cli/numbers.ts";

Deno.test("grouped() sets a comma every three digits", () => {
  for (
    const [number, text] of [
      [0, "0"],
      [999, "999"],
      [1000, "1,000"],
      [999_999.5, "1,000,000"],
      [138_716, "138,716"],
      [-1_234_567, "-1,234,567"],
      [51_600_000, "51,600,000"],
    ] as const
  ) assertEquals(grouped(number), text);
});

Deno.test("sized() takes the unit in which a number is between 1 and 1000", () => {
  for (
    const [bytes, text] of [
      [0, "0 B"],
      [999, "999 B"],
      [1000, "1.0 kB"],
      [999_940, "999.9 kB"],
      [999_960, "1.0 MB"],
      [12_912_345, "12.9 MB"],
      [5.4e9, "5.4 GB"],
      [2.5e15, "2500.0 TB"],
    ] as const
  ) assertEquals(sized(bytes), text);
});

Deno.test("lasting() gives tenths of a second below a minute, then minutes", () => {
  for (
    const [milliseconds, text] of [
      [0, "0.0 s"],
      [349, "0.3 s"],
      [59_940, "59.9 s"],
      [59_960, "1 min 00 s"],
      [65_000, "1 min 05 s"],
      [3_599_600, "60 min 00 s"],
    ] as const
  ) assertEquals(lasting(milliseconds), text);
});
