/** The databases of an embedded server: what there is, what is made and removed. */
import type postgres from "../packages/postgres.ts";
import { ReddError } from "../errors.ts";
import { codeOf, loadFailure } from "../postgres/failure.ts";
import { quoteIdent } from "../postgres/identifier.ts";
import { clusterGoal, ROLE } from "./cluster.ts";
import { diskError } from "./disk.ts";
import { type Door, openOwn } from "./own_driver.ts";
import { waitFor, type Waits } from "./waiting.ts";

/** What can be done with databases. Each throws a ReddError: environment, or interrupted. */
export interface Administration {
  /**
   * Creates a database, unless there is one of that name.
   *
   * @returns whether this call has created it.
   */
  createDatabase(name: string): Promise<boolean>;
  /** The names of the databases that were created and can be entered, in order. */
  databases(): Promise<readonly string[]>;
  /** Removes a database and ends the sessions in it; none of that name is no error. */
  dropDatabase(name: string): Promise<void>;
  /**
   * Removes a database in which nothing was made and nobody is; any other is left as it is.
   *
   * @returns whether it was removed.
   */
  dropEmptyDatabase(name: string): Promise<boolean>;
}

interface Server extends Door {
  readonly folder: string;
}

/** How long a statement may take, in ms: a large database is removed file by file. */
const PATIENCE = 300_000;

/** Of a database that is there, and of a name that another session takes at this moment. */
const MADE = ["42P04", "23505"];

/** Of a database in which somebody is. */
const IN_USE = "55006";

/** The first number that PostgreSQL gives to what its users make. */
const FIRST_OF_USERS = 16384;

/** The administration of a running server. */
export function administrationOf(server: Server, waits: Waits): Administration {
  return {
    databases: () =>
      administer(server, "list its databases", waits, async (sql) => {
        const rows = await sql<{ name: string }[]>`
          select datname as name from pg_database
          where not datistemplate and datallowconn and datname <> 'postgres' order by datname`;
        return rows.map(({ name }) => name);
      }),
    createDatabase: (name) =>
      administer(server, `create the database ${name}`, waits, async (sql) => {
        const found = await sql`select from pg_database where datname = ${name}`;
        if (found.length > 0) return false;
        return await unless(MADE, () => sql.unsafe(`create database ${quoteIdent(name)}`));
      }),
    dropDatabase: (name) =>
      administer(server, `remove the database ${name}`, waits, async (sql) => {
        await sql.unsafe(`drop database if exists ${quoteIdent(name)} with (force)`);
      }),
    dropEmptyDatabase: (name) =>
      administer(server, `remove the empty database ${name}`, waits, async (sql) => {
        if (!await isEmpty(server, name)) return false;
        return await unless([IN_USE], () => sql.unsafe(`drop database ${quoteIdent(name)}`));
      }),
  };
}

/** Does something, unless what another run does meanwhile forbids it, and says whether it was done. */
async function unless(codes: readonly string[], work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!codes.includes(codeOf(error))) throw error;
    return false;
  }
}

/** Whether a database has neither a relation nor a schema that somebody has made. */
async function isEmpty(server: Server, name: string): Promise<boolean> {
  const sql = openOwn(server, 30, name);
  try {
    const found = await sql`
      select from pg_class where oid >= ${FIRST_OF_USERS}
      union all select from pg_namespace where oid >= ${FIRST_OF_USERS}
      limit 1`;
    return found.length === 0;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function administer<Answer>(
  { folder, port, password }: Server,
  what: string,
  waits: Waits,
  work: (sql: postgres.Sql) => Promise<Answer>,
): Promise<Answer> {
  const cannot = `${what} in the embedded server in ${folder}`;
  const sql = openOwn({ port, password }, 30);
  try {
    const ended = await waitFor(work(sql), `the embedded server to ${what}`, PATIENCE, waits);
    if ("done" in ended) return ended.done;
    if (ended.ended === "interrupted") {
      throw new ReddError("interrupted", "INTERRUPTED", {
        cannot,
        because: "it was interrupted",
        remedy: "Run the same command again when you like",
      });
    }
    throw new ReddError("environment", "SERVER_SILENT", {
      cannot,
      because: `the server has not answered within ${PATIENCE / 1000} s`,
      remedy: "See to the disk that it is on, then run the same command again",
    });
  } catch (error) {
    if (error instanceof ReddError) throw error;
    const url = `postgres://${ROLE}@127.0.0.1:${port}/postgres`;
    throw diskError(error, { ...clusterGoal(folder), cannot }) ??
      loadFailure(error, { cannot, url });
  } finally {
    await sql.end({ timeout: 0 });
  }
}
