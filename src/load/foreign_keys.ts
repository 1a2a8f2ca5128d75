/** Foreign keys that were put off, checked before the end of the transaction. */
import type { Table } from "../tables/description.ts";
import { qualified } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import type { Chore, Reporter } from "./progress.ts";

/**
 * Checks all foreign keys that were put off, those of some tables by themselves, so that it can be
 * told how far it is. COMMIT would check them as well; here a failure leaves the sequences alone.
 */
export async function checkForeignKeys(
  target: Target,
  tables: readonly { readonly chore: Chore; readonly table: Table }[],
  report: Reporter,
): Promise<void> {
  for (const { chore, table } of tables) {
    const keys = await target.query<{ name: string }>(
      `select k.conname as name from pg_constraint k
       join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = $2 and k.contype = 'f' and k.condeferrable
       order by 1`,
      [target.schema, table.name],
    );
    if (keys.length === 0) continue;
    const names = keys.map(({ name }) => qualified(target.schema, name)).join(", ");
    await report.during(chore, () => target.query(`set constraints ${names} immediate`));
  }
  await target.query("set constraints all immediate");
}
