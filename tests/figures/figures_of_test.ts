/** What becomes of an engine's answers. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import {
  type Engine,
  QueryRefused,
  type Question,
  type ResultRow,
} from "../../src/catalogue/engine.ts";
import { ReddError } from "../../src/errors.ts";
import { allFigures } from "../../src/figures/all_figures.ts";
import { chosenFigures } from "../../src/figures/chosen_figures.ts";
import { type Figure, figuresBy } from "../../src/figures/figure.ts";
import { figuresOf, figureTables } from "../../src/figures/figures_of.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { fileChecks } from "../../src/verify/file_laws/checks.ts";

const manifest = {
  firstDay: "2024-01-01",
  asOf: "2024-07-19",
  tables: { batch_batch: { rows: 1 } },
} as unknown as ReddManifest;

/** A figure of one table, asked by one text unless another is named. */
function figure(id: string, change: Partial<Figure> = {}): Figure {
  const [one] = figuresBy({ tables: ["batch_batch"], sql: "SELECT 1 AS value, 9 AS n" }, {
    id,
    title: "a title",
    unit: "kg",
    definition: "",
    counted: "harvests",
    least: 3,
    empty: "no harvest yet",
    published: { low: 2, high: 4, sources: ["FAO"], says: "about 3" },
    documented: { low: 5, high: 6, sources: ["AMIND"] },
  });
  return { ...one!, ...change };
}

/** An engine that has one answer, and what it was asked. */
function engineOf(row: ResultRow | undefined, more: Partial<Engine> = {}) {
  const asked: Question[] = [];
  const engine: Engine = {
    name: "an engine",
    abilities: [],
    ask(question) {
      asked.push(question);
      return Promise.resolve(row === undefined ? [] : [row]);
    },
    ...more,
  };
  return { engine, asked };
}

/** What comes of a row for one figure. */
async function resultOf(row: ResultRow | undefined, change: Partial<Figure> = {}) {
  const figures = [figure("f", change)];
  const [result] = await figuresOf(engineOf(row).engine, manifest, { figures });
  return result!;
}

Deno.test("a value lies inside, below or above its published range, ends included", async () => {
  for (
    const [value, published, documented] of [
      [1.99, "below", "below"],
      [2, "inside", "below"],
      [4, "inside", "below"],
      [4.01, "above", "below"],
      [5, "above", "inside"],
      [6.1, "above", "above"],
    ] as const
  ) {
    const result = await resultOf({ value, n: 3 });
    assertEquals(result, {
      id: "f",
      title: "a title",
      unit: "kg",
      value,
      n: 3,
      published: {
        low: 2,
        high: 4,
        source:
          "FAO, Atlantic salmon: species page, and feeding tables of AFFRIS (table 9) (about 3)",
        verdict: published,
      },
      documented: { ...result.documented!, verdict: documented },
      verdict: published,
    });
  }
});

Deno.test("the verdict is by the documented range where none is published, and none without both", async () => {
  const { published: _, ...unpublished } = figure("f");
  const ask = async (one: Figure) =>
    (await figuresOf(engineOf({ value: 5, n: 3 }).engine, manifest, { figures: [one] }))[0]!
      .verdict;
  assertEquals(await ask(unpublished), "inside");
  const { documented: __, ...bare } = unpublished;
  assertEquals(await ask(bare), "none");
});

Deno.test("without observations, with too few or without a number there is a reason and no value", async () => {
  for (
    const [row, n, why] of [
      [{ value: null, n: 0 }, 0, "no harvest yet"],
      [{ value: 3, n: 0 }, 0, "no harvest yet"],
      [{ value: 3, n: 2 }, 2, "too few harvests: 2, at least 3 are needed"],
      [{ value: null, n: 5 }, 5, "it has no value"],
      [{ value: "NaN", n: 5 }, 5, "it has no value"],
      [{ value: "Infinity", n: 5 }, 5, "it has no value"],
      [{ n: 5 }, 5, "it has no value"],
      [undefined, 0, "the query has no row"],
    ] as const
  ) {
    const result = await resultOf(row);
    assertEquals([result.value, result.n, result.why], [null, n, why]);
    assertEquals([result.verdict, result.published!.verdict], ["none", "none"]);
  }
});

