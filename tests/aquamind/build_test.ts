// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import postgres from "postgres";
import type { Schema } from "../../src/aquamind/schema_mapping.ts";
import { catalogOf } from "./catalog_of.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { aquamindCatalog, FRESH, freshAquamind } from "./build.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const SCHEMAS: readonly Schema[] = ["2025-11", "2026-03"];

for (const schema of SCHEMAS) {
  Deno.test(`a fresh database of ${schema} has the recorded catalog, name by name`, async () => {
    const sql = postgres(await freshAquamind(test, schema), { max: 1, onnotice: () => {} });
    try {
      assertEquals(await catalogOf(sql), aquamindCatalog(schema));
    } finally {
      await sql.end();
    }
  });

  Deno.test(`a fresh database of ${schema} holds what the migrations insert, and nothing else`, async () => {
    const url = await freshAquamind(test, schema);
    const counts = schema === "2025-11" ? [160, 641, 9, 15, 1] : [191, 765, 9, 15, 1];
    for (const [at, table] of FRESH.entries()) {
      const next = `nextval(pg_get_serial_sequence('${table}', 'id'))::int`;
      assertEquals(
        await ask(url, `select count(*)::int, max(id)::int, ${next} from ${table}`),
        [[counts[at]!, counts[at]!, counts[at]! + 1]],
        table,
      );
    }
    const others = aquamindCatalog(schema).tables.map(({ name }) => name)
      .filter((name) => !FRESH.some((fresh) => fresh === name));
    const full = others.map((name) => `select '${name}' where exists (select from "${name}")`);
    assertEquals(await ask(url, full.join(" union all ")), []);
  });

  Deno.test(`createsuperuser leaves one user with a profile in ${schema}`, async () => {
    const url = await freshAquamind(test, schema, { superuser: true });
    const [row] = await ask(
      url,
      `select u.id, u.username, u.is_superuser, p.id::int, p.role,
         (select count(*)::int from auth_historicaluser),
         (select count(*)::int from users_historicaluserprofile)
       from auth_user u join users_userprofile p on p.user_id = u.id`,
    );
    assertEquals(row, [1, "admin", true, 1, "VIEW", 1, 1]);
  });
}

Deno.test("fresh databases are made anew each time", async () => {
  const [one, other] = [await freshAquamind(test, "2026-03"), await freshAquamind(test, "2026-03")];
  assert(one !== other);
  await ask(one, "drop table django_session");
  assertEquals(await ask(other, "select count(*)::int from django_session"), [[0]]);
});
