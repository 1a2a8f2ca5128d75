/**
 * What belongs to a database as a whole and not to its contents. CREATE DATABASE … TEMPLATE leaves it
 * behind: settings (ALTER DATABASE … SET), privileges, and the limit of connections. Here it is read
 * of one database and given to another.
 */
import { messageOf } from "../errors.ts";
import { quoteIdent } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import { literal } from "../sql_literal.ts";

/** Settings whose value is a list of names, each quoted for itself, as in `variable_is_guc_list_quote`. */
const LISTS = [
  "local_preload_libraries",
  "search_path",
  "session_preload_libraries",
  "shared_preload_libraries",
  "temp_tablespaces",
  "unix_socket_directories",
];

/** The privileges of a database that can be granted. */
const PRIVILEGES = ["CREATE", "CONNECT", "TEMPORARY"];

interface Setting {
  /** The role that it is for; null for all. */
  readonly role: string | null;
  readonly name: string;
  readonly value: string;
}

interface Grant {
  /** Null for everybody. */
  readonly grantee: string | null;
  readonly privilege: string;
  readonly grantable: boolean;
}

/** The elements of a list of names as the catalog keeps it: `"$user", public`. */
export function namesOfList(value: string): readonly string[] {
  return [...value.matchAll(/"((?:[^"]|"")*)"|[^",\s][^,]*/g)]
    .map(([plain, quoted]) => quoted?.replaceAll('""', '"') ?? plain.trim());
}

function valueOf({ name, value }: Setting): string {
  if (!LISTS.includes(name.toLowerCase())) return literal(value);
  return namesOfList(value).map(literal).join(", ") || "''";
}

/** A setting's name: those of extensions have a dot. */
function settingName(name: string): string {
  return name.split(".").map(quoteIdent).join(".");
}

async function settingsOf(target: Target, oid: string): Promise<readonly Setting[]> {
  return await target.query<Setting>(
    `select r.rolname::text as role, split_part(line, '=', 1) as name,
       substr(line, strpos(line, '=') + 1) as value
     from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) line
     where s.setdatabase = $1::text::oid and (s.setrole = 0 or r.oid is not null)
     order by s.setrole, line`,
    [oid],
  );
}

/** The privileges of a database; undefined where nobody has changed them. */
async function grantsOf(target: Target, oid: string): Promise<readonly Grant[] | undefined> {
  const [row] = await target.query<{ grants: string | null }>(
    `select case when datacl is not null then (
       select coalesce(json_agg(json_build_object('grantee', r.rolname, 'privilege',
         a.privilege_type, 'grantable', a.is_grantable)), '[]')::text
       from aclexplode(datacl) a left join pg_roles r on r.oid = a.grantee
       where a.grantee = 0 or r.oid is not null) end as grants
     from pg_database where oid = $1::text::oid`,
    [oid],
  );
  return row?.grants == null ? undefined : JSON.parse(row.grants) as Grant[];
}

/** What gives a database the settings of another, one statement each, and in words. */
function settingStatements(database: string, settings: readonly Setting[]) {
  return settings.map((setting) => {
    const who = setting.role === null
      ? `database ${quoteIdent(database)}`
      : `role ${quoteIdent(setting.role)} in database ${quoteIdent(database)}`;
    return {
      sql: `alter ${who} set ${settingName(setting.name)} = ${valueOf(setting)}`,
      what: `the setting ${setting.name}${setting.role === null ? "" : ` of ${setting.role}`}`,
    };
  });
}

function grantStatements(database: string, owner: string, grants: readonly Grant[]) {
  const on = `on database ${quoteIdent(database)}`;
  return [
    { sql: `revoke all ${on} from public, ${quoteIdent(owner)}`, what: "the privileges" },
    ...grants.filter(({ privilege }) => PRIVILEGES.includes(privilege)).map((grant) => ({
      sql: `grant ${grant.privilege} ${on} to ${
        grant.grantee === null ? "public" : quoteIdent(grant.grantee)
      }${grant.grantable ? " with grant option" : ""}`,
      what: `${grant.privilege} of ${grant.grantee ?? "everybody"}`,
    })),
  ];
}

/**
 * Gives a database what another has as a whole. What the user may not give is left out.
 *
 * @param target Is in a transaction.
 * @returns what was left out, in words.
 */
export async function copyProperties(
  target: Target,
  from: string,
  to: { readonly name: string; readonly owner: string },
): Promise<readonly string[]> {
  const grants = await grantsOf(target, from);
  const statements = [
    ...settingStatements(to.name, await settingsOf(target, from)),
    ...(grants === undefined ? [] : grantStatements(to.name, to.owner, grants)),
  ];
  const left: string[] = [];
  for (const { sql, what } of statements) {
    await target.query("savepoint property");
    try {
      await target.query(sql);
    } catch (error) {
      await target.query("rollback to property");
      left.push(`${what} (${messageOf(error)})`);
    }
  }
  return left;
}

/**
 * What the user may not give of what a database has as a whole, in words: a copy in its place would
 * not have it. It is tried on the database itself, and taken back.
 */
export async function propertiesBarred(
  target: Target,
  database: { readonly oid: string; readonly name: string; readonly owner: string },
): Promise<readonly string[]> {
  await target.query("begin isolation level read committed");
  try {
    return await copyProperties(target, database.oid, database);
  } finally {
    await target.query("rollback");
  }
}
