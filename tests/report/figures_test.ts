/** The figures of the report's sections, held against the rows that they are made of. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { digestOfDataset } from "../../src/dataset/manifest_digest.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { ReddError } from "../../src/errors.ts";
import { allSectionFigures, columnsRead } from "../../src/report/data/all.ts";
import type { BatchFigures, BatchLife } from "../../src/report/data/batch.ts";
import { type GlanceFigures } from "../../src/report/data/glance.ts";
import type { OccupancyFigures } from "../../src/report/data/occupancy.ts";
import { type Deltas, deltasOf } from "../../src/report/data/series.ts";
import type { StockFigures } from "../../src/report/data/stock.ts";
import { BATCH_UNITS, STOCK_STEP } from "../../src/report/data/steps.ts";
import { numbersOf } from "../../src/page/series.ts";
import { reportFigures } from "../../src/report/report.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { nineDigits } from "../../src/figures/nine_digits.ts";
import { openFilesEngine } from "../../src/verify/engines/files.ts";
import { copyTree } from "../generate/files.ts";
import { fc } from "../random.ts";
import { near, rowOf, sum } from "./asked.ts";
import { grownFarm } from "./grown.ts";

const root = await Deno.makeTempDir();
const dataset = await grownFarm(root);
const engine = await openFilesEngine(dataset, { threads: 1 });
Deno.test.afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await Deno.remove(root, { recursive: true });
});

const figures = await reportFigures(dataset, { threads: 1 });
const glance = figures.get("glance") as GlanceFigures;
const occupancy = figures.get("occupancy") as OccupancyFigures;
const batch = figures.get("batch") as BatchFigures;
const stock = figures.get("stock") as StockFigures;
const [first, second] = batch.batches as [BatchLife, BatchLife];

const row = (sql: string) => rowOf(engine, sql);

Deno.test("the figures are the same with other threads and other memory, to the last digit", async () => {
  const again = await reportFigures(dataset, { threads: 3, memory: 900 });
  assertEquals(JSON.stringify([...again]), JSON.stringify([...figures]));
  // A farm of two batches is too small for threads to share its rows: no number tells of them.
  const long = JSON.stringify([...figures]).match(/(?<=[[,:])-?\d+\.\d+(?:e[-+]?\d+)?(?=[\],}])/g)!
    .filter((number) => number !== String(nineDigits(Number(number))));
  assertEquals(long, []);
});

Deno.test("every section has an id of its own and reads columns that there are", () => {
  const ids = allSectionFigures.map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
  for (const [name, columns] of columnsRead()) {
    const known = tableNamed(name).columns.map((one) => one.name);
    assertEquals([...columns].filter((one) => !known.includes(one)), [], name);
  }
});

Deno.test("the farm at a glance has the sums of the rows and the words of the manifest", async () => {
  const { manifest } = dataset;
  assertEquals(
    [glance.title, glance.rows, glance.bytes, glance.seed, glance.profile, glance.version],
    ["farm", manifest.rows, manifest.bytes, 7, "documented", manifest.version],
  );
  assertEquals(
    { ...await row("SELECT sum(egg_count_actual) AS eggs FROM batch_creationaction") },
    { eggs: glance.eggs },
  );
  assertEquals(
    await row(`SELECT max(date) AS day FROM batch_actualdailyassignmentstate`),
    { day: glance.lastDay },
  );
  const { fish, deaths, harvested } = await row(`SELECT
    (SELECT sum(population) FROM batch_actualdailyassignmentstate
      WHERE date = DATE '${glance.lastDay}') AS fish,
    (SELECT sum(count) FROM batch_mortalityevent) AS deaths,
    (SELECT sum(unit_count) FROM harvest_harvestlot) AS harvested`) as Record<string, number>;
  assertEquals([glance.fish, glance.deaths, glance.harvestedFish], [fish, deaths, harvested]);
  // No fish is lost on the page either.
  assertEquals(glance.eggs, glance.fish + glance.deaths + glance.harvestedFish);
  assertEquals(glance.batches, { all: 2, active: 1, completed: 1 });
  assertEquals(glance.geographies, [{ name: "Scotland", count: 2 }]);
  assertEquals(
    glance.stages.filter(({ count }) => count > 0),
    [{ name: second.stage, count: 1 }],
  );
});

Deno.test("the digest is the one that generate and load print", () => {
  assertEquals(glance.digest, digestOfDataset(dataset.manifest));
});

Deno.test("occupancy has every batch at every site and stage, with its days and most fish", async () => {
  const place = `coalesce('h' || c.hall_id, 'a' || c.area_id)`;
  const { stays, sites, days, most } = await row(`SELECT count(*) AS stays,
      count(DISTINCT site) AS sites, sum(days) AS days, max(most) AS most FROM (
    SELECT batch_id, site, stage, count(DISTINCT date) AS days, max(fish) AS most FROM (
      SELECT d.batch_id, ${place} AS site, d.lifecycle_stage_id AS stage, d.date,
        sum(d.population) AS fish
      FROM batch_actualdailyassignmentstate d
      JOIN infrastructure_container c ON c.id = d.container_id GROUP BY ALL
    ) GROUP BY ALL)`) as Record<string, number>;
  assertEquals(occupancy.stays.length, stays);
  assertEquals(occupancy.sites.length, sites);
  assertEquals(sum(occupancy.stays.map((stay) => stay[4])), days);
  assertEquals(Math.max(...occupancy.stays.map((stay) => stay[5])), most);
  assertEquals(occupancy.batches, [first.number, second.number]);
  const all = sum(occupancy.unused.map(({ halls, areas }) => halls + areas));
  const { there } = await row(`SELECT (SELECT count(*) FROM infrastructure_hall)
    + (SELECT count(*) FROM infrastructure_area) AS there`);
  assertEquals(occupancy.sites.length + all, there);
});

Deno.test("a batch has the deaths, samples, feed, treatments and harvests of its rows", async () => {
  for (const [id, life] of [[1, first], [2, second]] as const) {
    const counts = await row(`SELECT
      (SELECT sum(count) FROM batch_mortalityevent WHERE batch_id = ${id}) AS deaths,
      (SELECT count(DISTINCT sample_date) FROM batch_growthsample g
        JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id WHERE a.batch_id = ${id})
        AS samples,
      (SELECT count(*) FROM inventory_batchfeedingsummary
        WHERE batch_id = ${id} AND period_end = period_start + 6) AS weeks,
      (SELECT count(*) FROM batch_batchtransferworkflow WHERE batch_id = ${id}) AS transfers,
      (SELECT count(*) FROM health_treatment WHERE batch_id = ${id}) AS treated,
      (SELECT coalesce(sum(l.unit_count), 0) FROM harvest_harvestlot l
        JOIN harvest_harvestevent e ON e.id = l.event_id WHERE e.batch_id = ${id}) AS harvested,
      (SELECT count(*) FROM scenario_scenarioprojection p JOIN scenario s USING (scenario_id)
        WHERE s.batch_id = ${id} AND (p.day_number - 1) % 7 = 0) AS projected`);
    const harvested = sum(life.harvests.map(({ fish }) => fish));
    assertEquals(counts, {
      deaths: sum(numbersOf(life.deaths)),
      samples: life.samples.day.length,
      weeks: life.feeding.day.length,
      transfers: life.transfers.length,
      treated: sum(life.treatments.map(({ containers }) => containers)),
      harvested,
      projected: life.projection.length,
    });
    assertEquals(sum(life.grades.map(({ fish }) => fish)), harvested);
  }
  assert(first.harvests.length > 0 && first.treatments.length > 0);
  assertEquals([second.harvests, second.end], [[], null]);
});

Deno.test("a batch's weeks are those days of its states, and its samples their own means", async () => {
  const week = 40;
  const day = new Date(Date.parse(first.start) + week * 7 * 86_400_000).toISOString().slice(0, 10);
  const state = await row(`SELECT sum(population) AS fish,
      sum(biomass_kg) * 1000 / sum(population) AS weight
    FROM batch_actualdailyassignmentstate WHERE batch_id = 1 AND date = DATE '${day}'`);
  assertEquals(numbersOf(first.weeks.fish)[week], state.fish);
  near(numbersOf(first.weeks.weight, BATCH_UNITS.weight)[week]!, state.weight as number, 0.05);
  const days = numbersOf(first.samples.day);
  const at = days.length - 1;
  const sampled = await row(`SELECT avg(g.avg_weight_g) AS weight, min(g.min_weight_g) AS least,
      max(g.max_weight_g) AS most
    FROM batch_growthsample g JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id
    WHERE a.batch_id = 1 AND g.sample_date = DATE '${first.start}' + ${days[at]}`);
  const grams = (deltas: Deltas) => numbersOf(deltas, BATCH_UNITS.weight)[at]!;
  near(grams(first.samples.weight), sampled.weight as number, 0.02);
  near(grams(first.samples.least), sampled.least as number, 0.006);
  near(grams(first.samples.most), sampled.most as number, 0.006);
});

Deno.test("what lives on the last day is the same by stage and geography as on the whole farm", () => {
  const last = (deltas: Deltas) => numbersOf(deltas).at(-1)!;
  assertEquals(sum(stock.series.map(({ fish }) => last(fish))), glance.fish);
  near(sum(stock.series.map(({ biomass }) => last(biomass))), glance.biomass, 6);
  for (const { fish, biomass } of stock.series) {
    assertEquals([fish.length, biomass.length], [stock.days, stock.days]);
  }
  const end = Date.parse(stock.first) + (stock.days - 1) * STOCK_STEP * 86_400_000;
  assertEquals(new Date(end).toISOString().slice(0, 10), glance.lastDay);
});

Deno.test("a packed series is unpacked to what it was, gaps included", () => {
  const numbers = fc.array(fc.option(fc.integer({ min: -1e9, max: 1e9 })));
  fc.assert(fc.property(numbers, (values) => {
    assertEquals(numbersOf(deltasOf(values)), values);
  }));
  assertEquals(
    numbersOf(deltasOf([0.129, null, 5000.004], 0.01), 0.01).map((value) =>
      value === null ? null : Math.round(value * 100)
    ),
    [13, null, 500000],
  );
});

Deno.test("figures are plain JSON, and those of the same dataset are the same", async () => {
  assertEquals(JSON.parse(JSON.stringify([...figures])), [...figures]);
  assertEquals([...await reportFigures(dataset, { threads: 1 })], [...figures]);
});

Deno.test("a file that cannot be read is named, with its line, and what to do", async () => {
  copyTree(join(root, "farm"), join(root, "broken"));
  const broken = await openDataset(join(root, "broken"), { believed: true });
  const file = join(root, "broken/data/batch_mortalityevent/2024-03.csv");
  const text = await Deno.readTextFile(file);
  const lines = text.split("\n");
  lines[2] = lines[2]!.replace(/,\d+,/, ",x,").padEnd(lines[2]!.length, " ");
  await Deno.writeTextFile(file, lines.join("\n"));
  const failure = await assertRejects(() => reportFigures(broken, { threads: 1 }), ReddError);
  assertEquals([failure.fault, failure.code], ["input", "PART_UNREADABLE"]);
  assert(
    /batch_mortalityevent\/2024-03\.csv, line 3: .*x.*Run verify/.test(failure.message),
    failure.message,
  );
});

Deno.test("a report that is interrupted says that nothing has changed", async () => {
  const stop = AbortSignal.abort();
  const failure = await assertRejects(
    () => reportFigures(dataset, { threads: 1, signal: stop }),
    ReddError,
  );
  assertEquals(failure.fault, "interrupted");
  assert(
    failure.message.startsWith(`Cannot finish the report on ${dataset.name}`),
    failure.message,
  );
});

Deno.test("a table that an earlier version did not have is taken for an empty one", async () => {
  const { manifest } = await openDataset(join(root, "farm"));
  const { health_treatment: _, ...tables } = manifest.tables;
  const older = { ...dataset, manifest: { ...manifest, tables } };
  const { batches } = (await reportFigures(older, { threads: 1 })).get("batch") as BatchFigures;
  assertEquals(batches.map(({ treatments }) => treatments), [[], []]);
});
