/** The databases of a server, and what of them is Redd's making. */
import type { Target } from "../postgres/target.ts";
import { type CopyMark, copyMarkOf } from "./mark.ts";
import { isUnfinished } from "./names.ts";

/**
 * The limit of connections that a database has as long as it is not whole, or about to go: "redd" in
 * ASCII. It is given in the statement that creates the database, which a comment cannot be.
 */
export const UNFINISHED_LIMIT = 0x72656464;

/** The limit that PostgreSQL itself gives to a database whose removal was interrupted. */
const HALF_DROPPED = -2;

/** A database as the server's catalog has it. */
export interface StandingDatabase {
  readonly name: string;
  readonly oid: string;
  readonly owner: string;
  /** Whether the user is the owner, one of the owner's role, or a superuser. */
  readonly mine: boolean;
  /** Whether everybody has to believe the owner in any case: a superuser, or the user's own role. */
  readonly trusted: boolean;
  readonly open: boolean;
  readonly limit: number;
  readonly comment: string | null;
  /** What it is, where its comment is a mark of Redd's. */
  readonly mark: CopyMark | undefined;
}

/** All databases of the server but its templates, in the order of their names. */
export async function databasesOf(target: Target): Promise<readonly StandingDatabase[]> {
  const rows = await target.query<Omit<StandingDatabase, "mark">>(
    `select d.datname::text as name, d.oid::text as oid, r.rolname::text as owner,
       pg_has_role(d.datdba, 'MEMBER') as mine, r.rolsuper or r.rolname = current_user as trusted,
       d.datallowconn as open, d.datconnlimit as limit,
       shobj_description(d.oid, 'pg_database') as comment
     from pg_database d join pg_roles r on r.oid = d.datdba
     where not d.datistemplate order by d.datname`,
  );
  return rows.map((row) => ({ ...row, mark: copyMarkOf(row.comment) }));
}

/** Bytes of a database on the disk; undefined where the user may not know. */
export async function bytesOf(target: Target, oid: string): Promise<number | undefined> {
  const [row] = await target.query<{ bytes: string | null }>(
    `select case when has_database_privilege($1::text::oid, 'CONNECT')
       then pg_database_size($1::text::oid)::text end as bytes`,
    [oid],
  );
  return row?.bytes == null ? undefined : Number(row.bytes);
}

/** Has an interrupted command left this database? */
export function isLeftover({ name, open, limit }: StandingDatabase): boolean {
  return isUnfinished(name) && !open && [UNFINISHED_LIMIT, HALF_DROPPED].includes(limit);
}
