// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { allTables } from "../../src/tables/catalog.ts";
import { table } from "../../src/tables/build.ts";
import { id, link, optional } from "../../src/tables/columns.ts";
import type { Table } from "../../src/tables/description.ts";
import { loadOrder } from "../../src/tables/order.ts";

/** A table that refers to others; `name?` for a reference that may be NULL. */
function referring(name: string, ...targets: readonly string[]): Table {
  return table({ name, group: "operational", kind: "joined", meaning: "A row" }, [
    id,
    ...targets.map((target) => {
      const to = target.replace("?", "");
      const reference = link(`${to}_id`, to, "Another row");
      return target.endsWith("?") ? optional(reference) : reference;
    }),
  ]);
}

function names(tables: readonly Table[]): readonly string[] {
  return tables.map((one) => one.name);
}

Deno.test("loadOrder() puts every table after the tables it refers to", () => {
  const { order, deferred } = loadOrder(allTables);
  assertEquals(names(order).toSorted(), names(allTables).toSorted());
  const place = new Map(order.map((one, position) => [one.name, position]));
  for (const one of order) {
    for (const { name, references } of one.columns) {
      if (references === undefined) continue;
      if (deferred.some((left) => left.table === one.name && left.column === name)) continue;
      const [own, target] = [place.get(one.name), place.get(references.table)];
      assert(own !== undefined && target !== undefined && target < own, `${one.name}.${name}`);
    }
  }
});

Deno.test("loadOrder() names the circle of batch and scenario and defers the pinned scenario", () => {
  const { cycles, deferred } = loadOrder(allTables);
  assertEquals(cycles, [["batch_batch", "scenario"]]);
  assertEquals(deferred, [
    { table: "batch_batch", column: "pinned_scenario_id", to: "scenario" },
  ]);
});

Deno.test("loadOrder() does not depend on the order in which it is given the tables", () => {
  const expected = loadOrder(allTables);
  const turned = loadOrder(allTables.toReversed());
  assertEquals(names(turned.order), names(expected.order));
  assertEquals(turned.deferred, expected.deferred);
});

Deno.test("loadOrder() defers a reference of a table to itself", () => {
  const { order, cycles, deferred } = loadOrder([referring("reason", "reason?")]);
  assertEquals(names(order), ["reason"]);
  assertEquals(cycles, [["reason"]]);
  assertEquals(deferred, [{ table: "reason", column: "reason_id", to: "reason" }]);
});

Deno.test("loadOrder() defers nullable references before others", () => {
  const tables = [
    referring("a", "b"),
    referring("b", "c?", "d"),
    referring("c", "a"),
    referring("d", "b?"),
  ];
  const { order, cycles, deferred } = loadOrder(tables);
  assertEquals(cycles, [["a", "b", "c", "d"]]);
  assertEquals(deferred, [
    { table: "b", column: "c_id", to: "c" },
    { table: "d", column: "b_id", to: "b" },
  ]);
  assertEquals(names(order), ["d", "b", "a", "c"]);
});

Deno.test("loadOrder() defers one reference where it breaks two circles", () => {
  const { deferred } = loadOrder([
    referring("a", "hub?"),
    referring("b", "hub?"),
    referring("end", "a?", "b?"),
    referring("hub", "end?"),
  ]);
  assertEquals(deferred, [{ table: "hub", column: "end_id", to: "end" }]);
});

Deno.test("loadOrder() defers a mandatory reference where a circle has no other", () => {
  const { order, deferred } = loadOrder([referring("hen", "egg"), referring("egg", "hen")]);
  assertEquals(names(order), ["egg", "hen"]);
  assertEquals(deferred, [{ table: "egg", column: "hen_id", to: "hen" }]);
});

Deno.test("loadOrder() keeps separate circles apart and leaves out references to other tables", () => {
  const { cycles, order } = loadOrder([
    referring("a", "b?"),
    referring("b", "a"),
    referring("c", "d?", "a"),
    referring("d", "c", "elsewhere"),
  ]);
  assertEquals(cycles, [["a", "b"], ["c", "d"]]);
  assertEquals(names(order), ["a", "b", "c", "d"]);
});
