// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { allTables } from "../../src/tables/catalog.ts";
import { databaseChecks } from "../../src/catalogue/checks/database.ts";
import { allChecks, dataChecks } from "../../src/catalogue/catalogue.ts";
import { sqlOf, type VerifyCheck } from "../../src/catalogue/check.ts";
import { profileRates } from "../../src/generate/profile_rates.ts";
import { fieldFixtures } from "../field_farm.ts";
import { manifestOf } from "../load/mini_dataset.ts";

/** Of a dataset of the documented profile, from before manifests carried rates. */
const documented = manifestOf({});

/** Of one of the profile `field`, whose rates are others. */
const field = {
  ...documented,
  profile: { name: "field", sha256: "1".repeat(64), rates: profileRates(fieldFixtures) },
};

/** A query as it is of a dataset that has the numbers which it asks of. */
function textOf(check: VerifyCheck): string {
  try {
    return sqlOf(check, documented);
  } catch {
    return sqlOf(check, field);
  }
}

Deno.test("every check has its own id", () => {
  const ids = allChecks.map(({ id }) => id);
  assertEquals(ids.filter((id, i) => ids.indexOf(id) !== i), []);
});

Deno.test("every check declares exactly the tables that its query reads", () => {
  for (const check of allChecks) {
    const { id, tables } = check;
    const sql = textOf(check);
    const read = allTables.map(({ name }) => name)
      .filter((name) => new RegExp(`(FROM|JOIN) ${name}\\b`).test(sql));
    assertEquals([...new Set(tables)].toSorted(), read.toSorted(), id);
  }
});

Deno.test("checks of the data ask for no catalog of PostgreSQL", () => {
  const catalogs = dataChecks.filter((check) => /\bpg_|::reg|current_schema/.test(textOf(check)));
  assertEquals(catalogs.map(({ id }) => id), []);
  assertEquals(allChecks.length, dataChecks.length + databaseChecks.length);
});

Deno.test("checks of the whole farm depend on no dataset's days, options or profile", () => {
  const whole = allChecks.filter(({ wholeFarm }) => wholeFarm);
  assert(whole.length > 40, `${whole.length} checks`);
  for (const { id, sql, expects, needs } of whole) {
    assertEquals(needs, undefined, id);
    if (typeof sql === "string") assert(!/(?<!:):[a-z_]/.test(sql), id);
    assert(typeof expects !== "function", id);
  }
});

Deno.test("titles are what holds, on one line and without a full stop", () => {
  const wrong = allChecks.filter(({ title }) => !/^[a-z0-9][^\n]*[^.\s]$/.test(title));
  assertEquals(wrong.map(({ id, title }) => `${id} ${title}`), []);
});
