// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import {
  atLeast,
  between,
  bind,
  type CheckOfDataset,
  type CheckOfRows,
  lastDayOf,
} from "../../src/catalogue/check.ts";
import { judge, rowsNeeded, whySkipped } from "../../src/verify/judge.ts";
import { resultLines, summaryLines, verifyReport } from "../../src/verify/report.ts";

const manifest = {
  firstDay: "2024-02-01",
  asOf: "2024-03-01",
  profile: { name: "documented" },
  tables: { batch_batch: { rows: 1 } },
} as unknown as ReddManifest;

function check(change: Partial<CheckOfRows> = {}): CheckOfRows {
  return {
    id: "C-17",
    title: "no container holds two batches on one day",
    source: "",
    tables: ["batch_batch"],
    sql: "SELECT 1",
    expects: "no rows",
    ...change,
  };
}

Deno.test("the last simulated day is the day before the as-of date", () => {
  assertEquals(lastDayOf(manifest), "2024-02-29");
});

Deno.test("bind() numbers parameters in order of use and leaves casts and times alone", () => {
  const { text, args } = bind(
    "SELECT x::date, '08:00:00' WHERE d > :as_of AND e < :first_day AND f < :as_of",
    manifest,
  );
  assertEquals(
    text,
    "SELECT x::date, '08:00:00' WHERE d > CAST($1 AS date) AND e < CAST($2 AS date) " +
      "AND f < CAST($1 AS date)",
  );
  assertEquals(args, ["2024-02-29", "2024-02-01"]);
});

Deno.test("bind() refuses a parameter that there is not", () => {
  assertThrows(() => bind("SELECT :today", manifest), RangeError, "today");
});

Deno.test("a check is skipped where a table is absent or a need is not met", () => {
  assertEquals(whySkipped(check(), manifest), undefined);
  const tables = ["batch_batch", "scenario"];
  assertEquals(whySkipped(check({ tables }), manifest), "the dataset has no scenario");
  const needs = [{ what: "the profile field", holds: () => false }];
  assertEquals(whySkipped(check({ needs }), manifest), "it needs the profile field");
});

Deno.test("judge() passes an empty result and shows five offenders of many", () => {
  assertEquals(judge(check(), [], manifest).status, "passed");
  const rows = Array.from({ length: rowsNeeded(check()) }, (_, id) => ({ id, day: "2024-02-02" }));
  const { status, details } = judge(check(), rows, manifest);
  assertEquals(status, "failed");
  assertEquals(details.length, 6);
  assertEquals(details[0], "id 0, day 2024-02-02");
  assertEquals(details[5], "and more");
});

Deno.test("judge() compares the single row with values and spans", () => {
  const expects = { batches: 2, kg: between(1, 3), stages: atLeast(6), before: true };
  const judged = (row: Record<string, unknown>) => judge(check({ expects }), [row], manifest);
  const right = { batches: 2, kg: 3, stages: 7, before: true };
  assertEquals(judged(right).status, "passed");
  assertEquals(judged({ ...right, batches: 3 }).details, ["batches is 3, expected 2"]);
  assertEquals(judged({ ...right, kg: 3.5 }).details, ["kg is 3.5, expected 1 to 3"]);
  assertEquals(judged({ ...right, stages: 5 }).details, ["stages is 5, expected 6 at least"]);
  assertEquals(judged({ ...right, before: null }).details, ["before is null, expected true"]);
  assertEquals(judged({ ...right, kg: null }).details, ["kg is null, expected 1 to 3"]);
  assertEquals(judged({}).status, "failed");
  assertEquals(judge(check({ expects }), [], manifest).details, ["0 rows, expected 1"]);
});

Deno.test("judge() asks a function for the values and only shows information", () => {
  const expects = ({ firstDay }: ReddManifest) => ({ months: Number(firstDay.slice(5, 7)) });
  const ofDataset: CheckOfDataset = { ...check(), sql: "SELECT 1", basis: "counts", expects };
  assertEquals(judge(ofDataset, [{ months: 2 }], manifest).status, "passed");
  assertEquals(judge(ofDataset, [{ months: 3 }], manifest).status, "failed");
  const shown = judge(check({ expects: "information" }), [{ percent: 3.1 }], manifest);
  assertEquals([shown.status, ...shown.details], ["passed", "percent 3.1"]);
});

Deno.test("a report has a line per check, its details, and the numbers", () => {
  const report = verifyReport([
    judge(check(), [], manifest),
    judge(check({ id: "C-01", title: "no batch is planned" }), [{ id: 7 }], manifest),
    { check: check({ id: "C-19" }), status: "skipped", details: ["the dataset has no scenario"] },
    { check: check({ id: "LAW-PLACE" }), status: "broken", details: ["syntax error"] },
  ]);
  assertEquals(report.ok, false);
  assertEquals([...report.results.flatMap(resultLines), ...summaryLines(report)], [
    "passed   C-17   no container holds two batches on one day",
    "failed   C-01   no batch is planned",
    "           id 7",
    "skipped  C-19   no container holds two batches on one day (the dataset has no scenario)",
    "broken   LAW-PLACE  no container holds two batches on one day",
    "           syntax error",
    "1 check passed, 1 failed, 1 skipped, 1 broken",
    "  1 skipped: the dataset has no scenario",
  ]);
  const lacking = (what: string) => ({
    check: check(),
    status: "skipped" as const,
    details: [`it needs the ${what}`],
  });
  const rates = ["growth", "life", "lice", "harvest", "deaths"]
    .map((name) => lacking(`profile's rates of ${name}`));
  assertEquals(summaryLines(verifyReport([...rates, lacking("odds of scores")])).slice(1), [
    "  5 skipped: they are for profiles of fixed rates",
    "  1 skipped: it needs the odds of scores",
  ]);
  assertEquals(summaryLines(verifyReport(rates.slice(1))).length, 5);
  const fine = verifyReport([judge(check(), [], manifest)]);
  assertEquals(fine.ok, true);
  assertEquals(summaryLines(fine), ["1 check passed, 0 failed, 0 skipped"]);
});
