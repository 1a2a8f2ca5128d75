/** Does the user see every row? A policy that hides some would make a load believe what is not so. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { LEDGER, type Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** A table of which the user does not see every row. */
interface Hiding {
  readonly user: string;
  readonly table: string;
  /** The names of the policies that bind the user, as a JSON array. */
  readonly policies: string;
}

/**
 * Makes sure that no policy stands between the user and the rows of these tables, or of the ledger.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @param tables Names of tables in the target's schema; those that it does not have are passed over.
 * @param oids Numbers of tables wherever they are.
 * @throws {ReddError} environment, naming the tables and their policies.
 */
export async function requireEveryRow(
  target: Target,
  deed: string,
  tables: readonly string[],
  oids: readonly string[] = [],
): Promise<void> {
  const found = await target.query<Hiding>(
    `select quote_ident(current_user) as user,
       case when n.nspname = $1 then quote_ident(c.relname)
         else format('%I.%I', n.nspname, c.relname) end as table,
       (select coalesce(json_agg(quote_ident(p.polname) order by p.polname), '[]') from pg_policy p
        where p.polrelid = c.oid and exists (
          select from unnest(p.polroles) bound (oid)
          where case when bound.oid = 0 then true else pg_has_role(bound.oid, 'USAGE') end)
       )::text as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = $1 and c.relname = any (string_to_array($2, ','))
         or c.oid = any (string_to_array($3, ',')::oid[])
         or n.nspname = '${LEDGER}' and c.relname in ('load', 'part', 'step'))
       and c.relkind in ('r', 'p') and c.relrowsecurity and row_security_active(c.oid)
     order by n.nspname <> $1, c.relname`,
    [target.schema, tables.join(","), oids.join(",")],
  );
  const [first] = found;
  if (first === undefined) return;
  const named = found.map(({ table, policies }) => `${table} (${policyWords(policies)})`);
  throw new ReddError("environment", "ROWS_HIDDEN", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because: `row-level security hides rows from the user ${first.user}: ${someOf(named)}`,
    remedy: "Nothing has changed. Connect as a user with BYPASSRLS, whom no policy binds",
  });
}

function policyWords(json: string): string {
  const policies = JSON.parse(json) as string[];
  if (policies.length === 0) return "no policy lets it see any";
  return `${policies.length === 1 ? "policy" : "policies"} ${policies.join(", ")}`;
}
