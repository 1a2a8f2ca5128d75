/** A target whose policies hide rows from the user that loads, compares or verifies. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { diffDataset, loadDeferred, rebuildDataset } from "./believed.ts";
import { ReddError } from "../../src/errors.ts";
import { generate } from "../../src/generate/generate.ts";
import { wipeDatabase } from "../../src/load/wipe/wipe.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { ask, startTestServer } from "./databases.ts";
import { LARGE, migrated } from "./rebuild/farm.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "farm");
const schedule = oneBatch({ duration: 100, start: "2024-01-15" });
const { manifest } = await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });

/** How the policy is named. */
const HIDDEN = ": batch_batch (policy even). ";

/** A migrated database in which a policy on a table hides rows even from its owner. */
async function hiding(): Promise<{ url: string; own: string }> {
  const url = await migrated(test);
  const role = `farmer_${crypto.randomUUID().slice(0, 8)}`;
  const own = new URL(url);
  [own.username, own.password] = [role, "fish"];
  await ask(
    url,
    `create role ${role} login password 'fish'`,
    `grant create on database ${own.pathname.slice(1)} to ${role}`,
    `grant all on schema public to ${role}`,
    `grant all on all tables in schema public to ${role}`,
    `grant all on all sequences in schema public to ${role}`,
    "alter table batch_batch enable row level security",
    "alter table batch_batch force row level security",
    "create policy even on batch_batch using (id % 2 = 0)",
    `do $$ declare t text; begin
       for t in select tablename from pg_tables where schemaname = 'public' loop
         execute format('alter table public.%I owner to ${role}', t);
       end loop; end $$`,
  );
  return { url, own: own.href };
}

for (const way of ["deferred", "rebuild"] as const) {
  Deno.test(`a policy that hides rows is named before a row is sent, ${way}`, async () => {
    const { url, own } = await hiding();
    const error = await assertRejects(
      () =>
        way === "deferred"
          ? loadDeferred(folder, { url: own })
          : rebuildDataset(folder, { url: own, large: LARGE }),
      ReddError,
    );
    assertStringIncludes(error.message, HIDDEN);
    assertEquals(await ask(url, "select to_regclass('redd.load') is null"), [[true]]);
    assertEquals(await ask(url, "select count(*)::int from batch_batchcontainerassignment"), [[0]]);
  });
}

Deno.test("a comparison does not take hidden rows for missing ones", async () => {
  const { url, own } = await hiding();
  await loadDeferred(folder, { url });
  const error = await assertRejects(() => diffDataset(folder, own), ReddError);
  assertStringIncludes(error.message, HIDDEN);
});

Deno.test("a verification does not judge the rows that a policy leaves", async () => {
  const { url, own } = await hiding();
  await loadDeferred(folder, { url });
  const error = await assertRejects(() => verifyDatabase(own, manifest), ReddError);
  assertStringIncludes(error.message, HIDDEN);
  assertEquals(
    [error.cannot.split(" ")[0], error.remedy],
    ["verify", "Nothing has changed. Connect as a user with BYPASSRLS, whom no policy binds"],
  );
});

Deno.test("a policy on any table is found by every command, before anything else", async () => {
  const { url, own } = await hiding();
  await ask(
    url,
    "alter table batch_batch disable row level security",
    "alter table scenario_scenarioprojection enable row level security",
    "alter table scenario_scenarioprojection force row level security",
  );
  const hidden = "scenario_scenarioprojection (no policy lets it see any)";
  const works = [
    () => loadDeferred(folder, { url: own }),
    () => rebuildDataset(folder, { url: own, large: LARGE }),
    () => verifyDatabase(own, manifest),
    () => diffDataset(folder, own),
    () => wipeDatabase(own),
  ];
  for (const work of works) {
    const { code, message } = await assertRejects(work, ReddError);
    assertEquals(code, "ROWS_HIDDEN", message);
    assertStringIncludes(message, hidden);
  }
  // Nothing of it binds a superuser.
  await loadDeferred(folder, { url });
});
