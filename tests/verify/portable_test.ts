/** Checks are queries that both engines understand and answer, whatever values they meet. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { messageOf } from "../../src/errors.ts";
import { profileRates } from "../../src/generate/profile_rates.ts";
import { fieldFixtures } from "../field_farm.ts";
import { DOCUMENTED_PROFILES } from "../../src/dataset/documented_rates.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { allTables } from "../../src/tables/catalog.ts";
import type { Column } from "../../src/tables/description.ts";
import { dataChecks } from "../../src/catalogue/catalogue.ts";
import { bind, sqlOf } from "../../src/catalogue/check.ts";
import { allFigures } from "../../src/figures/all_figures.ts";
import { openDuck } from "../../src/duckdb/session.ts";

/** A dataset of one batch in 200 days, about which every check asks. */
const manifest = {
  firstDay: "2024-01-01",
  asOf: "2024-07-19",
  initialFeed: true,
  format: 1,
  documentedTotals: false,
  users: { "it's :me": 1 },
  profile: { name: "documented", sha256: Object.keys(DOCUMENTED_PROFILES)[0]! },
  tables: Object.fromEntries(allTables.map(({ name }) => [name, { rows: 1 }])),
} as unknown as ReddManifest;

/** The highest values of numbers, the lowest, and nothing. */
const SIGNS = [1, -1, 0] as const;

/** A number at an end of its type; undefined where the type has none. */
function endOf(type: string, sign: number): string | undefined {
  const [, digits, decimals] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (digits !== undefined) {
    const nines = "9".repeat(Number(digits));
    const whole = nines.length - Number(decimals);
    return `${sign} * ${nines.slice(0, whole)}.${nines.slice(whole)}`;
  }
  if (type === "smallint") return `${sign * (2 ** 15 - 1)}`;
  if (type === "integer") return `${sign * (2 ** 31 - 1)}`;
  if (type === "bigint") return `${sign * Number.MAX_SAFE_INTEGER}`;
  return type === "double precision" ? `${sign * 1e100}` : undefined;
}

/** Rows find each other by their ids; everything happens at one hour of one day. */
function valueOf({ name, type }: Column, sign: number): string {
  if (type === "uuid") return "'00000000-0000-0000-0000-000000000000'";
  if (type === "jsonb") return "'{}'";
  if (type === "boolean") return sign > 0 ? "true" : "false";
  if (type === "date") return "'2024-05-05'";
  if (type.startsWith("timestamp")) return "'2024-05-05 18:00:00'";
  if (type.startsWith("time")) return "'08:00'";
  if (name === "id" || name.endsWith("_id")) return "1";
  if (name === "order") return "2";
  if (name === "history_type") return "'+'";
  return endOf(type, sign) ?? "'01'";
}

/** A dataset of the profile `field`, whose rates are others. */
const field = {
  ...manifest,
  profile: { name: "field", sha256: "1".repeat(64), rates: profileRates(fieldFixtures) },
};

/** A query as it is of a dataset that has the numbers which it asks of. */
function textOf(check: typeof dataChecks[0]) {
  try {
    return sqlOf(check, manifest);
  } catch {
    return sqlOf(check, field);
  }
}

/** What the checks of the data ask, and the figures. */
const questions = [
  ...dataChecks.map((check) => ({ id: check.id, sql: textOf(check) })),
  ...allFigures.map(({ id, sql }) => ({ id, sql })),
];

Deno.test("DuckDB answers every check of the data and every figure, whatever numbers the rows have", async () => {
  await using session = await openDuck([], { threads: 1 });
  for (const { name, columns } of allTables) {
    const list = columns.map(({ name, type }) => `"${name}" ${type.replace("jsonb", "json")}`);
    const rows = SIGNS.map((sign) => `(${columns.map((one) => valueOf(one, sign)).join(", ")})`);
    await session.run(
      `CREATE TABLE ${name} (${list.join(", ")}); INSERT INTO ${name} VALUES ${rows.join(", ")}`,
    );
  }
  const complaints: string[] = [];
  for (const { id, sql } of questions) {
    const { text, args } = bind(sql, manifest);
    const query = `SELECT CAST(to_json(found) AS varchar) FROM (${text}) found LIMIT 6`;
    await session.texts(query, args)
      .catch((error) => complaints.push(`${id}: ${messageOf(error)}`));
  }
  assertEquals(complaints, []);
});

Deno.test("no check and no figure divides by what may be 0, which PostgreSQL refuses and DuckDB does not", () => {
  const divided = questions.flatMap(({ id, sql }) => {
    const text = sql.replace(/'[^']*'/g, "''");
    const found = text.match(/[/%](?!\s*(?:nullif\(|[1-9])).{0,30}/g) ?? [];
    return found.map((place) => `${id}: ${place}`);
  });
  assertEquals(divided, []);
});
