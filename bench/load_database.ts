/** The databases of the loader's benchmark: fresh ones, and what a load must leave in them. */
import {
  createForeignKeys,
  createIndexes,
  createTables,
  createViews,
} from "../src/aquamind/ddl.ts";
import { qualified } from "../src/postgres/identifier.ts";
import { connect, type Target } from "../src/postgres/target.ts";
import type { EmbeddedServer } from "../src/server/server.ts";
import { allTables } from "../src/tables/catalog.ts";
import { watched } from "./measure.ts";

const TEMPLATE = "aquamind";
const MEASURED = "measured";

/** A database that is loaded. */
export interface Fresh {
  readonly url: string;
  /** Makes sure that so many rows, and all indexes and constraints, are there; throws otherwise. */
  judge(rows: number): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Makes AquaMind's schema as its migrations leave it, with all keys and without rows, once.
 *
 * @returns what makes a fresh database of it; everything is on the disk when it hands one over.
 */
export async function freshDatabases(server: EmbeddedServer): Promise<() => Promise<Fresh>> {
  await server.createDatabase(TEMPLATE);
  const schema = [
    ...createTables(allTables),
    ...createForeignKeys(allTables),
    ...createIndexes(allTables),
    ...createViews(),
  ];
  const catalog = await within(server.url(TEMPLATE), async (target) => {
    await target.query(schema.join("; "));
    return await catalogOf(target);
  });
  const url = server.url(MEASURED);
  const judge = (rows: number) =>
    within(url, async (target) => {
      const found = await countAll(target);
      if (found !== rows) throw new Error(`${found} rows have come, expected ${rows}`);
      if (await catalogOf(target) !== catalog) throw new Error("indexes or constraints differ");
    });
  return async () => {
    await within(server.url("postgres"), async (target) => {
      await target.query(`create database ${MEASURED} template ${TEMPLATE}`);
      await target.query("checkpoint");
    });
    await watched("sync", []);
    return { url, judge, drop: () => server.dropDatabase(MEASURED) };
  };
}

async function within<Answer>(
  url: string,
  work: (target: Target) => Promise<Answer>,
): Promise<Answer> {
  const target = await connect(url);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

/** Indexes and constraints of AquaMind's tables, in one digest. */
async function catalogOf(target: Target): Promise<string> {
  const [row] = await target.query<{ digest: string }>(
    `select md5(string_agg(told, ';' order by told)) as digest from (
       select concat_ws(' ', pg_get_indexdef(x.indexrelid), x.indisvalid, x.indisprimary) as told
       from pg_index x join pg_class t on t.oid = x.indrelid
       where t.relnamespace = 'public'::regnamespace
       union all
       select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
       from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
     ) everything`,
  );
  return row!.digest;
}

async function countAll(target: Target): Promise<number> {
  let rows = 0;
  for (const { name } of allTables) {
    const [row] = await target.query<{ rows: string }>(
      `select count(*)::text as rows from ${qualified("public", name)}`,
    );
    rows += Number(row!.rows);
  }
  return rows;
}
