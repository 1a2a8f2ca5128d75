// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { buildInfrastructure } from "../../../src/farm/ground/infrastructure.ts";
import { inColumnOrder, type PlainValue } from "../../../src/render/plain_row.ts";
import { parseIso } from "../../../src/farm/days.ts";
import { madeBefore } from "../../../src/render/static/rows.ts";
import { staticTables } from "../../../src/render/static/static_tables.ts";
import { allTables, tableNamed } from "../../../src/tables/catalog.ts";
import { type Column, naturalKeysOf } from "../../../src/tables/description.ts";
import { base, count, fixtures, full, rowsOf } from "./both_options.ts";

Deno.test("history has a '+' per row and a '~' where a row was saved once more", () => {
  const types = (table: string) =>
    rowsOf(table).map((row) => `${row.history_type}${row.id}`).join(" ");
  assertEquals(types("batch_historicallifecyclestage"), "+1 +2 +3 +4 +5 +6 ~1 ~2 ~3 ~4 ~5 ~6");
  assertEquals(types("auth_historicaluser"), "+1 ~1 +2 ~2 +3 ~3 +4 ~4");
  assertEquals(types("health_historicalhealthparameter"), "~1 ~3 ~7 ~8 ~9 +10 +11 +12 +13 +14");
  const special = ["batch_lifecyclestage", "auth_user", "health_healthparameter"];
  const plain = base.filter(({ table }) => table.includes("_historical")).map(({ table }) =>
    table.replace("_historical", "_")
  ).filter((table) => !special.includes(table));
  assertEquals(plain.length, 16);
  for (const table of plain) {
    const history = rowsOf(table.replace("_", "_historical"));
    assertEquals(history.length, count(table));
    assert(history.every((row) => row.history_type === "+"));
  }
});

Deno.test("the last history row of an object shows its columns as they are", () => {
  for (const { table, rows } of base.filter(({ table }) => table.includes("_historical"))) {
    const live = rowsOf(table.replace("_historical", "_"));
    const key = tableNamed(table.replace("_historical", "_")).primaryKey.columns[0]!;
    const last = new Map(rows.map((row) => [row[key], row]));
    for (const row of live) {
      const saved = last.get(row[key]!);
      for (const [column, value] of Object.entries(saved === undefined ? {} : row)) {
        assertEquals(saved![column], value, `${table}.${column}`);
      }
    }
    assertEquals(rows.map((row) => row.history_id), rows.map((_, i) => i + 1));
  }
});

Deno.test("the first save of stages and users lacks what the second one set", () => {
  const first = rowsOf("batch_historicallifecyclestage")[0]!;
  assertEquals([first.expected_weight_min_g, first.expected_weight_max_g], [null, null]);
  assertEquals(first.typical_duration_days, 90);
  assertEquals(rowsOf("auth_historicaluser").map((row) => row.password).slice(0, 2), [
    "",
    "!redd-no-login-system-admin",
  ]);
});

Deno.test("staticTables() gives the 53 static tables and Django's two, every row in column order", () => {
  const places = buildInfrastructure(fixtures.layout, fixtures.master);
  const tables = staticTables(fixtures, places, parseIso("2024-01-15")!);
  const names = tables.map(({ table }) => table);
  const extra = ["django_content_type", "auth_permission"];
  const described = allTables.filter((table) => table.kind === "static").map((table) => table.name);
  assertEquals(new Set(names), new Set([...described, ...extra]));
  assertEquals(names.length, 55);
  for (const { table, rows } of tables) {
    const width = tableNamed(table).columns.length;
    for (const row of rows) assertEquals(row.length, width);
  }
});

