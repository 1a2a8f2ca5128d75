/** A database with a table of one number, and what there is on a server. */
import { ask } from "../load/databases.ts";

/** Makes a database whose table `tide` holds 1. */
export async function makeTide(admin: string, name: string, how = ""): Promise<string> {
  await ask(admin, `create database "${name.replaceAll('"', '""')}" ${how}`);
  const url = at(admin, name);
  await ask(url, "create table tide (height int)", "insert into tide values (1)");
  return url;
}

/** The connection string of another database of the server. */
export function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/** What the table `tide` holds. */
export async function tideOf(url: string): Promise<unknown> {
  return (await ask(url, "select height from tide"))[0]?.[0];
}

/** The names of all databases but the server's own. */
export async function namesOn(url: string): Promise<unknown[]> {
  const rows = await ask(
    url,
    `select datname::text from pg_database
     where not datistemplate and datname <> 'postgres' order by 1`,
  );
  return rows.map(([name]) => name);
}
