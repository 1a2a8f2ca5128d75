// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { civilOf, dayOf, isoOf, nextMonth, parseIso } from "../../src/farm/days.ts";
import { fc, runs } from "../random.ts";

const DAY = 86_400_000;

Deno.test("day numbers are those of the calendar, from 0001 to 9999", () => {
  const from = Date.parse("0001-01-01") / DAY;
  const to = Date.parse("9999-12-31") / DAY;
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (day) => {
      const iso = new Date(day * DAY).toISOString().slice(0, 10);
      assertEquals(isoOf(day), iso);
      assertEquals(parseIso(iso), day);
      assertEquals(dayOf(civilOf(day)), day);
    }),
    { numRuns: runs(2000) },
  );
});

Deno.test("every day of four centuries follows the day before", () => {
  for (let day = -50_000; day < 97_000; day++) {
    assertEquals(isoOf(day), new Date(day * DAY).toISOString().slice(0, 10));
  }
});

Deno.test("texts that are no dates are not read as dates", () => {
  const wrong = [
    "2025-02-29",
    "1900-02-29",
    "2025-13-01",
    "2025-00-10",
    "2025-01-00",
    "2025-01-32",
    "2025-1-1",
    "25-01-01",
    "2025-01-01T00:00:00Z",
    " 2025-01-01",
    "",
  ];
  for (const text of wrong) assertEquals(parseIso(text), undefined, text);
  assertEquals(isoOf(parseIso("2000-02-29")!), "2000-02-29");
});

Deno.test("nextMonth() is the first of the following month", () => {
  const next = (iso: string) => isoOf(nextMonth(parseIso(iso)!));
  assertEquals(next("2024-02-01"), "2024-03-01");
  assertEquals(next("2024-02-29"), "2024-03-01");
  assertEquals(next("2024-12-31"), "2025-01-01");
});
