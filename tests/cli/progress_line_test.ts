/** Lines of progress: pure functions of what was told, the time and the width. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { diffLine } from "../../cli/diff.ts";
import { foundText, generateLine, RUN_BEGINS, withRunProgress } from "../../cli/generate_line.ts";
import { LOAD_BEGINS, loadLine, withLoadProgress } from "../../cli/load_line.ts";
import { fitted, leftTexts, listed, percent, waited, widthOf } from "../../cli/progress_line.ts";
import { UNKNOWN_COURSE, withEvent } from "../../cli/time_left.ts";
import {
  type GenerateProgress,
  newRun,
  progressOf,
  type Run,
} from "../../src/generate/progress.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { fc } from "../random.ts";
import { texts } from "./any_text.ts";

Deno.test("fitted() keeps a line within its columns, wide and combining characters included", () => {
  for (
    const [line, columns, cut] of [
      ["copy", 80, "copy"],
      ["x".repeat(80), 80, "x".repeat(80)],
      ["x".repeat(81), 80, "x".repeat(80)],
      ["鮭鮭鮭", 6, "鮭鮭鮭"],
      ["鮭鮭鮭", 5, "鮭鮭"],
      ["𠀀𠀀", 3, "𠀀"],
      ["🐟🐟", 3, "🐟"],
      ["ｱｱ", 2, "ｱｱ"],
      ["e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301"],
      ["abc", 0, ""],
    ] as const
  ) assertEquals(fitted(line, columns), cut);
});

Deno.test("listed() leaves out what there is no room for, but for the first, which is cut", () => {
  const things = ["71 %", "index 14 of 73", "a table with a long name", "12 s"];
  assertEquals(listed(things, 80), "71 %, index 14 of 73, a table with a long name, 12 s");
  assertEquals(listed(things, 40), "71 %, index 14 of 73, 12 s");
  assertEquals(listed(things, 20), "71 %, index 14 of 73");
  assertEquals(listed(things, 3), "71 ");
  fc.assert(fc.property(fc.array(texts), fc.nat(120), (all, columns) => {
    assert(widthOf(listed(all, columns)) <= columns);
  }));
});

Deno.test("waited() rounds to seconds, then to minutes; percent() keeps 100 for the end", () => {
  const times = [0, 400, 8_200, 59_600, 125_000, 3_599_000, 7_500_000].map(waited);
  assertEquals(times, [
    "0 s",
    "0 s",
    "8 s",
    "1 min 00 s",
    "2 min 05 s",
    "59 min 59 s",
    "2 h 05 min",
  ]);
  assertEquals([0, 0.149, 0.999, 1].map(percent), ["0 %", "14 %", "99 %", "99 %"]);
  assertEquals([undefined, 0, 90_000].map(leftTexts), [[], ["1 s left"], ["1 min 30 s left"]]);
});

/** A load of two phases that take as long, and what it has told. */
function loadTold(progress: Partial<LoadProgress>, copied: number, built: number): LoadProgress {
  return {
    phase: "copy",
    rows: 0,
    rowsBefore: 0,
    totalRows: 2_000_000,
    bytes: 0,
    totalBytes: 0,
    work: [
      { phase: "copy", done: copied, all: 60_000 },
      { phase: "indexes", done: built, all: 60_000 },
    ],
    ...progress,
  };
}

const READINGS = "environmental_environmentalreading";

Deno.test("loadLine() tells the rows, their rate and the time left while it copies", () => {
  assertEquals(loadLine(LOAD_BEGINS, 1000, 80), "looking at the database");
  assertEquals(loadLine(LOAD_BEGINS, 7000, 80), "looking at the database, no news for 7 s");
  const begun = withLoadProgress(LOAD_BEGINS, loadTold({}, 0, 0), 2000);
  const load = withLoadProgress(
    begun,
    loadTold({ rows: 1_000_000, table: READINGS }, 30_000, 0),
    32_000,
  );
  const line = "25 %, 1 min 30 s left, copy, 1,000,000 of 2,000,000 rows, 33,333 rows/s";
  assertEquals(loadLine(load, 32_000, 120), `${line}, ${READINGS}`);
  assertEquals(loadLine(load, 32_000, 80), line);
  assertEquals(loadLine(load, 32_000, 40), "25 %, 1 min 30 s left, copy");
  // Nothing has come for eight seconds.
  assertEquals(
    loadLine(load, 40_000, 120),
    "25 %, 1 min 22 s left, no news for 8 s, copy, 1,000,000 of 2,000,000 rows, 26,316 rows/s",
  );
});

Deno.test("loadLine() does not count what an earlier run has copied in its rate and its time", () => {
  const before = { rows: 1_000_000, rowsBefore: 1_000_000 };
  const begun = withLoadProgress(LOAD_BEGINS, loadTold(before, 30_000, 0), 2000);
  const load = withLoadProgress(
    begun,
    loadTold({ ...before, rows: 1_500_000 }, 45_000, 0),
    17_000,
  );
  assertEquals(
    loadLine(load, 17_000, 120),
    "37 %, 1 min 15 s left, copy, 1,500,000 of 2,000,000 rows, 33,333 rows/s, 1,000,000 were there",
  );
});

