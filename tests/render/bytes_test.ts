// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { CALENDAR } from "../../src/farm/days.ts";
import {
  csvQuoted,
  fixedField,
  fixedFields,
  writeBoolean,
  writeDate,
  writeDateOrEmpty,
  writeDigits,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
  writeMillionths,
  writeTenThousandths,
  writeThousandths,
} from "../../src/render/bytes.ts";
import { writeHistory, writeHistoryAndUser } from "../../src/render/history.ts";
import { fc, runs } from "../random.ts";

const buffer = new Uint8Array(8192);
const out = new DataView(buffer.buffer);
const decoder = new TextDecoder();

/** What a writer writes at some place of a buffer that is full of something else. */
function written(write: (at: number) => number, at = 3): string {
  buffer.fill(0x23);
  const end = write(at);
  assertEquals(decoder.decode(buffer.subarray(0, at)), "#".repeat(at), "before the column");
  return decoder.decode(buffer.subarray(at, end));
}

const DAY = 86_400_000;
/** Whole numbers of every length, not only long ones. */
const whole = fc.oneof(
  fc.nat(20_000),
  fc.nat(Number.MAX_SAFE_INTEGER),
  fc.integer({ min: 0, max: 15 }).map((n) => 10 ** n),
  fc.integer({ min: 1, max: 15 }).map((n) => 10 ** n - 1),
);
const EDGES = [0, 1, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 99_999, 1e8 - 1, 1e8, 1e8 + 1, 1e12];

Deno.test("whole numbers are written as String() writes them", () => {
  const check = (n: number) => {
    assertEquals(written((at) => writeDigits(out, at, n)), String(n));
    assertEquals(written((at) => writeInteger(out, at, n)), `${n},`);
  };
  for (const n of [...EDGES, Number.MAX_SAFE_INTEGER]) check(n);
  fc.assert(fc.property(whole, check), { numRuns: runs(2000) });
});

Deno.test("decimals are written with all their places", () => {
  const decimal = (n: number, places: number) => {
    const padded = String(n).padStart(places + 1, "0");
    return `${padded.slice(0, -places)}.${padded.slice(-places)},`;
  };
  const check = (n: number) => {
    assertEquals(written((at) => writeHundredths(out, at, n)), decimal(n, 2));
    assertEquals(written((at) => writeThousandths(out, at, n)), decimal(n, 3));
    assertEquals(written((at) => writeTenThousandths(out, at, n)), decimal(n, 4));
    assertEquals(written((at) => writeMillionths(out, at, n)), decimal(n, 6));
  };
  EDGES.forEach(check);
  fc.assert(fc.property(whole, check), { numRuns: runs(2000) });
});

Deno.test("truth is true or false", () => {
  assertEquals(written((at) => writeBoolean(out, at, true)), "true,");
  assertEquals(written((at) => writeBoolean(out, at, false)), "false,");
});

Deno.test("dates and instants are those of the calendar", () => {
  const day = fc.integer({ min: CALENDAR.first, max: CALENDAR.last });
  fc.assert(
    fc.property(day, fc.nat(23), (day, hour) => {
      const iso = new Date(day * DAY + hour * 3_600_000).toISOString();
      assertEquals(written((at) => writeDate(out, at, day)), `${iso.slice(0, 10)},`);
      assertEquals(written((at) => writeInstant(out, at, day, hour)), `${iso.slice(0, 19)}Z,`);
    }),
    { numRuns: runs(2000) },
  );
});

Deno.test("no two days of the calendar are written alike, in whatever order", () => {
  const days = [CALENDAR.first, -1, 0, 1, 20_089, 65_535, 65_536, CALENDAR.last];
  for (const order of [days, days.toReversed()]) {
    for (const day of order) {
      const iso = new Date(day * DAY).toISOString().slice(0, 10);
      assertEquals(written((at) => writeDate(out, at, day)), `${iso},`);
    }
  }
  for (let day: number = CALENDAR.first; day <= CALENDAR.last; day++) {
    const iso = new Date(day * DAY).toISOString().slice(0, 10);
    assertEquals(written((at) => writeDate(out, at, day)), `${iso},`);
  }
});

Deno.test("a day that no dataset can hold is refused, not written as another", () => {
  for (const day of [CALENDAR.first - 1, CALENDAR.last + 1, 3e6, -3e6, 0.5, NaN, Infinity]) {
    assertThrows(
      () => written((at) => writeDate(out, at, day)),
      RangeError,
      `Day ${day} is none of`,
    );
  }
});

Deno.test("a date that is not set is nothing", () => {
  assertEquals(written((at) => writeDateOrEmpty(out, at, null)), ",");
  assertEquals(written((at) => writeDateOrEmpty(out, at, 20_000)), "2024-10-04,");
  assertEquals(written((at) => writeDateOrEmpty(out, at, 0)), "1970-01-01,", "day 0 is a day");
});

Deno.test("columns follow each other without trace of the bytes before", () => {
  const line = written((at) => {
    at = writeInteger(out, at, 7);
    at = writeHundredths(out, at, 5);
    at = writeBoolean(out, at, true);
    at = writeDateOrEmpty(out, at, null);
    at = writeField(out, at, fixedField(""));
    at = writeField(out, at, fixedField("a"));
    at = writeDate(out, at, 0 + 19_000);
    at = writeField(out, at, fixedField("Egg&Alevin"));
    return writeHistoryAndUser(out, at, 12, 19_000, 9, "~", 4);
  });
  assertEquals(
    line,
    '7,0.05,true,,"",a,2022-01-08,Egg&Alevin,12,2022-01-08T09:00:00Z,,~,4,',
  );
});

Deno.test("history columns say when and how", () => {
  assertEquals(
    written((at) => writeHistory(out, at, 100, 19_000, 18, "+")),
    "100,2022-01-08T18:00:00Z,,+,",
  );
});

Deno.test("text is quoted where it must be, and where it is empty", () => {
  assertEquals(csvQuoted(""), '""');
  assertEquals(csvQuoted("plain"), "plain");
  assertEquals(csvQuoted("a,b"), '"a,b"');
  assertEquals(csvQuoted('say "so"'), '"say ""so"""');
  assertEquals(csvQuoted("two\nlines"), '"two\nlines"');
  assertEquals(csvQuoted("a\rb"), '"a\rb"');
  assertEquals(fixedFields('x,"",y').length, 7);
});

Deno.test("any text comes back from its CSV", () => {
  // The parser reads a carriage return as a line feed and drops a byte order mark.
  const any = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.string({ unit: fc.constantFrom('"', ",", "\n", " ", "é", "x", "😀"), minLength: 1 }),
  ).filter((one) => !one.includes("\r") && !/^﻿/.test(one) && one.isWellFormed());
  fc.assert(
    fc.property(any, (value) => {
      const csv = written((at) => writeField(out, at, fixedField(value)), 0);
      assertEquals(parse(`${csv}end\n`), [[value, "end"]]);
    }),
    { numRuns: runs(1000) },
  );
});
