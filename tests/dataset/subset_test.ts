// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import type { TableEntry } from "../../src/dataset/manifest.ts";
import type { TableData } from "../../src/dataset/table_data.ts";
import { chosenTableData, GROUPS, type Subset } from "../../src/dataset/subset.ts";
import { allTables } from "../../src/tables/catalog.ts";
import { loadOrder } from "../../src/tables/order.ts";

/** All tables that a dataset fills, with rows, in the order of loading. */
const tableData: readonly TableData[] = loadOrder(allTables).order
  .filter(({ kind }) => kind !== "empty")
  .map((table) => {
    const entry = { kind: table.kind, rows: 1, bytes: 1, lastId: 1, parts: [] } as TableEntry;
    return { table, entry };
  });

const names = (subset: Subset) => chosenTableData(tableData, subset).map(({ table }) => table.name);

function refused(subset: Subset): string {
  const error = assertThrows(() => names(subset), ReddError);
  assertEquals([error.fault, error.code], ["input", "SUBSET_OPEN"]);
  return error.message;
}

/** The choice that a remedy asks for. */
function mended({ tables, without }: Subset, message: string): Subset {
  const [, wanted = ""] = /\. Take (.*) too, or leave out what refers to (it|them)\.$/
    .exec(message) ?? [];
  const taken = /the tables? (\S+)/.exec(wanted)?.[1]?.split(",") ?? [];
  const groups = /the groups? (\S+)/.exec(wanted)?.[1]?.split(",") ?? [];
  assert(taken.length + groups.length > 0, message);
  return {
    ...(tables === undefined ? {} : { tables: [...tables, ...taken] }),
    ...(without === undefined ? {} : { without: without.filter((one) => !groups.includes(one)) }),
  };
}

Deno.test("whatever single table is chosen, the remedy once followed closes the choice", () => {
  let open = 0;
  for (const { table: { name } } of tableData) {
    for (const without of [[], ["auth"], ["auth", "django"]] as const) {
      const subset = { tables: [name], without };
      try {
        names(subset);
      } catch {
        names(mended(subset, refused(subset)));
        open++;
      }
    }
  }
  assert(open > 100, `${open}`);
});

Deno.test("groups that are left out and referred to are named as groups", () => {
  for (const group of GROUPS) {
    const subset = { without: [group] };
    if (group === "history" || group === "operational") continue;
    const message = refused(subset);
    assert(message.includes(`Take the group`), message);
    names(mended(subset, message));
  }
});

Deno.test("of very many tables that refer to one that is left out, some are named", () => {
  const message = refused({ without: ["auth"] });
  assert(/: (\w+, ){5}\w+ and \d+ more refer to auth_user\. Take /.test(message), message);
});

Deno.test("a batch needs its species and stage, and what these refer to", () => {
  const message = refused({ tables: ["batch_batch"] });
  assert(message.includes("batch_batch refers to batch_species"), message);
  const closed = names(mended({ tables: ["batch_batch"] }, message));
  assert(closed.includes("batch_batch") && closed.length > 2);
  const least = refused({ tables: closed.slice(1) });
  assert(least.includes(`to ${closed[0]}`), least);
});
