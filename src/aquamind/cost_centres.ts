/** The cost centres that AquaMind of 2026-03 makes when a batch comes into its first container. */
import { qualified } from "../postgres/identifier.ts";
import type { Addition, Gone } from "./schema_mapping.ts";
import { isGone } from "./gone.ts";

/**
 * A cost centre for every site at which a batch began, one for every batch below it, and the link
 * of the batch, each with its '+' in the history.
 *
 * The application makes them when the first assignment of a batch is saved and leaves the batch
 * alone from then on: sites to which fish are only moved get none. The site is the station of the
 * container's hall or its area; the company is the site's. Everything is dated at the creation of
 * that assignment, the links name no user, and ids are the next of their sequences, in the order of
 * assignments. Nothing of it depends on what changes later, so rows stay as they were made.
 */
export function addCostCentres(schema: string): readonly Addition[] {
  const named = (name: string) => qualified(schema, name);
  const centres = named("finance_core_costcenter");
  const links = named("finance_core_costcenterbatchlink");
  // Batches without a link, with the first assignment that is at a site.
  const begun = `select distinct on (a.batch_id) a.batch_id, b.batch_number, a.id as assignment_id,
    a.assignment_date, a.created_at as at, site.site_id, site.site_name, site.company_id,
    'SITE-' || site.site_id::text as site_code, 'PRJ-' || a.batch_id::text as project_code
  from ${named("batch_batchcontainerassignment")} a
  join ${named("batch_batch")} b on b.id = a.batch_id
  join ${named("infrastructure_container")} c on c.id = a.container_id
  left join ${named("infrastructure_hall")} h on h.id = c.hall_id
  join ${named("finance_dimsite")} site on (site.source_model, site.source_pk) in (
    ('station', h.freshwater_station_id), ('area', c.area_id))
  where not exists (select from ${links} l where l.batch_id = a.batch_id)
  order by a.batch_id, a.created_at, a.id`;
  const isNew = (row: string, code: string) =>
    `not exists (
  select from ${centres} k where (k.company_id, k.code) = (${row}.company_id, ${row}.${code}))`;
  const insertCentre =
    `insert into ${centres} (code, name, cost_center_type, description, is_active,
  created_at, updated_at, company_id, parent_id, site_id)`;
  return [
    {
      table: "finance_core_costcenter",
      rows: "the cost centre of every site at which a batch began",
      sql: `${insertCentre}
select site_code, site_name, 'SITE', 'Costs at ' || site_name, true, at, at, company_id, null,
  site_id
from (
  select distinct on (site_id) * from (${begun}) begun order by site_id, at, assignment_id
) first
where ${isNew("first", "site_code")}
order by at, assignment_id`,
    },
    {
      table: "finance_core_costcenter",
      rows: "the project of every batch",
      sql: `${insertCentre}
select project_code, site_name || '-' || batch_number || ':' || to_char(assignment_date, 'MON'),
  'PROJECT', 'Costs of ' || batch_number, true, at, at, begun.company_id, parent.cost_center_id,
  begun.site_id
from (${begun}) begun
join ${centres} parent on (parent.company_id, parent.code) = (begun.company_id, begun.site_code)
where ${isNew("begun", "project_code")}
order by at, assignment_id`,
    },
    {
      table: "finance_core_costcenterbatchlink",
      rows: "the link of every batch to its project",
      sql: `insert into ${links} (linked_at, batch_id, cost_center_id, created_by_id)
select at, batch_id, project.cost_center_id, null
from (${begun}) begun
join ${centres} project on (project.company_id, project.code) = (begun.company_id, project_code)
order by at, assignment_id`,
    },
    {
      table: "finance_core_historicalcostcenter",
      rows: "the making of these cost centres",
      sql: `insert into ${named("finance_core_historicalcostcenter")} (cost_center_id, code, name,
  cost_center_type, description, is_active, created_at, updated_at, history_date,
  history_change_reason, history_type, company_id, history_user_id, parent_id, site_id)
select cost_center_id, code, name, cost_center_type, description, is_active, created_at, updated_at,
  created_at, null, '+', company_id, null, parent_id, site_id
from ${centres} c
where cost_center_type in ('SITE', 'PROJECT') and not exists (
  select from ${named("finance_core_historicalcostcenter")} h
  where h.cost_center_id = c.cost_center_id)
order by created_at, cost_center_id`,
    },
    {
      table: "finance_core_historicalcostcenterbatchlink",
      rows: "the making of these links",
      sql: `insert into ${named("finance_core_historicalcostcenterbatchlink")} (link_id, linked_at,
  history_date, history_change_reason, history_type, batch_id, cost_center_id, created_by_id,
  history_user_id)
select link_id, linked_at, linked_at, null, '+', batch_id, cost_center_id, created_by_id, null
from ${links} l
where not exists (
  select from ${named("finance_core_historicalcostcenterbatchlink")} h
  where h.link_id = l.link_id)
order by linked_at, link_id`,
    },
  ];
}

/**
 * Takes the projects of batches and the centres of sites that are gone away again. A centre that an
 * allocation rule or another centre of the application's names stays, with its history.
 */
export function sweepCostCentres(schema: string, gone?: Gone): readonly string[] {
  const named = (name: string) => qualified(schema, name);
  const centres = named("finance_core_costcenter");
  const histories = named("finance_core_historicalcostcenter");
  const batches = named("batch_batch");
  // Codes are free text: one that only begins like these must not be read as a number.
  const numberIn = (type: string, prefix: string) =>
    `case when c.cost_center_type = '${type}' and c.code ~ '^${prefix}-[0-9]+$'
      then substring(c.code from ${prefix.length + 2})::numeric end`;
  const [batch, site] = [numberIn("PROJECT", "PRJ"), numberIn("SITE", "SITE")];
  const isOfGoneBatch = (id: string) =>
    `${isGone(gone, "batch_batch", id)} and not exists (
      select from ${batches} b where b.id = ${id})`;
  const isOfGoneSite = `${isGone(gone, "finance_dimsite", site)} and not exists (
      select from ${named("finance_dimsite")} d where d.site_id = ${site})`;
  const isUnnamed = `not exists (
      select from ${
    named("finance_core_allocationrule")
  } r where r.cost_center_id = c.cost_center_id)
    and not exists (select from ${centres} k where k.parent_id = c.cost_center_id)`;
  const links = ["finance_core_historicalcostcenterbatchlink", "finance_core_costcenterbatchlink"];
  return [
    ...links.map((name) => `delete from ${named(name)} l where ${isOfGoneBatch("l.batch_id")}`),
    `delete from ${centres} c where ${isOfGoneBatch(batch)} and ${isUnnamed}`,
    `delete from ${centres} c where ${isOfGoneSite} and ${isUnnamed}`,
    `delete from ${histories} c where (${isOfGoneBatch(batch)} or ${isOfGoneSite})
      and not exists (select from ${centres} k where k.cost_center_id = c.cost_center_id)`,
  ];
}
