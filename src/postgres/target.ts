/**
 * The database that is loaded: one connection, one transaction, one schema.
 *
 * The connection is reserved for the whole load. The driver would open another when this one is
 * lost, without its transaction; the target refuses to go on instead.
 */
import type { Socket } from "node:net";
import type postgres from "../packages/postgres.ts";
import { boundAnswers } from "./answers.ts";
import { whileOpening } from "./opening.ts";
import { ReddError } from "../errors.ts";
import type { Address } from "./connection/address.ts";
import { openDriver } from "./connection/driver.ts";
import { demandsScram, watchLogin } from "./connection/scram.ts";
import { type Encryption, encryptionsOf } from "./connection/tls.ts";
import { copyOut, type OnRow } from "./copy_out.ts";
import { type CopyIn, openCopy } from "./copy_in.ts";
import { codeOf, connectionFailure, isEncryptionRefused } from "./failure.ts";
import { lastWordsOf } from "./last_words.ts";
import { OF_POOLERS } from "./pooler.ts";
import { schemaMissing } from "./schema_missing.ts";
import { openSocket } from "./socket.ts";
import { readUrl, redactUrl } from "./url.ts";

/** The oldest server that is loaded, as `server_version_num`. */
export const OLDEST_VERSION = 140000;

/** An open connection. */
export interface Target {
  /** The connection string, for messages through `redactUrl` alone. */
  readonly url: string;
  /** `server_version_num`: 180004 is 18.4. */
  readonly version: number;
  /** The schema of the tables: the first of the user's search path that exists. */
  readonly schema: string;
  /** The user's own search path, as the session began with it: what the target's triggers expect. */
  readonly path: string;
  /** Rejects when the connection is gone, however it ended. */
  readonly lost: Promise<never>;
  /** Runs a statement; parameters are texts. */
  query<Row extends object>(statement: string, args?: readonly string[]): Promise<readonly Row[]>;
  /** Runs a statement that changes rows; returns how many, as the server counts them. */
  run(statement: string): Promise<number>;
  /** Starts a `COPY … FROM STDIN`. */
  copy(statement: string): Promise<CopyIn>;
  /** Runs a `COPY … TO STDOUT` to its end; returns the number of rows. */
  copyOut(statement: string, onRow: OnRow): Promise<number>;
  /** Ends the connection at once; what is not committed is rolled back by the server. */
  abandon(): void;
  close(): Promise<void>;
}

/**
 * Connects and looks who is there. Nothing is looked up but the files of certificates that the
 * string names: what stands in the environment, a service or a password file is in the string by
 * now (`connectionOf`). A user or password that is not in it is the driver's to find.
 *
 * @throws {ReddError} input, when the connection string is none; environment, when the server
 *   cannot be reached, is not as safe as demanded, refuses the login, lacks the database or is
 *   older than PostgreSQL 14.
 */
export function connect(url: string): Promise<Target> {
  return connectTo(url, false);
}

/** @param beside Is it one more connection beside others? */
async function connectTo(url: string, beside: boolean): Promise<Target> {
  const address = readUrl(url);
  let first: unknown;
  for (const encryption of encryptionsOf(address)) {
    try {
      return await open(url, address, encryption);
    } catch (error) {
      // Of two refusals the first tells what the address would rather have.
      if (first === undefined || !isEncryptionRefused(error)) first = error;
      if (!isEncryptionRefused(error)) break;
    }
  }
  throw first instanceof ReddError ? first : connectionFailure(first, url, beside);
}

/**
 * Opens one more connection to where another leads.
 *
 * @throws {ReddError} environment, when there is none, or it would work in another schema: a pooler
 *   may hand out sessions that somebody has left with a search path of their own.
 */
export async function connectBeside({ url, schema, path }: Target): Promise<Target> {
  const target = await connectTo(url, true);
  if (target.schema === schema && target.path === path) return target;
  await target.close();
  throw new ReddError("environment", "SESSIONS_DIFFER", {
    cannot: `work with ${redactUrl(url)} over several connections`,
    because: `one has the search path ${path}, another ${target.path}`,
    remedy: "Connect to the server itself instead of a pooler whose sessions others have set",
  });
}

