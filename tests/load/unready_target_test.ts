/** Targets that are not ready for a load: other columns, too few rights, locks, another load. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import postgres from "postgres";
import { ReddError } from "../../src/errors.ts";
import { loadDeferred } from "./believed.ts";
import type { LoadProgress } from "../../src/load/progress.ts";
import { ask, startTestServer } from "./databases.ts";
import { datasetsIn, loadRefusal, migrate } from "./mini_load.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());
const { freshDatabase, server } = test;
const dataset = datasetsIn(test.folder);

Deno.test("every drifted column of the target is named before a byte is sent", async () => {
  const url = await freshDatabase();
  await migrate(url);
  await ask(
    url,
    "alter table infrastructure_hall alter area_sqm type numeric(12,2), alter name drop not null, " +
      "drop column active, add column floor int not null, add column remark text",
    "alter table infrastructure_geography alter id drop identity",
    "drop table infrastructure_freshwaterstation cascade",
  );
  const copied: string[] = [];
  const onProgress = ({ table }: LoadProgress) => copied.push(table ?? "");
  const message = await loadRefusal(
    await dataset(),
    { url, onProgress },
    "input",
    "TARGET_DIFFERS",
  );
  for (
    const difference of [
      "column infrastructure_geography.id has no sequence, expected an identity",
      "table infrastructure_freshwaterstation is missing",
      "column infrastructure_hall.area_sqm is numeric(12,2), expected numeric(10,2)",
      "column infrastructure_hall.name is nullable, expected NOT NULL",
      "column infrastructure_hall.active is missing",
      "column infrastructure_hall.floor (integer NOT NULL) is unknown",
    ]
  ) assertStringIncludes(message, difference);
  assert(!message.includes("remark"));
  assertEquals(copied, []);
});

Deno.test("a user without rights is told which, before anything is sent", async () => {
  const url = await freshDatabase();
  await ask(
    server.url("postgres"),
    "drop role if exists guest",
    "create role guest login password 'guest'",
  );
  const guest = url.replace(/\/\/[^@]*@/, "//guest:guest@");
  const folder = await dataset();
  const none = await loadRefusal(folder, { url: guest }, "environment", "RIGHTS_MISSING");
  assertStringIncludes(none, "the user guest may not create anything in the schema public");

  await migrate(url);
  await ask(url, "grant insert, select on infrastructure_geography to guest");
  const some = await loadRefusal(folder, { url: guest }, "environment", "RIGHTS_MISSING");
  const closed = "infrastructure_freshwaterstation, infrastructure_hall";
  const sequences = "the sequences infrastructure_freshwaterstation_id_seq, " +
    "infrastructure_geography_id_seq, infrastructure_hall_id_seq";
  assertStringIncludes(
    some,
    `the user guest lacks INSERT on ${closed} and SELECT on ${closed} and ` +
      `UPDATE on ${sequences} and USAGE on ${sequences}. Grant the rights, or load as the owner`,
  );

  await ask(
    url,
    "grant insert, select on all tables in schema public to guest",
    "grant update, usage on all sequences in schema public to guest",
  );
  assertEquals((await loadDeferred(folder, { url: guest })).rows, 8);
});

Deno.test("a load does not wait for ever behind a lock", async () => {
  const url = await freshDatabase();
  await migrate(url);
  const other = postgres(url, { max: 1, onnotice: () => {} });
  const folder = await dataset();
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_hall in access exclusive mode");
    const options = { url, lockTimeout: 200 };
    await loadRefusal(folder, options, "environment", "TARGET_LOCKED");
  });
  await other.begin(async (sql) => {
    await sql.unsafe("lock table infrastructure_hall in share mode");
    const message = await loadRefusal(
      folder,
      { url, lockTimeout: 200 },
      "environment",
      "TARGET_LOCKED",
    );
    assertStringIncludes(message, "infrastructure_hall.csv");
  });
  await other.end();
  assertEquals((await loadDeferred(folder, { url })).rows, 8);
});

Deno.test("two loads into one database exclude each other", async () => {
  const url = await freshDatabase();
  const folder = await dataset();
  const outcomes = await Promise.allSettled([
    loadDeferred(folder, { url }),
    loadDeferred(folder, { url }),
  ]);
  // Which of the two waits, and whether it waits long enough, is the machine's affair.
  const said = outcomes.map((one) => {
    if (one.status === "fulfilled") return one.value.alreadyThere ? "there already" : "loaded";
    assert(one.reason instanceof ReddError);
    return one.reason.code;
  });
  assertEquals(said.filter((one) => one === "loaded").length, 1, said.join());
  const [other] = said.filter((one) => one !== "loaded");
  assert(["LOAD_RUNNING", "there already"].includes(other!), said.join());
  assertEquals(await ask(url, "select count(*)::int from infrastructure_hall"), [[3]]);
});

Deno.test("a database without AquaMind's tables is not verified check by check", async () => {
  const url = await freshDatabase();
  const { manifest } = await openDataset(await dataset(), { believed: true });
  const error = await assertRejects(() => verifyDatabase(url, manifest), ReddError);
  assertEquals([error.code, error.because], ["NOT_LOADED", "it has none of AquaMind's tables"]);
});
