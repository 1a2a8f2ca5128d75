// @ts-types="../../types/std_assert.d.ts"
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { loadDeferred } from "../load/believed.ts";
import { requireChanges, requireInsert } from "../../src/postgres/rights.ts";
import { advanceSequences } from "../../src/postgres/sequences.ts";
import { connect, connectBeside, type Target } from "../../src/postgres/target.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { MINI, writeDataset } from "../load/mini_dataset.ts";
import { MIGRATED } from "../load/rebuild/farm.ts";

const servers = { "18": await startTestServer("18"), "15": await startTestServer("15") };
const folder = join(servers["18"].folder, "dataset");
await Deno.mkdir(folder);
await writeDataset(folder, MINI);
for (const { server } of Object.values(servers)) {
  await ask(server.url("postgres"), "create role clerk login password 'clerk'");
}
Deno.test.afterAll(async () => {
  for (const one of Object.values(servers)) await one.end();
});

const clerkOf = (url: string) => url.replace(/\/\/[^@]*@/, "//clerk:clerk@");

/** A migrated database, its clerk's connection string included, who may write rows. */
async function office(version: keyof typeof servers): Promise<{ url: string; clerk: string }> {
  const url = await servers[version].freshDatabase();
  await ask(
    url,
    MIGRATED,
    "grant insert, select on all tables in schema public to clerk",
    "grant update on all sequences in schema public to clerk",
    "select setval('infrastructure_hall_id_seq', 5000)",
  );
  return { url, clerk: clerkOf(url) };
}

async function asking(url: string, work: (target: Target) => Promise<void>): Promise<void> {
  const target = await connect(url);
  try {
    await work(target);
  } finally {
    await target.close();
  }
}

const lastHall = "select last_value::int from infrastructure_hall_id_seq";

for (const version of ["18", "15"] as const) {
  const on = `PostgreSQL ${version}:`;

  Deno.test(`${on} who may not see where a sequence stands is told before a row is sent`, async () => {
    const { url, clerk } = await office(version);
    const phases: string[] = [];
    const options = {
      url: clerk,
      onProgress: ({ phase }: { phase: string }) => void phases.push(phase),
    };
    const error = await assertRejects(() => loadDeferred(folder, options), ReddError);
    assertEquals(error.code, "RIGHTS_MISSING");
    assertStringIncludes(
      error.message,
      "USAGE on the sequences infrastructure_freshwaterstation_id_seq, " +
        "infrastructure_geography_id_seq, infrastructure_hall_id_seq.",
    );
    assert(!error.message.includes("UPDATE on"), error.message);
    assertEquals(phases, []);

    await ask(
      url,
      "grant usage on all sequences in schema public to clerk",
      "revoke usage on sequence infrastructure_hall_id_seq from clerk",
    );
    const one = await assertRejects(() => loadDeferred(folder, options), ReddError);
    assertStringIncludes(one.message, "lacks USAGE on the sequence infrastructure_hall_id_seq.");
    // SELECT does as well as USAGE.
    await ask(url, "grant select on sequence infrastructure_hall_id_seq to clerk");
    assertEquals((await loadDeferred(folder, options)).rows, 8);
    assertEquals(await ask(url, lastHall), [[5000]]);
  });

  Deno.test(`${on} a sequence that cannot be read is refused and not moved back`, async () => {
    const { url, clerk } = await office(version);
    const stamps = "'2018-01-01', '2018-01-01'";
    await ask(url, `insert into infrastructure_geography values (1, 'Faroe', '', ${stamps})`);
    await ask(url, "select setval('infrastructure_geography_id_seq', 5000)");
    await asking(clerk, async (target) => {
      const tables = [tableNamed("infrastructure_geography")];
      const error = await assertRejects(() => advanceSequences(target, tables), ReddError);
      assertEquals(error.code, "RIGHTS_MISSING");
      const remedy = "grant usage on sequence infrastructure_geography_id_seq to clerk";
      assertStringIncludes(error.message, remedy);
      assertEquals(await ask(url, "select last_value::int from infrastructure_geography_id_seq"), [[
        5000,
      ]]);
      await ask(url, remedy);
      await advanceSequences(target, tables);
    });
  });
}

Deno.test("who has no rights at all is told so in a few lines, however many the tables are", async () => {
  const { url, clerk } = await office("18");
  await ask(
    url,
    "revoke all on all tables in schema public from clerk",
    "revoke all on all sequences in schema public from clerk",
  );
  await asking(clerk, async (target) => {
    const work = () => requireInsert(target, allTables);
    const { code, message } = await assertRejects(work, ReddError);
    assertEquals(code, "RIGHTS_MISSING");
    const [first] = allTables.map(({ name }) => name).sort();
    const more = allTables.length - 6;
    for (const right of ["INSERT", "SELECT"]) {
      assertMatch(message, new RegExp(`${right} on ${first}, (\\w+, ){4}\\w+ and ${more} more`));
    }
    for (const right of ["UPDATE", "USAGE"]) {
      const some = `${right} on the sequences (\\w+_seq, ){5}\\w+_seq and \\d+ more`;
      assertMatch(message, new RegExp(some));
    }
    assertEquals(message.match(/ more/g)?.length, 4);
    const changes = allTables.map(({ name }) => ({ table: name, right: "UPDATE" as const }));
    const changing = await assertRejects(() => requireChanges(target, changes), ReddError);
    assertMatch(
      changing.message,
      new RegExp(`lacks UPDATE on ${first}, (\\w+, ){4}\\w+ and ${more} more[.]`),
    );
  });
});

