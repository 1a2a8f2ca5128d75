/** Databases for tests: one server for a test file, a fresh database for every test. */
import { join } from "node:path";
import postgres from "postgres";
import { type EmbeddedServer, type ServerVersion, startServer } from "../../src/server/server.ts";
import { prepareServer } from "../server/prepared.ts";
import { temporaryFolder } from "../server/temporary.ts";

/** A server and a folder that go when the tests of the file are done. */
export interface TestServer {
  readonly server: EmbeddedServer;
  readonly folder: string;
  /** Makes a database that did not exist and returns its URL. */
  freshDatabase(): Promise<string>;
  end(): Promise<void>;
}

/** Starts the server of a test file. */
export async function startTestServer(version: ServerVersion = "18"): Promise<TestServer> {
  const folder = await temporaryFolder();
  const forget = await prepareServer(join(folder, "postgres"), version);
  const server = await startServer({ defaultDir: join(folder, "postgres"), version });
  let made = 0;
  return {
    server,
    folder,
    async freshDatabase() {
      const name = `farm_${++made}`;
      await server.createDatabase(name);
      return server.url(name);
    },
    async end() {
      await server.stop();
      await forget();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Runs statements in a session of their own and returns the rows of the last as arrays. */
export async function ask(url: string, ...statements: string[]): Promise<unknown[][]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    let rows: unknown[][] = [];
    for (const statement of statements) rows = [...await sql.unsafe(statement).values()];
    return rows;
  } finally {
    await sql.end();
  }
}

/** The tables and views of the schema public. */
export async function relationsOf(url: string): Promise<number> {
  const [row] = await ask(
    url,
    `select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public'`,
  );
  return Number(row?.[0]);
}
