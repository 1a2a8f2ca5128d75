// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { schemaMappingTo } from "../../src/aquamind/target_schema.ts";
import { qualified } from "../../src/postgres/identifier.ts";
import { connect, type Target } from "../../src/postgres/target.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { startTestServer } from "../load/databases.ts";
import { freshAquamind } from "./build.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const mapping = schemaMappingTo("2026-03");
const folder = join(test.folder, "dataset");
const { manifest } = await generateSmall(folder);

/** Tables that a fresh database has rows in; the dataset's are put in their place. */
const REPLACED = ["health_healthparameter", "health_licetype", "health_mortalityreason"];

/** The dataset's rows in their tables, through staging tables with the dataset's columns. */
async function stageAll(target: Target, { tables }: ReddManifest): Promise<void> {
  for (const [name, { parts }] of Object.entries(tables)) {
    if (name === "django_content_type" || name === "auth_permission") continue;
    const table = tableNamed(name);
    const without = mapping.without[name] ?? [];
    const given = Object.entries(mapping.columns[name] ?? {});
    const kept = table.columns.map((column) => `"${column.name}"`);
    const values = kept.filter((column) => !without.includes(column.slice(1, -1)));
    const columns = table.columns.map((column) => `"${column.name}" ${column.type}`);
    if (REPLACED.includes(name)) await target.query(`delete from ${name}`);
    await target.query(`create temporary table staging (${columns.join(", ")})`);
    for (const { path } of parts) {
      const copy = await target.copy("copy staging from stdin (format csv, header)");
      await copy.write(await Deno.readFile(join(folder, path)));
      await copy.finish();
    }
    await target.query(
      `insert into ${name} (${[...values, ...given.map(([column]) => column)].join(", ")})
       select ${[...values.map((one) => `s.${one}`), ...given.map(([, sql]) => sql)].join(", ")}
       from staging s`,
    );
    await target.query("drop table staging");
  }
}

async function add(target: Target): Promise<void> {
  for (const { sql } of mapping.additions("public")) await target.query(sql);
}

async function load(url: string): Promise<void> {
  const target = await connect(url);
  try {
    await target.query("begin; set constraints all deferred");
    await stageAll(target, manifest);
    await add(target);
    await target.query("set constraints all immediate");
    await target.query("commit");
  } finally {
    await target.close();
  }
}

const url = await freshAquamind(test, "2026-03");
await load(url);

/** Works on the loaded dataset; what it changes is judged by the foreign keys and taken back. */
async function loaded(work: (target: Target) => Promise<void>): Promise<void> {
  const target = await connect(url);
  try {
    await target.query("begin; set constraints all deferred");
    await work(target);
    await target.query("set constraints all immediate");
    await target.query("rollback");
  } finally {
    await target.close();
  }
}

/** Rows as JSON, so that numbers, texts and times compare as they are written. */
async function rowsOf(target: Target, query: string): Promise<readonly unknown[]> {
  const rows = await target.query<{ row: unknown }>(
    `select row_to_json(q)::text as row from (${query}) q`,
  );
  return rows.map(({ row }) => JSON.parse(String(row)));
}

const counts = (target: Target) =>
  rowsOf(
    target,
    mapping.tables.map(({ name }) => `select '${name}' as name, count(*) as rows from ${name}`)
      .join(" union all "),
  );

const AT = "2024-01-15T00:00:00+00:00";

Deno.test("actions are carried out when they are saved, and their history says so too", async () => {
  await loaded(async (target) => {
    for (const table of ["batch_transferaction", "batch_historicaltransferaction"]) {
      const query = `select executed_at, count(*) as n from ${table} group by executed_at`;
      assertEquals(await rowsOf(target, query), [
        { executed_at: "2024-04-14T00:00:00+00:00", n: 10 },
      ]);
    }
  });
});

