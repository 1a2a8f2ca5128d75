// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { connect } from "../../src/postgres/target.ts";
import { lastDayOf, type VerifyCheck } from "../../src/catalogue/check.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { type CheckResult, whySkipped } from "../../src/verify/judge.ts";
import { postgresEngine, verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { allFigures } from "../../src/figures/all_figures.ts";
import type { FigureResult } from "../../src/figures/figure.ts";
import { figuresOf, figureTables } from "../../src/figures/figures_of.ts";
import { figuresOfDatabase } from "../../src/figures/of_database.ts";
import { figuresOfDataset } from "../../src/figures/of_dataset.ts";
import { type AskedBesides, runCheck } from "../../src/verify/run.ts";
import { resultLines, type VerifyReport, verifyReport } from "../../src/verify/report.ts";
import { fileChecks } from "../../src/verify/file_laws/checks.ts";
import { verdictDifferences } from "../../src/verify/verdicts.ts";
import { verifyDataset } from "../../src/verify/verify_dataset.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { ask } from "../load/databases.ts";
import { DATASETS, loadDatasets, type Loaded } from "./loaded.ts";
import type { Mutation } from "./mutation.ts";
import { ON_FILES, onDatabase, onFiles } from "./trial.ts";
import { anyFarmMutations } from "./mutations_of_any_farm.ts";
import { besideMutations } from "./mutations_beside.ts";
import { dayMutations } from "./mutations_of_days.ts";
import { farmMutations } from "./mutations_of_farm.ts";
import { harvestMutations } from "./mutations_of_harvest.ts";
import { fieldMutations } from "./mutations_of_field.ts";
import { healthMutations } from "./mutations_of_health.ts";
import { countMutations } from "./mutations_of_records.ts";
import { tableMutations } from "./mutations_of_tables.ts";

const datasets = await loadDatasets();
Deno.test.afterAll(() => datasets.end());

const all: readonly Loaded[] = DATASETS.map((name) => datasets[name]);

const mutations: readonly Mutation[] = [
  ...farmMutations,
  ...anyFarmMutations,
  ...countMutations,
  ...dayMutations,
  ...healthMutations,
  ...fieldMutations,
  ...harvestMutations,
  ...tableMutations(datasets),
  ...besideMutations,
];

/** How every check has ended. */
function endsOf({ results }: VerifyReport): string[] {
  return results.map(({ check, status, details }) =>
    `${check.id} ${status}${status === "skipped" ? `, ${details}` : ""}`
  );
}

for (const name of DATASETS) {
  Deno.test(`every check that applies passes on the dataset ${name}`, async () => {
    const { dataset, url, manifest } = datasets[name];
    const seen: CheckResult[] = [];
    const report = await verifyDatabase(url, manifest, { onCheck: (result) => seen.push(result) });
    const wrong = report.results.filter(({ status }) => status === "failed" || status === "broken");
    assertEquals(wrong.flatMap(resultLines), []);
    assert(report.ok);
    assertEquals(seen, [...report.results]);
    assertEquals(report.results.length, allChecks.length);
    assertEquals(report.counts.passed + report.counts.skipped, allChecks.length);
    assert(report.counts.passed > 80, `${report.counts.passed} checks passed`);

    // Its files give the same verdicts, as far as they can be asked.
    const asked: string[] = [];
    const onTable = (table: string) => asked.push(table);
    const files = await verifyDataset(dataset, { threads: 1, onTable });
    assertEquals(asked.length, Object.keys(manifest.tables).length);
    const reasons = files.results.filter(({ check }) => check.asks !== undefined)
      .map(({ check, details }) => `${check.id}: ${details}`);
    assertEquals(reasons, [
      "D-01: it needs the catalog of a database",
      "D-02: it needs the catalog of a database",
      "LAW-VIEW-HARVEST: it needs AquaMind's views",
      "LAW-VIEW-TRANSACTIONS: it needs AquaMind's views",
    ]);
    const shared = ({ results }: VerifyReport) =>
      endsOf(verifyReport(
        results.filter(({ check }) => check.asks === undefined && !fileChecks.includes(check)),
      ));
    assertEquals(shared(files), shared(report));
    assertEquals(verdictDifferences(files, report), []);
    const ofFiles = files.results.filter(({ check }) => fileChecks.includes(check));
    assertEquals(ofFiles.map(({ check, status, details }) => [check.id, status, ...details]), [
      ...fileChecks.map(({ id }) => [id, "passed"]),
    ]);
  });
}

Deno.test("files and database give the same figures, to nine digits", async () => {
  for (const name of ["life", "newer"] as const) {
    const { dataset, url, manifest } = datasets[name];
    const files = await figuresOfDataset(dataset, { threads: 1 });
    const database = await figuresOfDatabase(url, manifest);
    assertEquals(database.length, allFigures.length);
    const without = (results: typeof files) =>
      results.map(({ value, ...rest }) => [rest, value === null]);
    assertEquals(without(database), without(files));
    for (const [place, { id, value }] of database.entries()) {
      const other = files[place]!.value ?? 0;
      assertAlmostEquals(value ?? 0, other, 1e-9 * Math.abs(other) + 1e-12, id);
    }
  }
  // They stand beside the checks of one verification too, and read the same rows.
  let beside: readonly FigureResult[] = [];
  const { dataset, url, manifest } = datasets.guest;
  const besides: AskedBesides = {
    tables: figureTables(allFigures),
    async ask(engine, manifest, throwIfAborted) {
      beside = await figuresOf(engine, manifest, { throwIfAborted });
    },
  };
  await verifyDatabase(url, manifest, { only: ["C-17"], besides });
  const guests = beside;
  assertEquals(guests.map(({ n }) => n), (await figuresOfDataset(dataset)).map(({ n }) => n));
  await verifyDataset(dataset, { only: ["C-17"], besides });
  assertEquals(beside.map(({ n }) => n), guests.map(({ n }) => n));
});

Deno.test("a database has what the files have, to the last byte of a row", async () => {
  for (const name of ["field", "turns"] as const) {
    const { dataset, url } = datasets[name];
    const { tables, others } = await diffDataset(dataset, url);
    assertEquals(
      tables.filter(({ equal }) => !equal).map((table) => [table.name, table.parts]),
      [],
    );
    assertEquals(others, 0);
  }
  assert(datasets.field.manifest.tables.health_healthlabsample!.rows > 0);
});

Deno.test("a database that a dataset was loaded into passes without its manifest, as far as it is asked", async () => {
  for (const name of ["single", "life", "pair", "newer"] as const) {
    const { url, manifest } = datasets[name];
    const report = await verifyDatabase(url);
    const wrong = report.results.filter(({ status }) => status === "failed" || status === "broken");
    assertEquals(wrong.flatMap(resultLines), [], name);
    const { firstDay, lastDay, batches, schema } = report.found!;
    assertEquals(firstDay, manifest.firstDay, name);
    // After the harvest of its one batch, a farm has no records.
    if (name !== "life") assertEquals(lastDay, lastDayOf(manifest), name);
    else assertEquals(report.found!.lastOf, "harvest_harvestevent");
    assertEquals(batches, manifest.tables.batch_batch!.rows, name);
    assertEquals(schema, name === "newer" ? "2026-03" : "2025-11");
    assert(report.counts.passed > 80, `${name}: ${report.counts.passed} checks passed`);
  }
});

/** Functions and operators of the target's own, closer to what the checks call than PostgreSQL's. */
const TRAPS = [
  `create function public.trap(text) returns text language plpgsql as
   $$ begin raise exception 'a function of the target was called'; end $$`,
  ...["left", "right"].map((name) =>
    `create function public."${name}"(varchar, integer) returns text language sql as
     $$ select public.trap($1) $$`
  ),
  `create function public."lower"(varchar) returns text language sql as
   $$ select public.trap($1) $$`,
  `create function public.same(varchar, varchar) returns boolean language sql as
   $$ select public.trap($1) is null $$`,
  `create operator public.= (leftarg = varchar, rightarg = varchar, function = public.same)`,
  `create operator public.<> (leftarg = varchar, rightarg = varchar, function = public.same)`,
];

Deno.test("functions and operators of the target take no part in a verification", async () => {
  const { url, manifest } = datasets.pair;
  await ask(url, ...TRAPS);
  try {
    // The traps spring where nothing is done about them.
    await assertRejects(() => ask(url, `select "right"(name, 2) from infrastructure_container`));
    const { results } = await verifyDatabase(url, manifest);
    const wrong = results.filter(({ status }) => status === "failed" || status === "broken");
    assertEquals(wrong.flatMap(resultLines), []);
  } finally {
    await ask(
      url,
      `drop operator public.= (varchar, varchar), public.<> (varchar, varchar)`,
      `drop function public.same, public."left"(varchar, integer), public."right"(varchar, integer),
       public."lower"(varchar), public.trap`,
    );
  }
});

Deno.test("every check that applies and judges has a mutation that breaks it", () => {
  const broken = new Set(mutations.map(({ check }) => check));
  const unbroken = allChecks
    .filter((check) => check.expects !== "information" && !broken.has(check.id))
    .filter((check) => all.some(({ manifest }) => whySkipped(check, manifest) === undefined));
  assertEquals(unbroken.map(({ id }) => id), []);
});

for (
  const [engine, trial, names] of [
    ["files", onFiles, ON_FILES],
    ["a database", onDatabase, DATASETS],
  ] as const
) {
  Deno.test(`on ${engine} every mutation fails its check and those that must see it, and no other`, async (t) => {
    for (const name of names) {
      const own = mutations.filter(({ on = "single" }) => on === name);
      for (const [{ check, sql }, wanted, wrong] of await trial(own, datasets[name])) {
        await t.step(
          `${check}: ${sql.replace(/\s+/g, " ").slice(0, 90)}`,
          () => assertEquals(wrong.toSorted(), wanted.toSorted()),
        );
      }
    }
  });
}

Deno.test("what is gone from one dataset is not missed in the one beside it", async () => {
  const { host, guest } = datasets;
  const target = await connect(host.url);
  const wrongOf = async ({ manifest }: Loaded) => {
    const engine = await postgresEngine(target, manifest);
    const wrong: string[] = [];
    for (const check of allChecks) {
      const { status } = await runCheck(engine, check, manifest);
      if (status !== "passed" && status !== "skipped") wrong.push(check.id);
    }
    return wrong;
  };
  try {
    await target.query("begin");
    await target.query("set local timezone = 'UTC'");
    await target.query("delete from environmental_environmentalreading where id = 1");
    assertEquals(await wrongOf(host), ["ROWS", "C-06", "C-22"]);
    assertEquals(await wrongOf(guest), []);
    await target.query("rollback");
  } finally {
    await target.close();
  }
});

Deno.test("the server understands every query, those of tables that are not filled too", async () => {
  const { url, manifest: single } = datasets.single;
  const target = await connect(url);
  try {
    await target.query("begin read only");
    const engine = await postgresEngine(target, single);
    for (const check of allChecks) {
      // A query needs the numbers that it asks of.
      const manifest = check.needs?.every(({ holds }) => holds(single)) === false
        ? { ...single, profile: datasets.field.manifest.profile }
        : single;
      const { status, details } = await runCheck(
        engine,
        { ...check, tables: [], needs: [] },
        manifest,
      );
      assert(status === "passed" || status === "failed", `${check.id}: ${details}`);
    }
  } finally {
    await target.close();
  }
});

Deno.test("a query that the server refuses is broken, and the next one runs", async () => {
  const { url, manifest } = datasets.single;
  const target = await connect(url);
  const check = (sql: string): VerifyCheck => ({
    id: "X",
    title: "",
    source: "",
    tables: [],
    sql,
    expects: "no rows",
  });
  try {
    await target.query("begin read only");
    const engine = await postgresEngine(target, manifest);
    const broken = await runCheck(engine, check("SELECT 1 FROM no_such_table"), manifest);
    assertEquals(broken.status, "broken");
    assertEquals(broken.details, ['relation "no_such_table" does not exist']);
    const next = await runCheck(engine, check("SELECT 1 AS one LIMIT 0"), manifest);
    assertEquals(next.status, "passed");
  } finally {
    await target.close();
  }
});

Deno.test("a verification changes nothing and reads one snapshot", async () => {
  const { url, manifest } = datasets.single;
  let asked = false;
  const seen: Promise<unknown>[] = [];
  const report = await verifyDatabase(url, manifest, {
    onCheck() {
      if (asked) return;
      asked = true;
      seen.push(ask(url, "delete from health_sampletype returning id"));
    },
  });
  const [deleted] = await Promise.all(seen);
  assertEquals((deleted as unknown[]).length, 5);
  assert(report.ok);
  const after = await verifyDatabase(url, manifest);
  assertEquals(
    after.results.filter(({ status }) => status === "failed").map(({ check }) => check.id),
    ["ROWS", "A-05"],
  );
  await ask(
    url,
    "set session_replication_role = replica",
    `insert into health_sampletype (id, name, description)
     select n, 'type ' || n, '' from generate_series(1, 5) n`,
  );
  assert((await verifyDatabase(url, manifest)).ok);
});

Deno.test("a verification that is interrupted says so", async () => {
  const { url, manifest } = datasets.single;
  const controller = new AbortController();
  const error = await assertRejects(
    () =>
      verifyDatabase(url, manifest, {
        signal: controller.signal,
        onCheck: () => controller.abort(),
      }),
    ReddError,
  );
  assertEquals(error.exitCode, 130);
});

Deno.test("a server that is not there is a fault of the environment", async () => {
  const error = await assertRejects(
    () => verifyDatabase("postgres://farm:secret@127.0.0.1:1/farm", datasets.single.manifest),
    ReddError,
  );
  assertEquals(error.exitCode, 3);
  assert(!error.message.includes("secret"));
});
