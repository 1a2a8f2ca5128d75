// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { tablesOfExtensions } from "../../../src/postgres/extensions.ts";
import { rebuildDataset } from "../believed.ts";
import { connect } from "../../../src/postgres/target.ts";
import { ask, startTestServer } from "../databases.ts";
import { catalogDifference, fullCatalogOf, generateFarm, LARGE, migrated } from "./farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const READINGS = "environmental_environmentalreading";
const SCORES = "batch_individualgrowthobservation";

const folder = join(test.folder, "farm");
const { manifest } = await generateFarm(folder);

/** The lists of both extensions, without the extensions, which cannot be had here. */
const FAKED = `
  create schema timescaledb_information;
  create table timescaledb_information.hypertables (hypertable_schema name, hypertable_name name);
  insert into timescaledb_information.hypertables values
    ('public', '${READINGS}'), ('elsewhere', 'batch_mortalityevent');
  set allow_system_table_mods = on;
  create table pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char");
  insert into pg_catalog.pg_dist_partition values ('${SCORES}', 'h')`;

Deno.test("tables of TimescaleDB and Citus are recognized by the extensions' own lists", async () => {
  const url = await migrated(test);
  const target = await connect(url);
  assertEquals(await tablesOfExtensions(target), []);
  await target.query(FAKED);
  assertEquals(await tablesOfExtensions(target), [READINGS, SCORES]);
  await target.close();
});

Deno.test("what an extension manages keeps its indexes and comes in order of time", async () => {
  const url = await migrated(test);
  await ask(
    url,
    FAKED,
    // Every part leaves its first day, its transaction, and the number of keys it was copied with.
    `create table seen (at serial, day timestamptz, tx xid8, keys int);
     create function look() returns trigger language plpgsql as $$
     begin
       insert into seen (day, tx, keys)
       select min(reading_time), pg_current_xact_id(), (select count(*)
         from pg_index where indrelid = '${READINGS}'::regclass) from added;
       return null;
     end $$;
     create trigger looking after insert on ${READINGS} referencing new table as added
       for each statement execute function look()`,
  );
  const before = await fullCatalogOf(url);
  const [[keys] = []] = await ask(
    url,
    `select count(*)::int from pg_index where indrelid = '${READINGS}'::regclass`,
  );
  const report = await rebuildDataset(folder, { url, large: LARGE });
  assert(report.rebuilt.length > 3);
  assert(!report.rebuilt.includes(READINGS) && !report.rebuilt.includes(SCORES));
  const seen = await ask(
    url,
    `select bool_and(day > coalesce(earlier, '-infinity')), count(distinct tx)::int, min(keys), max(keys)
     from (select *, lag(day) over (order by at) as earlier from seen) seen`,
  );
  const { parts } = manifest.tables[READINGS]!;
  assertEquals(seen, [[true, parts.length, keys, keys]]);
  assertEquals(catalogDifference(before, await fullCatalogOf(url)), []);
});
