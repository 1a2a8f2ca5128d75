// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { table } from "../../src/tables/build.ts";
import { id } from "../../src/tables/columns.ts";
import { history } from "../../src/tables/history.ts";
import { djangoName, postgresName } from "../../src/tables/names.ts";

Deno.test("djangoName() cuts table and columns to equal lengths where the name is too long", () => {
  assertEquals(
    djangoName("auth_group_permissions", ["group_id", "permission_id"], "_uniq"),
    "auth_group_permissions_group_id_permission_id_0cd325b0_uniq",
  );
  const long = djangoName("auth_group_permissions", ["permission_id"], "_fk_auth_permission_id");
  assertEquals(long, "auth_group_permissio_permission_id_84c5c92e_fk_auth_perm");
  assert(long.length <= 63);
});

Deno.test("postgresName() shortens the longer of table and column", () => {
  assertEquals(postgresName("batch_batch", "count", "check"), "batch_batch_count_check");
  assertEquals(
    postgresName("batch_historicalbatchcreationworkflow", "total_mortality_on_arrival", "check"),
    "batch_historicalbatchcreationw_total_mortality_on_arrival_check",
  );
});

Deno.test("history() refuses an order with a column that the table does not have", () => {
  const live = table(
    { name: "batch_pond", group: "operational", kind: "entity", meaning: "A pond" },
    [id],
  );
  assertThrows(() => history(live, { kind: "empty", order: "id depth" }), RangeError, "depth");
});
