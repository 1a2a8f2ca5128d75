/** A reset, a snapshot and a clone whose connections are cut at each step, and the command after it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { cloneDatabase } from "../../src/snapshot/clone.ts";
import { dropClonesOf } from "../../src/snapshot/drop.ts";
import { listDatabases } from "../../src/snapshot/list.ts";
import { resetDatabase } from "../../src/snapshot/reset.ts";
import { snapshotDatabase } from "../../src/snapshot/snapshot.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { at, makeTide, namesOn, tideOf } from "./databases.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());
const admin = test.server.url("postgres");

/** Where a connection is cut: at a statement with these words, before or behind its arrival. */
interface Cut {
  readonly words: string;
  readonly arrives: boolean;
  /** At which statement of these words; the first if absent. */
  readonly nth?: number;
}

/** Passes bytes on between client and server, and cuts everything at a statement. */
function cutting({ words, arrives, nth = 1 }: Cut) {
  let seen = 0;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.Conn[] = [];
  let isCut = false;
  const closeAll = () => {
    isCut = true;
    for (const one of open.splice(0)) {
      try {
        one.close();
      } catch {
        // It is closed.
      }
    }
  };
  async function pass(from: Deno.Conn, to: Deno.Conn, watch: boolean): Promise<void> {
    const piece = new Uint8Array(1 << 16);
    try {
      for (let n = await from.read(piece); n !== null; n = await from.read(piece)) {
        const bytes = piece.slice(0, n);
        const hit = watch && new TextDecoder().decode(bytes).includes(words) &&
          ++seen === nth;
        if (!hit || arrives) await to.write(bytes);
        if (hit) return closeAll();
      }
      to.close();
    } catch {
      // The other side was closed.
    }
  }
  const accepting = (async () => {
    for await (const client of listener) {
      if (isCut) {
        client.close();
        continue;
      }
      const server = await Deno.connect({ hostname: "127.0.0.1", port: test.server.port });
      open.push(client, server);
      void pass(client, server, true);
      void pass(server, client, false);
    }
  })();
  const url = new URL(admin);
  url.port = String(listener.addr.port);
  url.searchParams.set("sslmode", "disable");
  return {
    url: url.href,
    wasCut: () => isCut,
    async end() {
      listener.close();
      closeAll();
      await accepting.catch(() => {});
    },
  };
}

/** Waits until no statement of a killed command goes on in the server. */
async function quiet(): Promise<void> {
  const others = `select count(*)::int from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  while ((await ask(admin, others))[0]?.[0] !== 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs work whose connections are cut, and sees that it failed of that. */
async function killed(cut: Cut, work: (url: string) => Promise<unknown>): Promise<void> {
  const proxy = cutting(cut);
  try {
    const ended = await work(proxy.url).then(() => "done", (error) => error.code);
    assert(proxy.wasCut(), `no statement has ${cut.words}`);
    assertEquals(ended, "CONNECTION_LOST", cut.words);
  } finally {
    await proxy.end();
  }
  await quiet();
}

const both = (...all: string[]): Cut[] =>
  all.flatMap((words) => [{ words, arrives: false }, { words, arrives: true }]);

/** The statement alone: transactions begin with "read committed". */
const COMMIT = "\x0bcommit\0";

const SWAP = [
  "create database",
  "savepoint property",
  'alter database "farm" rename',
  "allow_connections false connection limit 19",
  ' rename to "farm"',
  "comment on database",
  COMMIT,
  "drop database",
];

Deno.test("a reset that is killed at any step leaves a whole database, and the next one finds it", async () => {
  const url = await makeTide(admin, "farm");
  await ask(admin, "alter database farm set work_mem = '5MB'");
  await snapshotDatabase(admin, "farm");
  for (const cut of both(...SWAP)) {
    await ask(url, "update tide set height = 2");
    await killed(cut, (through) => resetDatabase(through, "farm"));
    const arrived = cut.words === "drop database" || cut.words === COMMIT && cut.arrives;
    assertEquals(await tideOf(url), arrived ? 1 : 2, `${cut.words} ${cut.arrives}`);
    await ask(url, "update tide set height = 3");
    await resetDatabase(admin, "farm");
    assertEquals(await tideOf(url), 1);
    assertEquals((await ask(url, "show work_mem"))[0], ["5MB"]);
    assertEquals(await namesOn(admin), ["farm", "farm.snapshot"]);
  }
});

Deno.test("a snapshot that is half made never looks like one, and the one before stays", async () => {
  const url = await makeTide(admin, "lake");
  // The first transaction looks into the ledger of loads.
  const steps = [
    { words: "create database", arrives: true },
    { words: ' rename to "lake.snapshot"', arrives: true },
    { words: COMMIT, nth: 2, arrives: false },
    { words: COMMIT, nth: 2, arrives: true },
  ];
  for (const cut of steps) {
    await killed(cut, (through) => snapshotDatabase(through, "lake"));
    const lake = async () =>
      (await listDatabases(admin)).databases.find(({ name }) => name === "lake");
    const whole = cut.words === COMMIT && cut.arrives;
    assertEquals((await lake())?.snapshot !== undefined, whole, `${cut.words} ${cut.arrives}`);
    await snapshotDatabase(admin, "lake", { force: true });
    await ask(url, "update tide set height = 2");
    await killed(cut, (through) => snapshotDatabase(through, "lake", { force: true }));
    await resetDatabase(admin, "lake");
    assertEquals(await tideOf(url), whole ? 2 : 1);
    await ask(url, "update tide set height = 1");
    assertEquals((await listDatabases(admin)).leftovers, []);
    await ask(admin, 'drop database "lake.snapshot"');
  }
});

Deno.test("of clones that are killed all are there or none", async () => {
  await makeTide(admin, "brook");
  await snapshotDatabase(admin, "brook");
  for (
    const cut of [
      { words: "create database", nth: 2, arrives: true },
      { words: 'rename to "brook_clone_2"', arrives: true },
      { words: COMMIT, nth: 3, arrives: false },
    ]
  ) {
    await killed(cut, (through) => cloneDatabase(through, "brook", { count: 2 }));
    const names = (await namesOn(admin)).filter((name) => /^brook_clone/.test(String(name)));
    assertEquals(names, [], `${cut.words} ${cut.arrives}`);
    const { clones } = await cloneDatabase(admin, "brook");
    assertEquals(await tideOf(at(admin, clones[0]!.database)), 1);
    await dropClonesOf(admin, "brook");
    assertEquals((await listDatabases(admin)).leftovers, []);
  }
});