Deno.test("a projected scenario gets its run, and day and batch belong to it", async () => {
  await loaded(async (target) => {
    const [run] = await rowsOf(target, "select * from scenario_projection_run") as {
      parameters_snapshot: Record<string, Record<string, unknown>>;
    }[];
    const { parameters_snapshot: snapshot, ...rest } = run!;
    const [last] = await rowsOf(
      target,
      "select average_weight, biomass from scenario_scenarioprojection where day_number = 760",
    ) as { average_weight: number; biomass: number }[];
    assert(last!.average_weight > 5000 && last!.average_weight < 7000);
    assertEquals(rest, {
      run_id: 1,
      run_date: AT,
      run_number: 1,
      label: "",
      notes: "",
      total_projections: 760,
      final_weight_g: last!.average_weight,
      final_biomass_kg: last!.biomass,
      created_at: AT,
      updated_at: AT,
      created_by_id: null,
      scenario_id: 1,
    });
    assertEquals(Object.keys(snapshot).sort(), ["fcr", "mortality", "scenario", "tgc"]);
    assertEquals(snapshot.scenario, {
      start_date: "2024-01-15",
      duration_days: 760,
      initial_count: 100_000,
      initial_weight: 0.1,
      genotype: "Standard Scotland",
      supplier: "External",
    });
    assertEquals(snapshot.mortality, {
      model: "Standard Mortality",
      frequency: "daily",
      rate: 0.03,
    });
    const stages = (model: string) => snapshot[model]!.stages as Record<string, unknown>[];
    assertEquals(
      stages("tgc").map(({ stage, tgc_value }) => [stage, tgc_value]),
      [["Egg&Alevin", 0], ["Fry", 2.25], ["Parr", 2.75], ["Smolt", 2.75], ["Post-Smolt", 3.25], [
        "Adult",
        3.1,
      ]],
    );
    assertEquals(stages("fcr").map(({ fcr_value }) => fcr_value), [0, 1, 1.1, 1, 1.1, 1.2]);
    assertEquals(snapshot.tgc!.tgc_value, 2.35);
    assertEquals(snapshot.tgc!.temperature_profile, "Scotland Sea Temperature");
    assertEquals(
      await rowsOf(
        target,
        `select b.id, b.pinned_projection_run_id as pinned, count(p.projection_id) as days
         from batch_batch b
         join scenario_projection_run r on r.run_id = b.pinned_projection_run_id
         join scenario_scenarioprojection p on p.projection_run_id = r.run_id group by b.id`,
      ),
      [{ id: 1, pinned: 1, days: 760 }],
    );
  });
});

Deno.test("the first assignment of a batch makes a site, a project and a link, with history", async () => {
  await loaded(async (target) => {
    const [site] = await rowsOf(
      target,
      `select site_id, site_name, company_id from finance_dimsite where site_name = (
         select min(f.name) from infrastructure_freshwaterstation f
         join infrastructure_hall h on h.freshwater_station_id = f.id
         join infrastructure_container c on c.hall_id = h.id
         join batch_batchcontainerassignment a on a.container_id = c.id)`,
    ) as { site_id: number; site_name: string; company_id: number }[];
    const common = {
      is_active: true,
      created_at: AT,
      updated_at: AT,
      company_id: site!.company_id,
      site_id: site!.site_id,
    };
    const centres = [{
      ...common,
      cost_center_id: 1,
      code: `SITE-${site!.site_id}`,
      name: site!.site_name,
      cost_center_type: "SITE",
      description: `Costs at ${site!.site_name}`,
      parent_id: null,
    }, {
      ...common,
      cost_center_id: 2,
      code: "PRJ-1",
      name: `${site!.site_name}-SCO-2024-001:JAN`,
      cost_center_type: "PROJECT",
      description: "Costs of SCO-2024-001",
      parent_id: 1,
    }];
    const link = { link_id: 1, linked_at: AT, batch_id: 1, cost_center_id: 2, created_by_id: null };
    const history = {
      history_date: AT,
      history_change_reason: null,
      history_type: "+",
      history_user_id: null,
    };
    const all = (table: string, key: string) =>
      rowsOf(target, `select * from finance_core_${table} order by ${key}`);
    assertEquals(await all("costcenter", "cost_center_id"), centres);
    assertEquals(await all("costcenterbatchlink", "link_id"), [link]);
    assertEquals(
      await all("historicalcostcenter", "history_id"),
      centres.map((centre, i) => ({ ...centre, ...history, history_id: i + 1 })),
    );
    assertEquals(await all("historicalcostcenterbatchlink", "history_id"), [
      { ...link, ...history, history_id: 1 },
    ]);
  });
});

