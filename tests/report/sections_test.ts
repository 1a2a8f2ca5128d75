/** The figures of feed, environment, harvest, realism, quality and the dictionary, against the rows. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { figuresOf } from "../../src/figures/figures_of.ts";
import { generate } from "../../src/generate/generate.ts";
import type { DictionaryFigures } from "../../src/report/data/dictionary.ts";
import type { EnvironmentFigures } from "../../src/report/data/environment.ts";
import type { FeedFigures } from "../../src/report/data/feed.ts";
import type { GlanceFigures } from "../../src/report/data/glance.ts";
import type { HarvestFigures } from "../../src/report/data/harvest.ts";
import { qualityOf } from "../../src/report/data/quality.ts";
import type { RealismFigures } from "../../src/report/data/realism_type.ts";
import type { QualityFigures } from "../../src/report/data/quality.ts";
import { BANDS, STORE_DAYS, YEAR_WEEKS } from "../../src/report/data/steps.ts";
import {
  BATCH_TABLE,
  batchRelations,
  type RelatedTable,
} from "../../src/page/dictionary/relations.ts";
import { numbersOf } from "../../src/page/series.ts";
import { reportFigures } from "../../src/report/report.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { openFilesEngine } from "../../src/verify/engines/files.ts";
import type { VerifyReport } from "../../src/verify/report.ts";
import { near, rowOf, sum } from "./asked.ts";
import { fieldBatch, leanField } from "../field_farm.ts";
import { grownFarm } from "./grown.ts";

const root = await Deno.makeTempDir();
const dataset = await grownFarm(root);
const engine = await openFilesEngine(dataset, { threads: 1 });
Deno.test.afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await Deno.remove(root, { recursive: true });
});

// With all checks run first, so that both ways are gone; what they find is in a test below.
let verified: VerifyReport | undefined;
const figures = await reportFigures(dataset, {
  threads: 1,
  verify: true,
  onVerified: (report) => verified = report,
});
const feed = figures.get("feed") as FeedFigures;
const environment = figures.get("environment") as EnvironmentFigures;
const harvest = figures.get("harvest") as HarvestFigures;
const { tables } = figures.get("dictionary") as DictionaryFigures;

const row = (sql: string) => rowOf(engine, sql);

Deno.test("the stock of every store ends with what its lots have left", async () => {
  const { stores, left } = await row(`SELECT count(*) AS stores, sum(kg) AS left FROM (
    SELECT sum(quantity_kg) AS kg FROM inventory_feedcontainerstock s
    WHERE feed_container_id IN (SELECT feed_container_id FROM inventory_historicalfeedcontainerstock
      GROUP BY 1 HAVING count(DISTINCT history_date) > 1)
    GROUP BY feed_container_id)`) as Record<string, number>;
  assertEquals(feed.stores.length, stores);
  near(sum(feed.stores.map(({ stock }) => numbersOf(stock).at(-1)!)), left!, feed.stores.length);
  const { all } = await row(`SELECT count(*) AS "all" FROM infrastructure_feedcontainer`);
  assertEquals(feed.idle, all as number - feed.stores.length);
});

Deno.test("a store's tooth has an instant for every save of the last days, and its deliveries", async () => {
  for (const store of feed.stores) {
    const counted = await row(`
      WITH own AS (
        SELECT h.* FROM inventory_historicalfeedcontainerstock h
        JOIN infrastructure_feedcontainer f ON f.id = h.feed_container_id AND f.name = '${store.name}'
      ), last AS (SELECT max(history_date) - INTERVAL ${STORE_DAYS} DAY AS since FROM own)
      SELECT (SELECT count(DISTINCT history_date) FROM own, last WHERE history_date >= since)
          AS instants,
        (SELECT count(*) FROM own, last WHERE history_type = '+' AND history_date >= since)
          AS delivered,
        (SELECT count(*) FROM own WHERE history_type = '+') AS purchases`);
    const { hours, stock, deliveries, purchases } = store;
    assertEquals(counted, {
      instants: stock.length,
      delivered: deliveries.suppliers.length,
      purchases,
    });
    assertEquals(hours.length, stock.length);
    const [lows, after] = [numbersOf(deliveries.low), new Map<number, number>()];
    const instants = numbersOf(hours) as number[];
    numbersOf(stock).forEach((kg, place) => after.set(instants[place]!, kg!));
    numbersOf(deliveries.hours).forEach((hour, place) => {
      assert(lows[place]! >= 0 && lows[place]! <= after.get(hour!)!, store.name);
    });
  }
});

Deno.test("batches have eaten, cost and become what the rows say", async () => {
  const totals = await row(`SELECT
    (SELECT count(*) FROM batch_batch) AS batches,
    (SELECT CAST(sum(amount_kg) AS double) FROM inventory_feedingevent) AS kg,
    (SELECT CAST(sum(feed_cost) AS double) FROM inventory_feedingevent) AS cost,
    (SELECT sum(live_weight_kg) FROM harvest_harvestlot) +
      (SELECT sum(biomass_kg) FROM batch_batchcontainerassignment WHERE is_active) AS fish`);
  const of = (key: "feedKg" | "cost" | "fishKg") => sum(feed.batches.map((one) => one[key]));
  assertEquals(feed.batches.length, totals.batches);
  near(of("feedKg"), totals.kg as number, 0.01);
  near(of("cost"), totals.cost as number, 0.01);
  near(of("fishKg"), totals.fish as number, 0.01);
  assertEquals(feed.batches.map(({ completed }) => completed), [true, false]);
});

Deno.test("feed conversion of a stage is the feed of its weeks over their growth", async () => {
  const fry = feed.stages.find(({ name }) => name === "Fry")!;
  const counted = await row(`SELECT count(*) AS batches, min(fcr) AS least, max(fcr) AS most FROM (
    SELECT CAST(sum(total_feed_kg) AS double) / CAST(sum(growth_kg) AS double) AS fcr
    FROM inventory_containerfeedingsummary s
    JOIN batch_batchcontainerassignment a ON a.id = s.container_assignment_id
    JOIN batch_lifecyclestage l ON l.id = a.lifecycle_stage_id AND l.name = 'Fry'
    WHERE period_end = period_start + 6 GROUP BY a.batch_id)`) as Record<string, number>;
  assertEquals([fry.batches, fry.model], [counted.batches, 1]);
  near(fry.fcr[0]!, counted.least!, 5e-9);
  near(fry.fcr[4]!, counted.most!, 5e-9);
  assertEquals(feed.stages[0]!.fcr, [], "eggs are not fed");
});

Deno.test("every reading of a parameter that is shown is in a series, between its bands", async () => {
  const { parameters, series } = environment.water;
  const { readings } = await row(`SELECT count(*) AS readings
    FROM environmental_environmentalreading r
    JOIN environmental_environmentalparameter p ON p.id = r.parameter_id
    WHERE p.name IN (${parameters.map(({ name }) => `'${name}'`).join(", ")})`);
  assertEquals(sum(series.map((one) => one.readings)), readings);
  assertEquals(series.map(({ sea }) => sea).sort(), [false, false, true, true]);
  for (const { bands } of series) {
    assertEquals(bands.map(({ length }) => length), BANDS.map(() => YEAR_WEEKS));
    const values = bands.map((band) => numbersOf(band, 0.01));
    for (let week = 0; week < YEAR_WEEKS; week++) {
      const own = values.map((band) => band[week]);
      if (own[0] === null) continue;
      assertEquals(own.toSorted((a, b) => a! - b!), own);
    }
  }
  const sea = series.find((one) => one.sea && parameters[one.parameter]!.name === "Temperature")!;
  const { middle } = await row(`SELECT quantile_cont(r.value, 0.5) AS middle
    FROM environmental_environmentalreading r
    JOIN environmental_environmentalparameter p ON p.id = r.parameter_id AND p.name = 'Temperature'
    JOIN infrastructure_container c ON c.id = r.container_id AND c.area_id IS NOT NULL
    WHERE dayofyear(r.reading_time) BETWEEN 64 AND 70`) as Record<string, number>;
  near(numbersOf(sea.bands[2]!, 0.01)[9]!, middle!, 0.006);
});

Deno.test("lice are counted by week and ring, of all areas together and of each", async () => {
  const { rings, females, treated } = await row(`
    WITH counted AS (
      SELECT container_id, CAST(count_date AS date) AS day, sum(CASE WHEN lice_type_id = 4
        THEN count_value ELSE 0 END) / max(fish_sampled) AS females
      FROM health_licecount GROUP BY ALL
    )
    SELECT count(*) AS rings, CAST(sum(females) AS double) AS females,
      (SELECT count(*) FROM health_treatment WHERE treatment_type <> 'vaccination') AS treated
    FROM counted`) as Record<string, number>;
  const [type] = (await engine.ask({
    sql: `SELECT id FROM health_licetype WHERE species = 'Lepeophtheirus salmonis'
      AND gender = 'female' AND development_stage = 'adult'`,
    args: [],
    limit: 2,
    tables: [],
    own: true,
  })).map(({ id }) => id);
  assertEquals(type, 4);
  const [all, ...areas] = environment.lice;
  assertEquals([all!.area, environment.geographies[all!.geography]], [null, "Scotland"]);
  for (const sites of [[all!], areas]) {
    assertEquals(sum(sites.flatMap((site) => numbersOf(site.rings))), rings);
    assertEquals(sum(sites.flatMap((site) => site.treated.map(([, n]) => n))), treated);
    const carried = sites.flatMap((site) => {
      const means = numbersOf(site.mean, 0.01);
      return numbersOf(site.rings).map((n, place) => n! * means[place]!);
    });
    near(sum(carried), females!, rings! * 0.006);
  }
  assertEquals(environment.limits.map((limit) => limit?.months[3]), [0.5]);
});

Deno.test("scores and deaths add up to the rows", async () => {
  const { scores, deaths, stages } = environment;
  const counts = await row(`SELECT (SELECT count(*) FROM health_fishparameterscore) AS scores,
    (SELECT count(*) FROM health_fishparameterscore WHERE score = 3) AS critical,
    (SELECT sum(count) FROM batch_mortalityevent) AS dead`);
  assertEquals(counts, {
    scores: sum(scores.parameters.flatMap(({ fish }) => fish)),
    critical: sum(scores.parameters.map(({ fish }) => fish[3]!)),
    dead: sum(deaths.flatMap(({ fish }) => fish)),
  });
  assertEquals(scores.labels, ["0 Great", "1 Fair", "2 Poor", "3 Critical"]);
  assertEquals([scores.parameters.length, stages.length], [9, 6]);
  assertEquals(deaths.map(({ cause }) => cause), ["UNKNOWN"]);
});

Deno.test("an outbreak is seen in what fish died of", async () => {
  const schedule = fieldBatch({ eggs: 110_000, duration: 560 });
  const outbreaks = [{ disease: "pd", site: schedule.batches[0]!.sea!.area, date: "2024-09-01" }];
  const folder = join(root, "sick");
  await generate({
    folder,
    schedule: { ...schedule, metadata: { ...schedule.metadata, outbreaks } },
    fixtures: leanField,
    seed: 7,
    workers: 1,
  });
  const all = await reportFigures(await openDataset(folder), { threads: 1 });
  const { deaths } = all.get("environment") as EnvironmentFigures;
  const named = deaths.map(({ cause }) => cause);
  assert(named.includes("Pancreas disease"), `${named}`);
  assert(named.includes("Runts"), `${named}`);
});

Deno.test("harvest, its grades, weights and sales are those of the rows", async () => {
  const counts = await row(`SELECT count(*) AS lots, count(DISTINCT event_id) AS rings,
    sum(unit_count) AS fish, sum(live_weight_kg) AS kg,
    (SELECT count(*) FROM finance_intercompanytransaction) AS sales,
    (SELECT sum(amount) FROM finance_intercompanytransaction) AS amount FROM harvest_harvestlot`);
  const [batch, ...others] = harvest.batches;
  assertEquals(others, []);
  const { lots, rings, fish, liveKg } = batch!;
  const sales = sum(harvest.money.map((one) => one.sales));
  const amount = sum(harvest.money.map((one) => one.amount));
  assertEquals({ lots, rings, fish, kg: liveKg, sales, amount }, counts as typeof counts & object);
  assertEquals(sum(harvest.months.map((one) => one.amount)), amount);
  assertEquals(sum(harvest.byGrade.map((one) => one.fish)), fish);
  assertEquals(sum(harvest.byGrade.map((one) => one.lots)), lots);
  assertEquals(sum(harvest.weights.map((one) => one.rings)), rings);
  const mean = liveKg / fish;
  near(harvest.weights[0]!.fromKg, mean, 0.2);
});

Deno.test("figures of realism are the same as those of verify, of the columns that are read", async () => {
  const { figures: shown } = figures.get("realism") as RealismFigures;
  const asked = await figuresOf(engine, dataset.manifest);
  assertEquals(shown.map(({ id }) => id), asked.map(({ id }) => id));
  // The same of the files alone, where only the columns that the questions name are read.
  const files = await reportFigures(dataset, { threads: 1 });
  for (const list of [shown, (files.get("realism") as RealismFigures).figures]) {
    for (const [place, { id, value, n, why }] of list.entries()) {
      const expected = asked[place]!;
      assertEquals({ id, n, why }, { id: expected.id, n: expected.n, why: expected.why });
      if (value === null || expected.value === null) assertEquals(value, expected.value, id);
      else near(value, expected.value, 1e-9 * Math.max(1, Math.abs(value)));
    }
  }
  const other = (id: string) => files.get(id);
  for (const id of ["feed", "environment", "harvest", "dictionary"]) {
    assertEquals(other(id), figures.get(id), id);
  }
  assertEquals(files.get("quality"), { verified: false, groups: [] });
  assertEquals((files.get("glance") as GlanceFigures).checks, null);
});

Deno.test("data quality has every check that was run, in one group, with what came of it", () => {
  const { verified: isVerified, groups } = figures.get("quality") as QualityFigures;
  const shown = groups.flatMap(({ checks }) => checks);
  assert(isVerified && verified!.ok);
  assertEquals(
    shown.map(({ id }) => id).sort(),
    verified!.results.map(({ check }) => check.id).sort(),
  );
  assertEquals((figures.get("glance") as GlanceFigures).checks, verified!.counts);
  for (const { status, details } of shown) if (status === "skipped") assertNotEquals(details, []);
  const failing = qualityOf({
    checks: [
      { id: "C-17", title: "t", source: "s", status: "failed", details: ["id 5"] },
      { id: "FILE-KEY", title: "t", source: "s", status: "passed", details: [] },
    ],
  });
  assertEquals(
    failing.groups.map(({ name, checks }) => [name, checks.map(({ details }) => details)]),
    [["Files", [[]]], ["The whole farm", [["id 5"]]]],
  );
});

Deno.test("the dictionary has every table and column, with rows and where links lead", () => {
  assertEquals(tables.map(({ name }) => name), allTables.map(({ name }) => name));
  for (const { name, rows, columns } of tables) {
    assertEquals(rows, dataset.manifest.tables[name]?.rows ?? null, name);
    const table = allTables.find((one) => one.name === name)!;
    assertEquals(
      columns.map((one) => [one.name, one.type, one.of]),
      table.columns.map((one) => [one.name, one.type, one.references?.table]),
    );
    for (const { of } of columns) {
      assert(of === undefined || tables.some((one) => one.name === of), `${name}: ${of}`);
    }
  }
});

function flat(one: RelatedTable): readonly RelatedTable[] {
  return [one, ...one.children.flatMap(flat)];
}

Deno.test("around a batch stands every table with rows that leads to it, once, under one it refers to", () => {
  const { batch, referred, deepest } = batchRelations(tables);
  const around = flat(batch);
  const names = around.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  const filled = tables.filter(({ rows, historyOf }) => (rows ?? 0) > 0 && historyOf === undefined);
  // By a walk of its own: whatever refers to something that leads to a batch.
  const leads = new Set([BATCH_TABLE]);
  const up = new Set(referred.map(({ name }) => name));
  for (let before = 0; before < leads.size;) {
    before = leads.size;
    for (const { name, columns } of filled) {
      if (!up.has(name) && columns.some(({ of }) => of !== undefined && leads.has(of))) {
        leads.add(name);
      }
    }
  }
  assertEquals(new Set(names), leads);
  for (const { name, parent, depth } of around.slice(1)) {
    const table = tables.find((one) => one.name === name)!;
    assert(table.columns.some(({ of }) => of === parent), `${name} does not refer to ${parent}`);
    const depthOf = (of: string | undefined) => around.find((one) => one.name === of)?.depth ?? -1;
    assertEquals(depth, depthOf(parent) + 1);
    // No other that it has to refer to is farther away.
    const must = table.columns.filter(({ optional }) => !optional);
    assert(must.every(({ of }) => of === name || depthOf(of) < depth), name);
  }
  assertEquals(Math.max(...around.map(({ depth }) => depth)), deepest);
});