async function open(url: string, address: Address, encryption: Encryption): Promise<Target> {
  // Of two errors in a row the driver forgets the statement between them: this promise does not.
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  let alive = true;
  const options: postgres.Options<Record<never, never>> & { socket: () => Promise<Socket> } = {
    host: address.host,
    port: address.port,
    ...(address.database === undefined ? {} : { database: address.database }),
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    connection: {
      application_name: address.applicationName,
      ...(address.options === undefined ? {} : { options: address.options }),
    },
    connect_timeout: address.connectTimeout,
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    prepare: false,
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      alive = false;
      lost.reject(connectionClosed());
    },
    async socket() {
      socket = await openSocket(address, encryption);
      lastWords = lastWordsOf(socket);
      if (demandsScram(address)) watchLogin(socket);
      return socket;
    },
  };
  let socket: Socket | undefined;
  let lastWords: () => Error | undefined = () => undefined;
  /** A closed connection's error, or the pooler's that has closed it. */
  const told = (error: unknown): never => {
    const words = codeOf(error) === CLOSED ? lastWords() : undefined;
    throw codeOf(words) === OF_POOLERS ? words : error;
  };
  const sql = openDriver(options);
  // A statement on a closed connection would have the driver write to a socket that is gone.
  const whileOpen = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
    (alive ? Promise.race([work(), lost.promise]) : lost.promise).catch(told);
  const standing = async () => {
    // The driver reserves an open connection; one that it has to open first it forgets to hand over.
    const [row] = await sql.unsafe<{ version: number; schema: string | null; path: string }[]>(
      `select pg_catalog.current_setting('server_version_num')::int as version,
         pg_catalog.current_schema() as schema,
         pg_catalog.current_setting('search_path') as path`,
    );
    const { version = 0, schema: first = null, path: whole = "" } = row ?? {};
    requireVersion(version, url);
    const { schema, path } = first === LEDGER
      ? await beyondLedger(sql)
      : { schema: first, path: whole };
    if (schema === null) throw await schemaMissing(sql, url);
    return { version, schema, path, reserved: await sql.reserve() };
  };
  const bounds = boundAnswers(url, () => socket, (error) => {
    alive = false;
    lost.reject(error);
  });
  try {
    const { reserved, ...facts } = await whileOpening(
      standing().catch(told),
      url,
      address.connectTimeout,
      () => socket,
    );
    return {
      url,
      ...facts,
      lost: lost.promise,
      query: <Row extends object>(statement: string, args: readonly string[] = []) => {
        bounds.whole();
        return whileOpen<readonly Row[]>(() => reserved.unsafe<Row[]>(statement, [...args]));
      },
      run: (statement) => {
        bounds.whole();
        return whileOpen(async () => (await reserved.unsafe(statement)).count);
      },
      copy: (statement) => {
        bounds.whole();
        return whileOpen(() => openCopy(reserved, statement));
      },
      copyOut: (statement, onRow) => {
        bounds.streamed();
        return whileOpen(() => copyOut(reserved, statement, onRow));
      },
      abandon: () => void sql.end({ timeout: 0 }),
      close: async () => {
        bounds[Symbol.dispose]();
        if (alive) reserved.release();
        await sql.end({ timeout: alive ? 5 : 0 });
      },
    };
  } catch (error) {
    bounds[Symbol.dispose]();
    await sql.end({ timeout: 0 });
    throw error;
  }
}

/** The schema in which Redd keeps its ledger of loads (rulings.md#32). */
export const LEDGER = "redd";

/**
 * The search path without Redd's ledger, and its first schema. PostgreSQL looks into a schema of the
 * user's name first, so a user called redd would meet the ledger where the tables should be. A schema
 * of that name which is no ledger stays.
 */
async function beyondLedger(
  sql: postgres.Sql,
): Promise<{ readonly schema: string | null; readonly path: string }> {
  const found = await sql.unsafe<{ name: string; quoted: string; ledger: boolean }[]>(
    `select name, pg_catalog.quote_ident(name) as quoted,
       name operator(pg_catalog.=) '${LEDGER}' and exists (
         select from pg_catalog.pg_class c
         join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
         where n.nspname operator(pg_catalog.=) '${LEDGER}'
           and c.relname operator(pg_catalog.=) 'load') as ledger
     from pg_catalog.unnest(pg_catalog.current_schemas(false)) with ordinality path (name, place)
     order by place`,
  );
  const path = found.filter(({ ledger }) => !ledger);
  return { schema: path[0]?.name ?? null, path: path.map(({ quoted }) => quoted).join(", ") };
}

const CLOSED = "CONNECTION_CLOSED";

function connectionClosed(): Error {
  return Object.assign(new Error("the connection is closed"), { code: CLOSED });
}

/**
 * Lets servers from PostgreSQL 14 on pass.
 *
 * @throws {ReddError} environment, for older ones.
 */
export function requireVersion(version: number, url: string): number {
  if (version >= OLDEST_VERSION) return version;
  throw new ReddError("environment", "SERVER_TOO_OLD", {
    cannot: `work with ${redactUrl(url)}`,
    because: `the server is PostgreSQL ${versionName(version)}, expected 14 or later`,
    remedy: "Upgrade the server, or take the embedded one with --embedded",
  });
}

/** `server_version_num` as people write it: 130010 is 13.10. */
export function versionName(version: number): string {
  return version >= 100000
    ? `${Math.trunc(version / 10000)}.${version % 10000}`
    : `${Math.trunc(version / 10000)}.${Math.trunc(version / 100) % 100}`;
}
