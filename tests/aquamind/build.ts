/** Databases as AquaMind's own migrations leave them, of either schema. */
import { connect } from "../../src/postgres/target.ts";
import {
  createForeignKeys,
  createIndexes,
  createTables,
  createViews,
} from "../../src/aquamind/ddl.ts";
import type { Schema } from "../../src/aquamind/schema_mapping.ts";
import type { Table } from "../../src/tables/description.ts";
import {
  type Catalog,
  type CatalogTable,
  recorded,
  recorded2026,
} from "../tables/recorded_schema.ts";
import { ask, type TestServer } from "../load/databases.ts";

/** Tables of Django's own that Redd does not describe; they are the same in both schemas. */
const DJANGO = ["django_admin_log", "django_migrations", "django_session"];

/** What AquaMind's migrations make, tables by name. */
export function aquamindCatalog(schema: Schema): Catalog {
  if (schema === "2026-03") return recorded2026;
  const django = recorded2026.tables.filter(({ name }) => DJANGO.includes(name));
  const tables = [...recorded.tables, ...django].sort((a, b) => a.name < b.name ? -1 : 1);
  return { ...recorded, tables };
}

/** A recorded table as a description, for the statements that Redd makes of descriptions. */
export function asTable({ columns, references, primaryKey, ...rest }: CatalogTable): Table {
  if (primaryKey === null) throw new Error(`${rest.name} has no primary key`);
  return {
    ...rest,
    group: "operational",
    kind: "empty",
    meaning: "",
    wiped: true,
    filledByDjango: false,
    seeded: false,
    primaryKey,
    columns: columns.map(([name, type, nullable, identity]) => {
      const found = references.find(({ column }) => column === name);
      const plain = { name, type, nullable, identity, meaning: "" };
      if (found === undefined) return plain;
      const { table, to, name: constraint } = found;
      return { ...plain, references: { table, column: to, constraint } };
    }),
  };
}

/** Statements that build everything that AquaMind's migrations make, without a row. */
export function aquamindStatements(schema: Schema): readonly string[] {
  const tables = aquamindCatalog(schema).tables.map(asTable);
  return [
    ...createTables(tables),
    ...createForeignKeys(tables),
    ...createIndexes(tables),
    ...createViews(),
  ];
}

/** The tables that the migrations fill, each after those it refers to. */
export const FRESH = [
  "django_content_type",
  "auth_permission",
  "health_healthparameter",
  "health_licetype",
  "health_mortalityreason",
] as const;

async function copyFresh(url: string, schema: Schema): Promise<void> {
  const target = await connect(url);
  try {
    for (const table of FRESH) {
      const file = new URL(`./fresh-${schema}/${table}.csv`, import.meta.url);
      const rows = await Deno.readFile(file);
      const header = new TextDecoder().decode(rows).split("\n", 1)[0];
      const copy = await target.copy(`copy ${table} (${header}) from stdin (format csv, header)`);
      await copy.write(rows);
      await copy.finish();
      await target.query(
        `select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table}`,
      );
    }
  } finally {
    await target.close();
  }
}

/** What `createsuperuser` and the application's signals leave: a user and a profile, both 1. */
const SUPERUSER = `
  with made as (
    insert into auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,
      is_active, date_joined)
    values ('pbkdf2_sha256$1000000$salt$hash', true, 'admin', '', '', 'admin@aquamind.test', true,
      true, '2026-11-20 21:00:00+00')
    returning *
  )
  insert into auth_historicaluser (id, password, is_superuser, username, first_name, last_name,
    email, is_staff, is_active, date_joined, history_date, history_type)
  select id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
    date_joined, date_joined, '+' from made;
  with made as (
    insert into users_userprofile (language_preference, date_format_preference, created_at,
      updated_at, user_id, full_name, geography, role, subsidiary)
    select 'en', 'DMY', date_joined, date_joined, id, '', 'ALL', 'VIEW', 'ALL' from auth_user
    returning *
  )
  insert into users_historicaluserprofile (id, language_preference, date_format_preference,
    created_at, updated_at, user_id, full_name, geography, role, subsidiary, history_date,
    history_type)
  select id, language_preference, date_format_preference, created_at, updated_at, user_id, full_name,
    geography, role, subsidiary, created_at, '+' from made`;

/** What a fresh database may have besides. */
export interface FreshOptions {
  /** A first user, `admin`, who may do everything. */
  readonly superuser?: boolean;
}

/** Makes a database that AquaMind has migrated and returns its URL. */
export function freshAquamind(
  test: TestServer,
  schema: Schema,
  { superuser = false }: FreshOptions = {},
): Promise<string> {
  return test.copyOf(`AquaMind of ${schema}${superuser ? " with a user" : ""}`, async (url) => {
    await ask(url, aquamindStatements(schema).join(";\n"));
    await copyFresh(url, schema);
    if (superuser) await ask(url, SUPERUSER);
  });
}
