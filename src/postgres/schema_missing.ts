/** Why a session has no schema to work in, and what helps. */
import type postgres from "../packages/postgres.ts";
import { ReddError } from "../errors.ts";
import { redactUrl } from "./url.ts";

interface Standing {
  readonly path: string;
  /** Who has set the path, as `pg_settings` tells. */
  readonly source: string;
  readonly user: string;
  readonly database: string;
  /** The first schema of the path that exists and that the user may not use, quoted. */
  readonly closed: string | null;
  /** Is there a schema public that the user may use? */
  readonly open: boolean;
  /** Is there one at all? */
  readonly there: boolean;
}

/** The session's own search path may be anything: every name is qualified. */
const STANDING = `
select pg_catalog.current_setting('search_path') as path,
  (select source from pg_catalog.pg_settings s
   where s.name operator(pg_catalog.=) 'search_path') as source,
  pg_catalog.quote_ident(current_user::text) as user,
  pg_catalog.quote_ident(pg_catalog.current_database()::text) as database,
  (select pg_catalog.quote_ident(n.nspname)
   from pg_catalog.regexp_split_to_table(pg_catalog.current_setting('search_path'), ', *')
     with ordinality named (word, place)
   join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) case
     when word operator(pg_catalog.=) '"$user"' or word operator(pg_catalog.=) '$user'
       then current_user::text
     when word operator(pg_catalog.~) '^".*"$'
       then pg_catalog.replace(
         pg_catalog.substr(word, 2, pg_catalog.length(word) operator(pg_catalog.-) 2), '""', '"')
     else word end
   where not pg_catalog.has_schema_privilege(n.oid, 'USAGE')
   order by place limit 1) as closed,
  coalesce(pg_catalog.bool_or(pg_catalog.has_schema_privilege(p.oid, 'USAGE')), false) as open,
  pg_catalog.count(*) operator(pg_catalog.>) 0 as there
from pg_catalog.pg_namespace p where p.nspname operator(pg_catalog.=) 'public'`;

/** The error of a session in which no schema of the search path is there to be used. */
export async function schemaMissing(sql: postgres.Sql, url: string): Promise<ReddError> {
  const [standing] = await sql.unsafe<Standing[]>(STANDING);
  return new ReddError("environment", "SCHEMA_MISSING", {
    cannot: `work with ${redactUrl(url)}`,
    ...diagnosisOf(standing!),
  });
}

function diagnosisOf(standing: Standing): { because: string; remedy: string } {
  const { path, user, closed, open, there } = standing;
  if (closed !== null) {
    return {
      because: `the user ${user} may not use the schema ${closed} of the search path`,
      remedy: `As the schema's owner: grant usage on schema ${closed} to ${user}`,
    };
  }
  const shown = path === "" || path === '""' ? "empty" : path;
  const because = `the search path of the user ${user} is ${shown}, and ${
    shown === "empty" ? "so no schema is looked into" : "no schema of it exists"
  }`;
  if (open) return { because, remedy: resetting(standing) };
  if (!there) {
    return {
      because,
      remedy: `Create the schema: create schema public; grant usage on schema public to ${user}`,
    };
  }
  return {
    because,
    remedy: `${
      resetting(standing)
    }, and as the schema's owner: grant usage on schema public to ${user}`,
  };
}

/** How the path becomes the usual one again, by who has set it. */
function resetting({ source, user, database }: Standing): string {
  switch (source) {
    case "database user":
      return `Take it back: alter role ${user} in database ${database} reset search_path`;
    case "database":
      return `Take it back: alter database ${database} reset search_path`;
    case "user":
      return `Take it back: alter role ${user} reset search_path`;
    case "client":
      return "Leave search_path out of the connection's options, or name a schema that exists";
    default:
      return "Name a schema that exists, such as public, in search_path of postgresql.conf, or " +
        `for the role: alter role ${user} set search_path = public`;
  }
}
