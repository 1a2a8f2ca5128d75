/**
 * What is read back from a ledger. It is a schema of tables in somebody's database, and others may
 * write there: every answer is held against a schema, and only the ledger of a role that could do
 * anything to the target as well is acted on.
 */
import { z } from "../../packages/zod.ts";
import { ReddError } from "../../errors.ts";
import { checked } from "../../fixtures/yaml.ts";
import { allTables } from "../../tables/catalog.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";

const names = new Set(allTables.map(({ name }) => name));

/** A number of rows or parts, or an id. */
export const count = z.int({ error: "a whole number" })
  .nonnegative({ error: "a whole number from 0" });

/** The name of a table. */
export const tableName = z.string({ error: "a table of Redd" })
  .refine((name) => names.has(name), { error: "a table of Redd" });

/** Names of tables, each once. */
export const someTables = z.array(tableName).max(names.size);

/**
 * Rows of the ledger as they should be.
 *
 * @throws {ReddError} input, naming what is not.
 */
export function believed<Schema extends z.ZodType>(
  target: Target,
  rows: unknown,
  schema: Schema,
): z.infer<Schema> {
  const found = checked(rows, schema);
  if (found.ok) return found.data;
  throw new ReddError("input", "LEDGER_BROKEN", {
    cannot: `read the ledger of loads in ${redactUrl(target.url)}`,
    because: `a line of its schema ${LEDGER} is none of Redd's: ${found.because}`,
    remedy: `Somebody has written there. Look at its tables, and drop the schema ${LEDGER} if no ` +
      "load is unfinished in it",
  });
}

/**
 * Makes sure that what the ledger says may be done: it has statements that are executed, and tables
 * whose rows are removed. Its owner is the user, the owner of the database or a superuser.
 *
 * @throws {ReddError} input, naming the owner.
 */
export async function requireOwnLedger(target: Target): Promise<void> {
  const stranger = await strangerOf(target);
  if (stranger === undefined) return;
  const { owner, user } = stranger;
  throw new ReddError("input", "LEDGER_FOREIGN", {
    cannot: `act on the ledger of loads in ${redactUrl(target.url)}`,
    because: `its schema ${LEDGER} belongs to ${owner}, who could have anything done as ${user}`,
    remedy: `Go on as ${owner}, or as the owner of the database see that the schema ${LEDGER} is ` +
      "as it should be and make it your own",
  });
}

/** The owner of the ledger, where nobody needs to believe him; undefined where there is none. */
export async function strangerOf(
  target: Target,
): Promise<{ readonly owner: string; readonly user: string } | undefined> {
  const [found] = await target.query<{ owner: string; user: string }>(
    `select distinct r.rolname::text as owner, current_user::text as user
     from pg_namespace n
     join pg_class c on c.relnamespace = n.oid and c.relname in ('load', 'part', 'step')
     join pg_roles r on r.oid in (n.nspowner, c.relowner)
     where n.nspname = '${LEDGER}' and r.rolname <> current_user and not r.rolsuper
       and r.oid <> (select datdba from pg_database where datname = current_database())
     order by 1 limit 1`,
  );
  return found;
}