Deno.test("static rows are of 2018, or of the year before a farm that begins no later (rulings.md#6)", () => {
  const days = [
    ["2019-01-01", "2018"],
    ["2018-12-31", "2017"],
    ["2018-01-01", "2017"],
    ["2011-06-01", "2010"],
    ["2008-01-01", "2007"],
    ["1910-01-01", "1909"],
  ] as const;
  for (const [day, year] of days) {
    assertEquals(madeBefore(parseIso(day)!), `${year}-01-01T00:00:00Z`, day);
  }
  const places = buildInfrastructure(fixtures.layout, fixtures.master);
  const early = staticTables(fixtures, places, parseIso("2011-06-01")!);
  const usual = staticTables(fixtures, places, parseIso("2024-01-15")!);
  let stamps = 0;
  for (const [t, { table, rows }] of early.entries()) {
    const { columns } = tableNamed(table);
    const others = [...usual[t]!.rows];
    for (const [r, row] of [...rows].entries()) {
      for (const [c, value] of row.entries()) {
        const isStamp = columns[c]!.type.startsWith("timestamp") && value !== null;
        if (isStamp) stamps++;
        const expected = isStamp ? "2010-01-01T00:00:00Z" : others[r]![c]!;
        assertEquals(value, expected, `${table}.${columns[c]!.name}`);
      }
    }
  }
  assert(stamps > 50_000, "places, sensors and their histories have them");
});

Deno.test("inColumnOrder() refuses a missing and an unknown column", () => {
  const table = tableNamed("health_sampletype");
  const row = { description: "Blood", name: "Blood Sample", id: 1 };
  assertEquals(inColumnOrder(table, row), [1, "Blood Sample", "Blood"]);
  assertThrows(
    () => inColumnOrder(table, { id: 1, name: "Blood Sample" }),
    RangeError,
    "has no description",
  );
  assertThrows(
    () => inColumnOrder(table, { ...row, colour: "red" }),
    RangeError,
    "no column colour",
  );
});

/** What is wrong with a value for its column, if anything. */
function misfit(column: Column, value: PlainValue): string | undefined {
  if (value === null) return column.nullable ? undefined : "is NULL";
  const { type } = column;
  const [, length] = /^character varying\((\d+)\)$/.exec(type) ?? [];
  if (length !== undefined || type === "text") {
    if (typeof value !== "string") return "is no text";
    return [...value].length > Number(length ?? Infinity) ? `is longer than ${length}` : undefined;
  }
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) {
    const digits = Number(precision) - Number(scale);
    return new RegExp(`^-?\\d{1,${digits}}\\.\\d{${scale}}$`).test(String(value)) &&
        typeof value === "string"
      ? undefined
      : "does not fit";
  }
  switch (type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "is no boolean";
    case "double precision":
      return typeof value === "number" && Number.isFinite(value) ? undefined : "is no number";
    case "smallint":
    case "integer":
    case "bigint":
      return Number.isSafeInteger(value) ? undefined : "is no whole number";
    case "timestamp with time zone":
      return value === "2018-01-01T00:00:00Z" ? undefined : "is not the static instant";
    default:
      return `has the unexpected type ${type}`;
  }
}

Deno.test("every value fits its column", () => {
  for (const tables of [base, full]) {
    for (const { table, rows } of tables) {
      const { columns } = tableNamed(table);
      for (const row of rows) {
        for (const column of columns) {
          const wrong = misfit(column, row[column.name]!);
          assert(wrong === undefined, `${table}.${column.name} ${row[column.name]} ${wrong}`);
        }
      }
    }
  }
});

Deno.test("keys and natural keys are unique and ids ascend", () => {
  for (const { table, rows } of full) {
    const { primaryKey } = tableNamed(table);
    for (const columns of [primaryKey.columns, ...naturalKeysOf(tableNamed(table))]) {
      const keys = rows.map((row) => columns.map((column) => row[column]).join("\t"));
      assertEquals(new Set(keys).size, rows.length, `${table} (${columns})`);
    }
    const ids = rows.map((row) => row[primaryKey.columns[0]!] as number);
    assert(ids.every((id, i) => i === 0 || id > ids[i - 1]!), `ids of ${table}`);
  }
});

Deno.test("every reference finds its row, in a table that comes before", () => {
  const seen = new Map<string, Set<PlainValue>>();
  for (const { table, rows } of full) {
    const { columns, primaryKey } = tableNamed(table);
    seen.set(table, new Set(rows.map((row) => row[primaryKey.columns[0]!]!)));
    for (const { name, references } of columns) {
      if (references === undefined) continue;
      const targets = seen.get(references.table);
      for (const row of rows) {
        assert(row[name] === null || targets?.has(row[name]!), `${table}.${name} ${row[name]}`);
      }
    }
  }
});
