/** Triggers and rules of a target that drop or change the rows of a load. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { rebuildDataset } from "./believed.ts";
import { restoreTarget } from "../../src/load/rebuild/restore.ts";
import { ask, startTestServer } from "./databases.ts";
import { MINI } from "./mini_dataset.ts";
import { datasetsIn, loadRefusal } from "./mini_load.ts";
import { migrated } from "./rebuild/farm.ts";
import { rebuilding } from "./rebuild/halved.ts";
import { refusal } from "./refusal.ts";

const test = await startTestServer();
const dataset = datasetsIn(test.folder);
Deno.test.afterAll(() => test.end());

/** A function that is called before a row comes, and a trigger that calls it on the halls. */
const trigger = (body: string) => [
  `create function act() returns trigger language plpgsql as $$ begin ${body} end $$`,
  "create trigger act before insert on infrastructure_hall for each row execute function act()",
  "create trigger asleep before insert on infrastructure_hall for each row execute function act()",
  "alter table infrastructure_hall disable trigger asleep",
];

/** Makes sure that both ways are refused, and returns what is said; nothing has come. */
async function bothRefused(
  statements: readonly string[],
  fault: "input" | "environment",
  code: string,
): Promise<readonly string[]> {
  const folder = await dataset();
  const url = await migrated(test);
  await ask(url, ...statements);
  const deferred = await loadRefusal(folder, { url }, fault, code);
  const rebuilt = await refusal(() => rebuildDataset(folder, rebuilding(url)), fault, code);
  await restoreTarget(url);
  assertEquals(await ask(url, "select count(*)::int from infrastructure_hall"), [[0]]);
  return [deferred, rebuilt];
}

const DROP = "if new.id = 2 then return null; end if; return new;";

Deno.test("a trigger that drops a row is named, and the file is not blamed", async () => {
  for (const message of await bothRefused(trigger(DROP), "environment", "ROWS_DROPPED")) {
    assertStringIncludes(
      message,
      "infrastructure_hall took 2 of 3 rows that were sent, and it has the trigger act, which may",
    );
    assertEquals(message.includes("asleep") || message.includes("generate"), false, message);
  }
});

Deno.test("a trigger that changes a row so that it is refused is named", async () => {
  const changing = "new.id := 1; return new;";
  for (const message of await bothRefused(trigger(changing), "input", "ROW_REFUSED")) {
    assertStringIncludes(message, "infrastructure_hall has the trigger act, which may change rows");
    assertEquals(message.includes("generate the dataset again"), false, message);
  }
});

Deno.test("a trigger that refuses a row is named", async () => {
  const refusing = "raise exception 'no hall'; return new;";
  for (const message of await bothRefused(trigger(refusing), "environment", "SERVER_REFUSED")) {
    assertStringIncludes(message, "no hall");
    assertStringIncludes(message, "infrastructure_hall has the trigger act");
  }
});

Deno.test("a rule that keeps rows from a merged table is named", async () => {
  const url = await migrated(test);
  const row = "(id, name, description, created_at, updated_at)";
  await ask(
    url,
    `insert into infrastructure_geography ${row} values (1, 'Faroe Islands', '', now(), now())`,
    "create rule kept as on insert to infrastructure_geography where new.id = 2 do instead nothing",
  );
  const message = await loadRefusal(await dataset(), { url }, "environment", "ROWS_DROPPED");
  assertStringIncludes(
    message,
    "infrastructure_geography took 0 of 1 rows that were sent, and it has the rule kept",
  );
});

Deno.test("a file with other rows than its manifest says is blamed, whatever triggers there are", async () => {
  const url = await migrated(test);
  await ask(url, ...trigger("return new;"));
  const folder = await dataset();
  const path = `${folder}/datapackage.json`;
  const manifest = JSON.parse(await Deno.readTextFile(path));
  const entry = manifest.redd.tables.infrastructure_hall;
  entry.rows = entry.parts[0].rows = MINI.infrastructure_hall!.length + 1;
  await Deno.writeTextFile(path, JSON.stringify(manifest));
  const message = await loadRefusal(folder, { url }, "input", "PART_CHANGED");
  assertStringIncludes(message, "it has 3 rows, expected 4");
});
