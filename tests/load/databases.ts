/** Databases for tests: one server for a test file, a fresh database for every test. */
import { join } from "node:path";
import postgres from "postgres";
import { type EmbeddedServer, type ServerVersion, startServer } from "../../src/server/server.ts";
import { readLog } from "../../src/server/log.ts";
import { prepareServer } from "../server/prepared.ts";
import { temporaryFolder } from "../server/temporary.ts";

/** A server and a folder that go when the tests of the file are done. */
export interface TestServer {
  readonly server: EmbeddedServer;
  readonly folder: string;
  /** Makes a database that did not exist and returns its URL. */
  freshDatabase(): Promise<string>;
  /**
   * Makes a copy of the database `filled`, which `fill` fills when the first copy is wanted, and
   * returns its URL: a copy takes a tenth of what most fillings do.
   */
  copyOf(filled: string, fill: (url: string) => Promise<unknown>): Promise<string>;
  end(): Promise<void>;
}

/** Starts the server of a test file. */
export async function startTestServer(version: ServerVersion = "18"): Promise<TestServer> {
  const folder = await temporaryFolder();
  const forget = await prepareServer(join(folder, "postgres"), version);
  const server = await startServer({ defaultDir: join(folder, "postgres"), version });
  let made = 0;
  async function freshDatabase(): Promise<string> {
    const name = `farm_${++made}`;
    await server.createDatabase(name);
    return server.url(name);
  }
  const templates = new Map<string, Promise<string>>();
  async function filledBy(fill: (url: string) => Promise<unknown>): Promise<string> {
    const url = await freshDatabase();
    await fill(url);
    return new URL(url).pathname.slice(1);
  }
  return {
    server,
    folder,
    freshDatabase,
    async copyOf(filled, fill) {
      if (!templates.has(filled)) templates.set(filled, filledBy(fill));
      const template = await templates.get(filled);
      const name = `farm_${++made}`;
      await ask(server.url("postgres"), `create database ${name} template ${template}`);
      return server.url(name);
    },
    async end() {
      await server.stop();
      tellOfCrashes(server.data);
      await forget();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The log goes with the server: what it says of processes that somebody has killed is told first. */
function tellOfCrashes(data: string): void {
  const crashes = readLog(data).split("\n")
    .filter((line) => /was terminated by signal|PANIC: /.test(line));
  // deno-lint-ignore no-console
  if (crashes.length > 0) console.error(`The log of ${data}:\n${crashes.join("\n")}`);
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
