/** Removing the rows of the operational tables. */
import { allTables } from "../../tables/catalog.ts";
import { schemaMappingOf } from "../../aquamind/target_schema.ts";
import { readCatalog } from "../../aquamind/catalog.ts";
import { ReddError } from "../../errors.ts";
import { someOf } from "../../names.ts";
import { type Acting, actingOn, actingWords, ON_REMOVAL } from "../../postgres/acting.ts";
import { loadFailure } from "../../postgres/failure.ts";
import { redactUrl } from "../../postgres/url.ts";
import { qualified } from "../../postgres/identifier.ts";
import { hasLedger } from "../ledger/tables.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { findDependants, requireEmptyDependants } from "./dependants.ts";
import { lockTables } from "../../postgres/table_locks.ts";
import type { WipePlan } from "./plan.ts";

/**
 * Empties the tables of a plan, begins their numbering anew, and strikes their finished loads from
 * the ledger. All of it belongs to the caller's transaction, in which no row of these tables may
 * have been written: the server truncates none with a deferred check underway.
 *
 * What a target's schema has required as well for these rows goes with them: the cost centres of
 * batches, which stand among the master data.
 *
 * What hangs on the tables is looked up again under lock, so that no row of a table that Redd does
 * not know can slip in between.
 *
 * @throws {ReddError} input, when a table of others holds rows now; environment, when a lock is not
 *   given up.
 */
export async function wipeRows(target: Target, { tables }: WipePlan): Promise<void> {
  const names = tables.map(({ name }) => name);
  const relations = names.map((name) => qualified(target.schema, name));
  await lockTables(target, relations, "access exclusive");
  const found = await findDependants(target, names);
  const strange = found.map(({ name }) => name);
  await lockTables(target, strange, "access exclusive");
  await requireEmptyDependants(target, found);
  const { sweepings, tables: swept } = schemaMappingOf(await readCatalog(target, allTables));
  const all = [...names, ...swept.map(({ name }) => name)];
  const acting = await actingOn(target, all, ON_REMOVAL);
  try {
    // The numbering of a table that Redd does not know is not Redd's to begin anew, empty or not.
    await target.query(
      `truncate ${[...relations, ...strange].join(", ")} continue identity restrict`,
    );
    for (const statement of sweepings(target.schema)) await target.query(statement);
  } catch (error) {
    throw namingTriggers(error, target, acting);
  }
  await restartNumbering(target, names);
  await forgetLoads(target);
}

/** The failure of a removal: where tables have triggers on it, they may be what refuses it. */
function namingTriggers(error: unknown, target: Target, acting: Acting): ReddError {
  const place = { cannot: `wipe ${redactUrl(target.url)}`, url: target.url };
  const failure = loadFailure(error, place);
  if (acting.size === 0 || failure.code !== "SERVER_REFUSED") return failure;
  const { fault, code, cannot, because, cause } = failure;
  const named = [...acting].map(([table, some]) => `${table} has ${actingWords(some)}`);
  const [first] = acting.keys();
  return new ReddError(fault, code, {
    cannot,
    because: `${because}; ${someOf(named)}, which may refuse to have rows removed`,
    remedy: "Nothing has changed in the target. Disable them while the rows are removed " +
      `(alter table ${first} disable trigger …, disable rule …), and enable them afterwards`,
    cause,
  });
}

/** Like RESTART IDENTITY, for some of the truncated tables; rolled back with the transaction. */
async function restartNumbering(target: Target, names: readonly string[]): Promise<void> {
  const [row] = await target.query<{ statements: string | null }>(
    `select string_agg(format('alter sequence %I.%I restart', n.nspname, s.relname), '; ')
       as statements
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_depend d on d.refobjid = c.oid and d.refclassid = 'pg_class'::regclass
       and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
     join pg_class s on s.oid = d.objid and s.relkind = 'S'
     where n.nspname = $1 and c.relname = any (string_to_array($2, ','))`,
    [target.schema, names.join(",")],
  );
  if (row?.statements) await target.query(row.statements);
}

/** A dataset whose rows are gone is not there any more. */
async function forgetLoads(target: Target): Promise<void> {
  if (!await hasLedger(target)) return;
  await target.query(`delete from ${LEDGER}.load where schema = $1 and finished is not null`, [
    target.schema,
  ]);
}
