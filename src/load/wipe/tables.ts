/** The operational tables that a target has. */
import { ReddError } from "../../errors.ts";
import { refuseOtherRelations } from "../../aquamind/other_relations.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { someOf } from "../../names.ts";
import { OPERATIONAL, OPERATIONAL_SINCE_2026_03 } from "./operational.ts";

/**
 * The names of the operational tables and histories that stand in the target's schema.
 *
 * @throws {ReddError} input, unless all are there that every AquaMind has: a table of the same name
 *   in somebody else's database is none of Redd's business.
 */
export async function operationalTables(target: Target): Promise<readonly string[]> {
  const wanted = [...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03];
  const rows = await target.query<{ name: string }>(
    `select c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p')
       and c.relname = any (string_to_array($2, ','))`,
    [target.schema, wanted.join(",")],
  );
  const found = new Set(rows.map(({ name }) => name));
  const missing = OPERATIONAL.filter((name) => !found.has(name));
  if (missing.length === 0) return wanted.filter((name) => found.has(name));
  await refuseOtherRelations(target, "wipe", missing);
  throw new ReddError("input", "TARGET_NOT_AQUAMIND", {
    cannot: `wipe ${redactUrl(target.url)}`,
    because: missing.length === OPERATIONAL.length
      ? `the schema ${target.schema} has none of AquaMind's operational tables`
      : `the schema ${target.schema} lacks ${missing.length} of AquaMind's ` +
        `${OPERATIONAL.length} operational tables: ${someOf(missing)}`,
    remedy: "Name a database that AquaMind has migrated or Redd has loaded",
  });
}