/** A second batch at the same station, a third that begins at sea, and a scenario without days. */
const LATER = [
  `insert into batch_batch (id, batch_number, status, start_date, notes, created_at, updated_at,
     lifecycle_stage_id, species_id, batch_type, pinned_projection_run_id)
   select new.id, new.number, status, start_date, notes, created_at, updated_at,
     lifecycle_stage_id, species_id, batch_type, new.run
   from batch_batch, (values (2, 'SCO-2024-002', 2), (3, 'SCO-2024-003', null))
     new (id, number, run)`,
  `insert into batch_batchcontainerassignment (id, population_count, biomass_kg, assignment_date,
     is_active, notes, created_at, updated_at, batch_id, container_id, lifecycle_stage_id)
   select 1000 * new.id, 1, 1, date '2024-05-01', true, '', '2024-05-01T00:00Z',
     '2024-05-01T00:00Z', new.id, new.container, 1
   from (
     select 2 as id, container_id as container from batch_batchcontainerassignment where id = 1
     union all
     select 3, min(id) from infrastructure_container where area_id is not null
   ) new`,
  `insert into batch_batchcontainerassignment (id, population_count, biomass_kg, assignment_date,
     is_active, notes, created_at, updated_at, batch_id, container_id, lifecycle_stage_id)
   select 5000, 1, 1, date '2024-06-01', true, '', '2024-06-01T00:00Z', '2024-06-01T00:00Z', 2,
     max(id), 1 from infrastructure_container where area_id is not null`,
  `insert into scenario (scenario_id, name, start_date, duration_days, initial_count, genotype,
     supplier, initial_weight, created_at, updated_at, batch_id, fcr_model_id, mortality_model_id,
     tgc_model_id)
   select new.id, new.name, start_date, 3, initial_count, genotype, supplier, initial_weight,
     created_at, updated_at, 2, fcr_model_id, mortality_model_id, tgc_model_id
   from scenario, (values (2, 'three days'), (3, 'not projected')) new (id, name)`,
  `insert into scenario_scenarioprojection (projection_id, projection_date, day_number,
     average_weight, population, biomass, daily_feed, cumulative_feed, temperature, created_at,
     updated_at, current_stage_id, projection_run_id)
   select 10000 - projection_id, projection_date, day_number, day_number * 1.5, population,
     day_number * 2.5, daily_feed, cumulative_feed, temperature, created_at, updated_at,
     current_stage_id, 2
   from scenario_scenarioprojection where projection_run_id = 1 and day_number < 4`,
];

Deno.test("additions that are made again add what is missing, and only that", async () => {
  await loaded(async (target) => {
    const rows = (...numbers: number[]) =>
      mapping.tables.map(({ name }, i) => ({ name, rows: numbers[i] }));
    assertEquals(await counts(target), rows(1, 2, 1, 2, 1));
    const before = await rowsOf(target, "select * from finance_core_costcenter");
    await add(target);
    assertEquals(await counts(target), rows(1, 2, 1, 2, 1));
    for (const statement of LATER) await target.query(statement);
    await add(target);
    assertEquals(await counts(target), rows(2, 5, 3, 5, 3));
    const after = await rowsOf(
      target,
      "select * from finance_core_costcenter order by cost_center_id",
    );
    assertEquals(after.slice(0, 2), before);
    assertEquals(
      await rowsOf(
        target,
        `select c.cost_center_id as id, c.code like 'SITE-%' as site, s.source_model, p.code = 'SITE-' ||
           c.site_id as below, substring(c.name from ':.*') as month, l.batch_id
         from finance_core_costcenter c join finance_dimsite s using (site_id)
         left join finance_core_costcenter p on p.cost_center_id = c.parent_id
         left join finance_core_costcenterbatchlink l on l.cost_center_id = c.cost_center_id
         where c.cost_center_id > 2 order by 1`,
      ),
      [
        { id: 3, site: true, source_model: "area", below: null, month: null, batch_id: null },
        { id: 4, site: false, source_model: "station", below: true, month: ":MAY", batch_id: 2 },
        { id: 5, site: false, source_model: "area", below: true, month: ":MAY", batch_id: 3 },
      ],
    );
    assertEquals(
      await rowsOf(
        target,
        `select run_id, scenario_id, total_projections, final_weight_g, final_biomass_kg
         from scenario_projection_run where run_id > 1`,
      ),
      [{
        run_id: 2,
        scenario_id: 2,
        total_projections: 3,
        final_weight_g: 4.5,
        final_biomass_kg: 7.5,
      }],
    );
  });
});

Deno.test("a scenario that a batch is compared with gets a run without days as well", async () => {
  await loaded(async (target) => {
    for (const statement of LATER) await target.query(statement);
    await target.query("update batch_batch set pinned_projection_run_id = 3 where id = 3");
    await add(target);
    assertEquals(
      await rowsOf(
        target,
        `select run_id, scenario_id, total_projections, final_weight_g, final_biomass_kg
         from scenario_projection_run where run_id > 2`,
      ),
      [{
        run_id: 3,
        scenario_id: 3,
        total_projections: 0,
        final_weight_g: null,
        final_biomass_kg: null,
      }],
    );
  });
});

