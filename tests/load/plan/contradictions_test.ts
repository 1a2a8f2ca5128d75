// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { createTables } from "../../../src/aquamind/ddl.ts";
import { quoteIdent } from "../../../src/postgres/identifier.ts";
import { contradictions } from "../../../src/load/plan/merge.ts";
import { connect } from "../../../src/postgres/target.ts";
import { tableNamed } from "../../../src/tables/catalog.ts";
import { ask, startTestServer } from "../databases.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const stages = tableNamed("batch_lifecyclestage");
const columns = stages.columns.map(({ name }) => ({ name, value: `s.${quoteIdent(name)}` }));

/** What contradicts stages of which only id, name and place are told. */
async function between(there: string, staged: string): Promise<readonly string[]> {
  const url = await test.freshDatabase();
  await ask(url, ...createTables([stages]));
  const insert = (into: string, rows: string) =>
    `insert into ${into} (id, name, "order", species_id, description, created_at, updated_at)
     select id, name, place, 1, '', now(), now() from (values ${rows}) rows (id, name, place)`;
  await ask(url, insert(stages.name, there));
  const target = await connect(url);
  try {
    await target.query(`create temporary table redd_staged (like ${stages.name})`);
    await target.query(insert("redd_staged", staged));
    return await contradictions(target, stages, columns);
  } finally {
    await target.close();
  }
}

Deno.test("rows that are there with id and name may have swapped what else is unique", async () => {
  assertEquals(await between("(1, 'Egg', 2), (2, 'Fry', 1)", "(1, 'Egg', 1), (2, 'Fry', 2)"), []);
});

Deno.test("a row that would be added needs all its keys, and the message names them", async () => {
  assertEquals(
    await between("(1, 'Egg', 2)", "(1, 'Egg', 1), (2, 'Fry', 2)"),
    [
      "batch_lifecyclestage 2 is 1, 2 (species_id, order) in the dataset, and the target has " +
      "1, 2 under the id 1",
    ],
  );
  assertEquals(
    await between("(1, 'Fry', 1), (2, 'Egg', 2)", "(1, 'Egg', 1)"),
    [
      "batch_lifecyclestage 1 is Egg (name) in the dataset, and the target has Egg under the id 2",
      "batch_lifecyclestage 1 is Egg, 1 in the dataset, and the target has Fry, 1",
    ],
  );
});
