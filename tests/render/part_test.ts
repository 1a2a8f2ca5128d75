// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { writeField, writeInteger } from "../../src/render/bytes.ts";
import { fixedField } from "../../src/render/bytes.ts";
import { PartWriter } from "../../src/render/part.ts";
import {
  csvOf,
  hundredthsText,
  inColumnOrder,
  writeRow,
  writeValues,
} from "../../src/render/plain_row.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { oneBatch, worldOf } from "../small_farm.ts";
import { csvOfDays, Text } from "./dataset.ts";
import { fc } from "../random.ts";

/** Writes rows of two columns and tells the text and the sizes of the chunks. */
function write(rows: readonly (readonly [number, string])[], size: number) {
  const chunks: number[] = [];
  const sink = new Text();
  const part = new PartWriter({
    write(bytes) {
      chunks.push(bytes.length);
      sink.write(bytes);
    },
  }, size);
  for (const [n, word] of rows) {
    const at = writeInteger(part.out, part.begin(), n);
    part.end(writeField(part.out, at, fixedField(word)));
  }
  part.flush();
  return { text: sink.text, chunks, rows: part.rows };
}

const row = fc.tuple(fc.nat(), fc.string({ minLength: 1, maxLength: 40, unit: "grapheme-ascii" }));

Deno.test("the size of the buffer does not reach the bytes", () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 300 }),
      fc.integer({ min: 1, max: 500 }),
      (rows, size) => {
        const small = write(rows, size);
        const large = write(rows, 1 << 20);
        assertEquals(small.text, large.text);
        assertEquals(small.rows, rows.length);
        assert(large.chunks.length <= 1);
        assert(small.chunks.every((chunk) => chunk > 0));
      },
    ),
  );
});

Deno.test("a tiny buffer flushes after almost every row and loses none", () => {
  const rows = Array.from({ length: 1000 }, (_, i) => [i, "salmon"] as const);
  const { text, chunks } = write(rows, 1);
  assertEquals(text, rows.map(([n, word]) => `${n},${word}\n`).join(""));
  assert(chunks.length > 300, `${chunks.length} chunks`);
});

Deno.test("a row as long as there is room for is written whole", () => {
  const long = "x".repeat(4000);
  const rows = Array.from({ length: 20 }, (_, i) => [i, long] as const);
  assertEquals(write(rows, 8).text, rows.map(([n]) => `${n},${long}\n`).join(""));
});

Deno.test("a whole dataset has the same bytes through buffers of any size", () => {
  const world = worldOf(oneBatch({ duration: 110 }));
  const large = csvOfDays(world, 1 << 20);
  for (const size of [1, 300, 5000]) assertEquals(csvOfDays(world, size), large);
});

Deno.test("a part that turns to another sink counts from 0 and keeps nothing behind", () => {
  const [one, other] = [new Text(), new Text()];
  const part = new PartWriter(one, 100);
  part.end(writeInteger(part.out, part.begin(), 1));
  part.flush();
  part.turnTo(other);
  assertEquals(part.rows, 0);
  part.end(writeInteger(part.out, part.begin(), 2));
  part.flush();
  part.flush();
  assertEquals([one.text, other.text], ["1\n", "2\n"]);
});

Deno.test("plain values are NULL, empty, numbers, truths and text", () => {
  assertEquals([null, "", 0, true, "a,b", "x"].map(csvOf), [
    "",
    '""',
    "0",
    "true",
    '"a,b"',
    "x",
  ]);
  const sink = new Text();
  const part = new PartWriter(sink, 10);
  writeValues(part, [1, null, "Hafrún", ""]);
  part.flush();
  assertEquals(sink.text, '1,,Hafrún,""\n');
});

Deno.test("a plain row that is too long is refused, not cut", () => {
  const part = new PartWriter(new Text(), 10);
  const error = assertThrows(() => writeValues(part, ["x".repeat(5000)]), RangeError);
  assertEquals(error.message, "A row of 5001 characters is too long");
});

Deno.test("a plain row that lacks a column or has one too many is refused", () => {
  const table = tableNamed("batch_batchcomposition");
  const row = Object.fromEntries(table.columns.map((column) => [column.name, 1]));
  assertEquals(inColumnOrder(table, row).length, table.columns.length);
  const { percentage: _, ...lacking } = row;
  assertThrows(() => inColumnOrder(table, lacking), RangeError, "has no percentage");
  assertThrows(() => inColumnOrder(table, { ...row, more: 1 }), RangeError, "no column more");
  const part = new PartWriter(new Text(), 10);
  assertThrows(() => writeRow(part, table, lacking), RangeError);
  assertEquals(part.rows, 0);
});

Deno.test("decimal() writes hundredths", () => {
  assertEquals([0, 5, 99, 100, 123_456].map(hundredthsText), [
    "0.00",
    "0.05",
    "0.99",
    "1.00",
    "1234.56",
  ]);
  fc.assert(
    fc.property(fc.nat(), (n) => assertEquals(Math.round(Number(hundredthsText(n)) * 100), n)),
  );
});

Deno.test("rows that a failed sink did not take never reach the next one", () => {
  const full = {
    write() {
      throw new Error("the disk is full");
    },
  };
  const part = new PartWriter(full, 100);
  part.end(writeInteger(part.out, part.begin(), 1));
  assertThrows(() => part.flush(), Error, "the disk is full");
  const next = new Text();
  part.turnTo(next);
  part.end(writeInteger(part.out, part.begin(), 2));
  part.flush();
  assertEquals([next.text, part.rows], ["2\n", 1]);
});
