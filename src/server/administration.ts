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
  /** Creates a database, unless there is one of that name. */
  createDatabase(name: string): Promise<void>;
  /** The names of the databases that were created and can be entered, in order. */
  databases(): Promise<readonly string[]>;
  /** Removes a database and ends the sessions in it; none of that name is no error. */
  dropDatabase(name: string): Promise<void>;
}

interface Server extends Door {
  readonly folder: string;
}

/** How long a statement may take, in ms: a large database is removed file by file. */
const PATIENCE = 300_000;

/** Of a database that is there, and of a name that another session takes at this moment. */
const MADE = ["42P04", "23505"];

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
        if (found.length > 0) return;
        await sql.unsafe(`create database ${quoteIdent(name)}`).catch((error) => {
          // Another run has made it meanwhile.
          if (!MADE.includes(codeOf(error))) throw error;
        });
      }),
    dropDatabase: (name) =>
      administer(server, `remove the database ${name}`, waits, async (sql) => {
        await sql.unsafe(`drop database if exists ${quoteIdent(name)} with (force)`);
      }),
  };
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