Deno.test("loadLine() tells which index of how many, of which table, and for how long", () => {
  const copying = withLoadProgress(LOAD_BEGINS, loadTold({}, 0, 0), 0);
  const begun = withLoadProgress(copying, loadTold({ phase: "indexes" }, 60_000, 0), 60_000);
  const step = (number: number) => ({ what: "index", number, of: 73 });
  const at = { phase: "indexes", table: READINGS, rows: 2_000_000 } as const;
  const first = withLoadProgress(
    begun,
    loadTold({ ...at, step: step(13) }, 60_000, 12_000),
    72_000,
  );
  const load = withLoadProgress(
    first,
    loadTold({ ...at, table: "batch_batch", step: step(14) }, 60_000, 24_000),
    84_000,
  );
  assertEquals(loadLine(load, 96_000, 80), "70 %, 24 s left, index 14 of 73, batch_batch, 12 s");
  assertEquals(loadLine(load, 96_000, 40), "70 %, 24 s left, index 14 of 73, 12 s");
  // The other connection is still at the index before, which has taken as long as it has: so many
  // have begun all the same.
  const back = withLoadProgress(
    load,
    loadTold({ ...at, step: step(13) }, 60_000, 36_000),
    96_000,
  );
  assertEquals(
    loadLine(back, 96_000, 80),
    `80 %, 24 s left, index 14 of 73, ${READINGS}, 24 s`,
  );
});

Deno.test("a load never says 100 % or nothing left while it is at something", () => {
  const load = withLoadProgress(
    LOAD_BEGINS,
    loadTold({ phase: "commit", rows: 2_000_000 }, 60_000, 60_000),
    90_000,
  );
  assertEquals(loadLine(load, 91_000, 80), "99 %, 1 s left, commit");
});

/** A run at a moment, and how much of its work is done: 1 s of reading, 10 s of writing. */
function runTold(changes: Partial<Run>, read = 0, written = 0): GenerateProgress {
  const run = { ...newRun({ finishes: false, copies: false }), totalWindows: 67 };
  return {
    ...progressOf({ ...run, phase: "windows", totalRows: 6_700_000, ...changes }),
    work: [
      { phase: "compare", done: read, all: 1000 },
      { phase: "windows", done: written, all: 10_000 },
    ],
  };
}

Deno.test("generateLine() counts to the whole, and its rate is that of this run", () => {
  assertEquals(generateLine(RUN_BEGINS, 0, 80), "planning");
  const planned = progressOf({
    ...newRun({ finishes: false, copies: false }),
    planned: 14,
    totalWindows: 67,
  });
  const planning = withRunProgress(RUN_BEGINS, planned, 500);
  assertEquals(generateLine(planning, 500, 80), "planning, month 14 of 67");
  const there = { windowsBefore: 33, rowsBefore: 3_300_000 };
  const reading = withRunProgress(
    withRunProgress(planning, runTold({ phase: "compare" }), 1000),
    runTold({ phase: "compare", ...there }, 500),
    1500,
  );
  assertEquals(
    generateLine(reading, 1500, 80),
    "49 %, 11 s left, reading, 33 of 67 windows are there",
  );
  const before = { windowsBefore: 66, rowsBefore: 6_600_000 };
  const run = withRunProgress(
    withRunProgress(reading, runTold(before, 1000), 2000),
    runTold({ ...before, rowsWritten: 50_000, bytes: 5e6 }, 1000, 5000),
    7000,
  );
  assertEquals(
    generateLine(run, 7000, 100),
    "99 %, 5 s left, 66 of 67 windows, 66 were there, 6,650,000 rows, 10,000 rows/s, 1.0 MB/s",
  );
  assertEquals(generateLine(run, 7000, 40), "99 %, 5 s left, 66 of 67 windows");
  assertEquals(foundText("out/farm", runTold(before)), "out/farm: 66 of 67 windows were there.");
  assertEquals(
    foundText("out/farm", runTold({ windowsBefore: 1 })),
    "out/farm: 1 of 67 windows was there.",
  );
});

Deno.test("generateLine() says that nothing comes, and what is left in the time it takes", () => {
  const run = withRunProgress(RUN_BEGINS, runTold({}, 1000), 0);
  const same = runTold({ rowsWritten: 670_000 }, 1000, 1000);
  const later = withRunProgress(withRunProgress(run, same, 1000), same, 7000);
  assertEquals(
    generateLine(later, 7000, 100),
    "10 %, 3 s left, no news for 6 s, 0 of 67 windows, 670,000 rows, 95,714 rows/s, 0 B/s",
  );
});

Deno.test("diffLine() tells the share, the time left, the rows and the table", () => {
  const event = { phase: "compare", done: 0, all: 1_000_000, ms: 0 };
  const half = withEvent(withEvent(UNKNOWN_COURSE, event), { ...event, done: 5e5, ms: 60_000 });
  const progress = { table: READINGS, rows: 500_000, totalRows: 1_000_000 };
  assertEquals(
    diffLine(half, progress, 60_000, 0, 120),
    `50 %, 1 min 00 s left, 500,000 of 1,000,000 rows compared, ${READINGS}`,
  );
});