Deno.test("a table that is missing or cannot be read, and a refused query, are reasons", async () => {
  const figures = [figure("f", { tables: ["batch_batch", "health_licecount"] }), figure("g")];
  const { engine } = engineOf({ value: 3, n: 3 });
  const [missing, there] = await figuresOf(engine, manifest, {
    figures: [figures[0]!, figure("g", { sql: "SELECT 2" })],
  });
  assertEquals(missing!.why, "the dataset has no health_licecount");
  assertEquals(there!.value, 3);
  const unread = new Map([["batch_batch", []]]);
  const [damaged] = await figuresOf(engineOf({ value: 3, n: 3 }, { unread }).engine, manifest, {
    figures: [figure("g")],
  });
  assertEquals(damaged!.why, "the files of batch_batch cannot be read");
  const refusing = engineOf(undefined, {
    ask: () => Promise.reject(new QueryRefused("out of range")),
  });
  const [refused] = await figuresOf(refusing.engine, manifest, { figures: [figure("g")] });
  assertEquals([refused!.value, refused!.why], [null, "an engine says: out of range"]);
  const lost = engineOf(undefined, { ask: () => Promise.reject(new TypeError("gone")) });
  await assertRejects(
    () => figuresOf(lost.engine, manifest, { figures: [figure("g")] }),
    TypeError,
  );
});

Deno.test("figures of one question ask it once, of the dataset's own rows, with its days", async () => {
  const { engine, asked } = engineOf({ value: 3, n: 3, other: 7 });
  const sql = "SELECT :as_of AS value, 3 AS n";
  const figures = [figure("f", { sql }), figure("g", { sql, value: "other" }), figure("h")];
  const told: string[] = [];
  const results = await figuresOf(engine, manifest, {
    figures,
    onFigure: ({ id }, place, all) => told.push(`${id} ${place} ${all}`),
  });
  assertEquals(results.map(({ value }) => value), [3, 7, 3]);
  assertEquals(told, ["f 0 3", "g 1 3", "h 2 3"]);
  assertEquals(asked.map(({ sql, args, own, tables }) => [sql, args, own, tables]), [
    ["SELECT CAST($1 AS date) AS value, 3 AS n", ["2024-07-18"], true, ["batch_batch"]],
    ["SELECT 1 AS value, 9 AS n", [], true, ["batch_batch"]],
  ]);
});

Deno.test("nothing more is asked when the caller has had enough", async () => {
  const { engine, asked } = engineOf({ value: 3, n: 3 });
  let left = 2;
  const throwIfAborted = () => {
    if (left-- === 0) throw new RangeError("enough");
  };
  const figures = ["f", "g", "h"].map((id) => figure(id, { sql: `SELECT '${id}'` }));
  await assertRejects(() => figuresOf(engine, manifest, { figures, throwIfAborted }), RangeError);
  assertEquals(asked.length, 2);
});

Deno.test("figures have ids of their own, sound ranges and the tables that they read", () => {
  const ids = allFigures.map(({ id }) => id);
  assertEquals(ids.length, new Set(ids).size);
  const checks = new Set([...fileChecks, ...allChecks].map(({ id }) => id.toLowerCase()));
  for (const { id, title, published, documented, tables, sql, least } of allFigures) {
    assert(/^[a-z][a-z0-9_]+$/.test(id) && !checks.has(id), id);
    assert(title.length <= 80 && !title.endsWith("."), `${id}: ${title}`);
    assert(published !== undefined || documented !== undefined, id);
    assert(least >= 1, id);
    for (const range of [published, documented]) {
      if (range !== undefined) assert(range.low <= range.high && range.sources.length > 0, id);
    }
    assertEquals(tables.length, new Set(tables).size, id);
    for (const name of tables) {
      tableNamed(name);
      assert(sql.includes(name), `${id} does not read ${name}`);
    }
    const read = sql.match(
      /\b(?:batch|health|harvest|inventory|infrastructure|environmental)_\w+/g,
    )!
      .filter((name) => !/_(?:id|kg|count|date|number)$/.test(name) && name !== "batch_assignment");
    const known = read.filter((name) => new RegExp(`(?:FROM|JOIN)\\s+${name}\\b`).test(sql));
    assertEquals(known.filter((name) => !tables.includes(name)), [], id);
  }
  assertEquals(figureTables(allFigures.slice(0, 1)).size, 2);
});

Deno.test("figures are chosen by id and pattern, beside checks", () => {
  assertEquals(chosenFigures(), { figures: allFigures });
  const alone = chosenFigures(["MORT_*", "efcr_sea"]);
  assertEquals(alone.checks, []);
  assert(alone.figures.length > 4 && alone.figures.at(-1)!.id === "efcr_sea");
  assertEquals(chosenFigures(["figures"]), { figures: allFigures, checks: [] });
  const both = chosenFigures(["C-17", "efcr_sea"]);
  assertEquals([both.checks, both.figures.map(({ id }) => id)], [["C-17"], ["efcr_sea"]]);
  const checks = chosenFigures(["C-17"]);
  assertEquals([checks.checks, checks.figures.length], [["C-17"], allFigures.length]);
  for (const [only, because] of [[["efcr"], '"efcr"'], [[], "none is named"]] as const) {
    try {
      chosenFigures(only);
    } catch (error) {
      assert(error instanceof ReddError && error.message.includes(because), String(error));
      continue;
    }
    assert(false, `${only} was taken`);
  }
});