/** A project of a batch that somebody has deleted, and what the history has of its link. */
const LEFT_BEHIND = [
  `insert into finance_core_costcenter (cost_center_id, code, name, cost_center_type, description,
     is_active, created_at, updated_at, company_id)
   select 90, 'PRJ-999', 'old', 'PROJECT', '', true, now(), now(), min(company_id)
   from finance_dimcompany`,
  `insert into finance_core_historicalcostcenterbatchlink (link_id, linked_at, history_date,
     history_type, batch_id, cost_center_id) values (90, now(), now(), '-', 999, 90)`,
];

/** A rule of the application's on the project of batch 3. */
const RULE = `insert into finance_core_allocationrule (name, effective_from, rule_definition,
    is_active, created_at, updated_at, cost_center_id)
  select 'own', '2024-01-01', '{}', true, now(), now(), cost_center_id
  from finance_core_costcenter where code = 'PRJ-3'`;

for (
  const [what, gone, left] of [
    ["of the batches that went", { batch_batch: [2, 3], scenario: [2, 3] }, ["PRJ-3", "PRJ-999"]],
    ["of one of the batches", { batch_batch: [2, 2], scenario: [2, 3] }, ["PRJ-3", "PRJ-999"]],
    ["of any batch that is not there", undefined, ["PRJ-3"]],
  ] as const
) {
  Deno.test(`a sweeping takes what is ${what}, and no centre with a rule`, async () => {
    await loaded(async (target) => {
      for (const statement of [...LATER, ...LEFT_BEHIND]) await target.query(statement);
      await add(target);
      await target.query(RULE);
      await target.query("delete from scenario_scenarioprojection where projection_run_id > 1");
      await target.query("delete from scenario where scenario_id > 1");
      await target.query("delete from batch_batchcontainerassignment where batch_id > 1");
      await target.query("delete from batch_batch where id > 1");
      for (const sql of mapping.sweepings("public", gone)) await target.query(sql);
      const values = async (query: string) =>
        (await rowsOf(target, query) as { value: unknown }[]).map(({ value }) => value);
      const projects = "cost_center_type = 'PROJECT' and code <> 'PRJ-1' order by code";
      assertEquals(
        await values(`select code as value from finance_core_costcenter where ${projects}`),
        [...left],
      );
      assertEquals(
        await values(`select code as value from finance_core_historicalcostcenter
          where ${projects}`),
        [...left],
      );
      assertEquals(
        await values(`select batch_id as value from finance_core_historicalcostcenterbatchlink
          order by 1`),
        gone === undefined ? [1] : gone.batch_batch[1] === 2 ? [1, 3, 999] : [1, 999],
      );
      assertEquals(await values("select run_id as value from scenario_projection_run"), [1]);
      if (gone?.batch_batch[1] === 2) {
        await target.query("delete from finance_core_costcenterbatchlink where batch_id = 3");
      }
    });
  });
}

Deno.test("the sources are the tables that additions read", () => {
  const texts = mapping.additions("public").map(({ sql }) => sql).join(";");
  const read = allTables.filter(({ name }) => texts.includes(`${qualified("public", name)} `));
  assert(read.length > 10);
  assertEquals(read.map(({ name }) => name).sort(), [...mapping.sources].sort());
});

Deno.test("the dataset's columns can be told from the rows of the target", async () => {
  await loaded(async (target) => {
    for (const [name, lost] of Object.entries(mapping.without)) {
      const table = tableNamed(name);
      const [key] = table.primaryKey.columns;
      const header = table.columns.map((column) => column.name);
      const { parts } = manifest.tables[name]!;
      const lines = (await Promise.all(parts.map(({ path }) =>
        Deno.readTextFile(join(folder, path))
      ))).flatMap((text) => text.trimEnd().split("\n").slice(1));
      for (const column of lost) {
        const at = header.indexOf(column) - header.length;
        const wanted = lines.map((line) =>
          line.split(",").at(at)
        );
        const found = await target.query<{ value: string }>(
          `select coalesce((${mapping.back[name]![column]})::text, '') as value
           from ${name} t order by ${key}`,
        );
        assertEquals(found.map(({ value }) => value), wanted);
      }
    }
  });
});
