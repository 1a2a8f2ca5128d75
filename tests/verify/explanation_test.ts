/** What checks say of themselves. */
import { assert, assertEquals } from "@std/assert";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import type { VerifyCheck } from "../../src/catalogue/check.ts";
import { explanationOf } from "../../src/verify/explanation.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { fileChecks } from "../../src/verify/file_laws/checks.ts";
import { PROJECT } from "../project.ts";

const check = (sql: string, more: Partial<VerifyCheck> = {}) => ({
  id: "LAW-ONE",
  title: "one thing holds",
  source: "domain.md#12, Guide v6.0",
  tables: ["batch_batch", "batch_lifecyclestage"],
  sql,
  expects: "no rows",
  ...more,
} as VerifyCheck);

Deno.test("the columns of a query are told by table, where a query is there without a manifest", () => {
  const { reads } = explanationOf(check(`
    SELECT 'status' AS table_name, b.id, s.name AS notes
    FROM batch_batch b JOIN batch_lifecyclestage s ON s.id = b.lifecycle_stage_id
    WHERE b.start_date < :as_of AND s."order" > 1`));
  assertEquals(
    reads,
    [
      { table: "batch_batch", columns: ["id", "start_date", "lifecycle_stage_id"] },
      { table: "batch_lifecyclestage", columns: ["id", "name", "order"] },
    ].map(({ table, columns }) => {
      const all = tableNamed(table).columns.map(({ name }) => name);
      return { table, columns: all.filter((name) => columns.includes(name)) };
    }),
  );
  const made = explanationOf(check("", { basis: "rates", sql: () => "SELECT 1" }));
  assertEquals([made.reads, made.query, made.needs], [
    [{ table: "batch_batch" }, { table: "batch_lifecyclestage" }],
    undefined,
    ["the rates of a dataset's profile"],
  ]);
});

Deno.test("how a check is judged is said in words", () => {
  const judged = (expects: VerifyCheck["expects"]) => explanationOf(check("", { expects })).judged;
  assertEquals(judged("information"), "Its rows are shown, and nobody judges them.");
  assertEquals(
    judged({ a: 3, b: true, c: { least: 1, most: 2 }, d: { least: 1 }, e: { most: 2 } }),
    "The one row of its query must have a 3, b true, c from 1 to 2, d of at least 1, e of at most 2.",
  );
});

Deno.test("every check is explained, by tables that it has and pages that there are", () => {
  const pages = new Map<string, string>();
  for (const one of [...fileChecks, ...allChecks]) {
    const { id, reads, readOn, title, judged } = explanationOf(one);
    assertEquals(reads.map(({ table }) => table), one.tables, id);
    assert(title !== "" && judged !== "");
    for (const place of readOn) {
      const [path = "", anchor] = place.split("#");
      const text = pages.get(path) ?? Deno.readTextFileSync(`${PROJECT}/${path}`);
      pages.set(path, text);
      assert(anchor === undefined || text.includes(`id="${anchor}"`), `${id}: ${place}`);
    }
  }
});
