/** Names and states of databases, changed together or not at all. */
import { quoteIdent } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import { literal } from "../sql_literal.ts";
import { unfinishedName } from "./names.ts";
import { UNFINISHED_LIMIT } from "./standing.ts";

/** Runs statements of one connection in a transaction. */
export async function together<Result>(
  target: Target,
  work: () => Promise<Result>,
): Promise<Result> {
  await target.query("begin isolation level read committed");
  try {
    const result = await work();
    await target.query("commit");
    return result;
  } catch (error) {
    await target.query("rollback").catch(() => {});
    throw error;
  }
}

/** Renames a database. Whoever wants to connect to it waits until the transaction ends. */
export async function rename(target: Target, from: string, to: string): Promise<void> {
  await target.query(`alter database ${quoteIdent(from)} rename to ${quoteIdent(to)}`);
}

/** Writes the comment of a database; null takes it away. */
export async function comment(target: Target, name: string, text: string | null): Promise<void> {
  const value = text === null ? "null" : literal(text);
  await target.query(`comment on database ${quoteIdent(name)} is ${value}`);
}

/** Says who may connect to a database. */
export async function admit(
  target: Target,
  name: string,
  { open, limit }: { readonly open: boolean; readonly limit: number },
): Promise<void> {
  await target.query(
    `alter database ${quoteIdent(name)} with allow_connections ${open} connection limit ${limit}`,
  );
}

/**
 * Gives a database a name for those that are about to go: from the commit on it is one, whatever
 * happens then.
 *
 * @returns the name.
 */
export async function setAside(target: Target, name: string): Promise<string> {
  const aside = unfinishedName();
  await rename(target, name, aside);
  await admit(target, aside, { open: false, limit: UNFINISHED_LIMIT });
  return aside;
}