Deno.test("who may not make temporary tables is told the grant, where rows are staged", async () => {
  const { url, clerk } = await office("18");
  const database = new URL(url).pathname.slice(1);
  await ask(url, `revoke temporary on database ${database} from public`);
  await asking(clerk, async (target) => {
    await requireInsert(target, []);
    const work = () => requireInsert(target, [], { temporary: true });
    const error = await assertRejects(work, ReddError);
    assertEquals([error.fault, error.code], ["environment", "RIGHTS_MISSING"]);
    const remedy = `grant temporary on database ${database} to clerk`;
    assertStringIncludes(error.message, remedy);
    await ask(url, remedy);
    await work();
  });
});

/** What a role or database is made to be, what a connection is then told, and what makes it good. */
const CLOSED: readonly (readonly [string, string, string, string, string])[] = [
  [
    "a role that may not log in",
    "alter role visitor nologin",
    "LOGIN_REFUSED",
    "Let the role log in: alter role visitor login; or connect as another user.",
    "alter role visitor login",
  ],
  [
    "a database that takes no connections",
    "alter database DATABASE allow_connections false",
    "DATABASE_CLOSED",
    "From another database, as its owner: alter database DATABASE allow_connections true.",
    "alter database DATABASE allow_connections true",
  ],
  [
    "a role without CONNECT",
    "revoke connect on database DATABASE from public",
    "RIGHTS_MISSING",
    "As the owner of the database: grant connect on database DATABASE to visitor.",
    "grant connect on database DATABASE to visitor",
  ],
  [
    "a role with a limit of connections",
    "alter role visitor connection limit 0",
    "TOO_MANY_CONNECTIONS",
    ". End sessions that nobody needs, or raise the role's own limit: alter role visitor " +
    "connection limit 10.",
    "alter role visitor connection limit 10",
  ],
  [
    "a search path that names no schema",
    "alter role visitor set search_path = nosuch",
    "SCHEMA_MISSING",
    "the search path of the user visitor is nosuch, and no schema of it exists. " +
    "Take it back: alter role visitor reset search_path.",
    "alter role visitor reset search_path",
  ],
  [
    "an empty search path of a role in a database",
    "alter role visitor in database DATABASE set search_path = ''",
    "SCHEMA_MISSING",
    "the search path of the user visitor is empty, and so no schema is looked into. " +
    "Take it back: alter role visitor in database DATABASE reset search_path.",
    "alter role visitor in database DATABASE reset search_path",
  ],
  [
    "a search path of a database",
    "alter database DATABASE set search_path = nosuch, other",
    "SCHEMA_MISSING",
    "Take it back: alter database DATABASE reset search_path.",
    "alter database DATABASE reset search_path",
  ],
];
for (const [what, spoil, code, told, mend] of CLOSED) {
  Deno.test(`${what} is told with what makes it good, which does`, async () => {
    const { freshDatabase, server } = servers["18"];
    const url = await freshDatabase();
    const named = (text: string) => text.replaceAll("DATABASE", new URL(url).pathname.slice(1));
    const root = server.url("postgres");
    await ask(root, "drop role if exists visitor", "create role visitor login password 'visitor'");
    await ask(root, named(spoil));
    const visitor = url.replace(/\/\/[^@]*@/, "//visitor:visitor@");
    const error = await assertRejects(() => connect(visitor), ReddError);
    assertEquals(error.code, code, error.message);
    assertStringIncludes(error.message, named(told));
    await ask(root, named(mend));
    await asking(visitor, () => Promise.resolve());
    await ask(root, `drop database "${named("DATABASE")}"`);
  });
}

Deno.test("a schema that the user may not use is not to be created", async () => {
  const { freshDatabase, server } = servers["18"];
  const url = await freshDatabase();
  await ask(
    server.url("postgres"),
    "drop role if exists visitor",
    "create role visitor login password 'visitor'",
  );
  const visitor = url.replace(/\/\/[^@]*@/, "//visitor:visitor@");
  const told = async () => (await assertRejects(() => connect(visitor), ReddError)).message;
  await ask(url, "revoke usage on schema public from public");
  assertStringIncludes(
    await told(),
    "the user visitor may not use the schema public of the search path. As the schema's owner: " +
      "grant usage on schema public to visitor.",
  );
  await ask(url, "drop schema public");
  assertStringIncludes(
    await told(),
    "Create the schema: create schema public; grant usage on schema public to visitor.",
  );
});

Deno.test("one connection more beside others says that there could be fewer jobs", async () => {
  const { freshDatabase, server } = servers["18"];
  const url = await freshDatabase();
  await ask(
    server.url("postgres"),
    "drop role if exists visitor",
    "create role visitor login password 'visitor' connection limit 1",
  );
  await asking(url.replace(/\/\/[^@]*@/, "//visitor:visitor@"), async (target) => {
    const error = await assertRejects(() => connectBeside(target), ReddError);
    assertEquals(error.code, "TOO_MANY_CONNECTIONS");
    assertStringIncludes(error.message, "Give fewer --jobs or end sessions that nobody needs");
  });
});
