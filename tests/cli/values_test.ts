// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import type { Given } from "../../cli/command.ts";
import { valuesOf } from "../../cli/values.ts";
import { ReddError } from "../../src/errors.ts";
import { dayOf } from "../../src/farm/days.ts";

/** The values of a line that gives one flag. */
function given(text?: string) {
  const line: Given = { text: () => text, on: () => false, operands: [] };
  return valuesOf("feed", line);
}

function refusal(work: () => unknown): string {
  const error = assertThrows(work, ReddError);
  assertEquals([error.code, error.exitCode], ["USAGE", 2]);
  return error.message;
}

Deno.test("a flag that is not given has no value of any kind", () => {
  assertEquals(given().whole("eggs", 1, 9), undefined);
  assertEquals(given().day("from"), undefined);
  assertEquals(given().oneOf("place", ["sea"]), undefined);
});

Deno.test("whole() reads whole numbers within bounds, grouped or not", () => {
  for (const [text, number] of [["1", 1], ["9", 9]] as const) {
    assertEquals(given(text).whole("eggs", 1, 9), number);
  }
  for (const text of ["3500000", "3_500_000", "3,500,000"]) {
    assertEquals(given(text).whole("eggs", 100_000, 5_000_000), 3_500_000);
  }
  assertEquals(given("9007199254740991").whole("seed", 0, Number.MAX_SAFE_INTEGER), 2 ** 53 - 1);
});

for (const text of ["0", "10", "-1", "1.5", "1e9", "", " 5", "five", "5 eggs", "5,0", "NaN"]) {
  Deno.test(`whole() refuses "${text}"`, () => {
    assertEquals(
      refusal(() => given(text).whole("eggs", 1, 9)),
      `Cannot run redd feed: --eggs is ${text}. Give a whole number from 1 to 9.`,
    );
  });
}

Deno.test("whole() refuses a number that a double cannot hold", () => {
  refusal(() => given("9007199254740993").whole("seed", 0, Number.MAX_SAFE_INTEGER));
});

Deno.test("day() reads dates of the calendar", () => {
  assertEquals(given("2025-01-31").day("from"), dayOf({ year: 2025, month: 1, day: 31 }));
  assertEquals(given("2024-02-29").day("from"), dayOf({ year: 2024, month: 2, day: 29 }));
});

for (const text of ["2025-02-29", "2025-13-01", "2025-1-1", "31.01.2025", "2025-01-31T00:00"]) {
  Deno.test(`day() refuses ${text}`, () => {
    assertEquals(
      refusal(() => given(text).day("from")),
      `Cannot run redd feed: --from is ${text}. Give a date of the calendar such as 2025-01-31.`,
    );
  });
}

Deno.test("oneOf() knows its words, letter for letter", () => {
  const words = ["sea", "fresh water"] as const;
  assertEquals(given("fresh water").oneOf("place", words), "fresh water");
  for (const text of ["Sea", "lake", ""]) {
    assertEquals(
      refusal(() => given(text).oneOf("place", words)),
      `Cannot run redd feed: --place is ${text}. Give one of sea, fresh water.`,
    );
  }
});
