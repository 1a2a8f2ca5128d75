/** Servers that die, hang or are left behind: every one of them is stopped, and starts again. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { accountFor } from "../../src/server/account.ts";
import { findBinaries } from "../../src/server/binaries.ts";
import { cachedBinaries } from "../../src/server/cache.ts";
import { stopOrphan } from "../../src/server/orphan.ts";
import { readPidFile, removePidFile } from "../../src/server/pid_file.ts";
import { processesOf } from "../../src/server/processes.ts";
import type { Program } from "../../src/server/program.ts";
import { type EmbeddedServer, startServer } from "../../src/server/server.ts";
import { stopPostmaster, stopPostmasterSync } from "../../src/server/stop.ts";
import { tellOfWaiting, waitFor } from "../../src/server/waiting.ts";
import { ask } from "../load/databases.ts";
import { freeze } from "./freeze.ts";
import { temporaryFolder } from "./temporary.ts";

const base = await temporaryFolder();
Deno.env.set("XDG_STATE_HOME", join(base, "state"));
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
const folder = join(base, "postgres");

const quiet = { notice: () => {} };
const account = accountFor();
const binaries = await cachedBinaries(await findBinaries("18"), account, quiet);

/** Every step is tried, and none of those that cannot help is waited for. */
const LITTLE = { fast: 100, immediate: 100, kill: 60_000 };

/** Enough for what helps, on any machine. */
const MUCH = { fast: 60_000, immediate: 60_000, kill: 60_000 };

let rows = 0;

/** A server with one committed row more than before. */
async function withRow(): Promise<{ server: EmbeddedServer; program: Program }> {
  const server = await startServer({ defaultDir: folder });
  await ask(
    server.url("postgres"),
    "create table if not exists salmon (id int)",
    `insert into salmon values (${++rows})`,
  );
  const program = { binaries, account, folder, data: server.data, signals: false };
  return { server, program };
}

/** Starts the server again and counts. */
async function countAgain(): Promise<unknown> {
  await using server = await startServer({ defaultDir: folder });
  return (await ask(server.url("postgres"), "select count(*)::int from salmon"))[0]?.[0];
}

const backends = ({ data }: Program) => {
  const { postmaster, all } = processesOf(data);
  return all.filter((pid) => pid !== postmaster);
};

Deno.test("the processes of a server are those that work in its files", async () => {
  const { server, program } = await withRow();
  const { postmaster, all } = processesOf(server.data);
  assertEquals(postmaster, readPidFile(server.data)?.pid);
  assert(all.length > 3 && all.includes(postmaster!));
  assertEquals(processesOf(base), { all: [] });
  await server.stop();
  assertEquals(processesOf(program.data), { all: [] });
});

Deno.test("a server with a killed backend is stopped and keeps what was committed", async () => {
  const { server, program } = await withRow();
  Deno.kill(backends(program)[0]!, "SIGKILL");
  // PostgreSQL never ends by this request while it recovers: without the next step this waits for ever.
  await stopPostmaster(program, quiet, { ...MUCH, fast: Infinity });
  assertEquals(processesOf(program.data), { all: [] });
  await server.stop();
  assertEquals(await countAgain(), rows);
});

for (
  const [what, victims] of [
    ["postmaster", (program: Program) => [processesOf(program.data).postmaster!]],
    ["backends", backends],
    ["processes, all of them,", (program: Program) => processesOf(program.data).all],
  ] as const
) {
  Deno.test(`a server whose ${what} hang is killed and keeps what was committed`, async () => {
    const { server, program } = await withRow();
    freeze(victims(program));
    await stopPostmaster(program, quiet, LITTLE);
    assertEquals(processesOf(program.data), { all: [] });
    assertEquals(readPidFile(program.data), undefined);
    await server.stop();
    assertEquals(await countAgain(), rows);
  });
}

Deno.test("a server is asked before it is told, and told before it is killed", async () => {
  for (
    const [patience, hanging, word] of [
      [MUCH, 0, "received fast shutdown request"],
      [{ ...MUCH, fast: 100 }, 1, "received immediate shutdown request"],
    ] as const
  ) {
    const { server, program } = await withRow();
    freeze(backends(program).slice(0, hanging));
    await stopPostmaster(program, quiet, patience);
    const log = await Deno.readTextFile(join(program.data, "server.log"));
    assert(log.includes(word), log);
    await server.stop();
  }
  assertEquals(await countAgain(), rows);
});

Deno.test("Ctrl-C while a hanging server is stopped has it killed", async () => {
  const { server, program } = await withRow();
  freeze(processesOf(program.data).all);
  const interrupt = new AbortController();
  const stopping = stopPostmaster(program, { ...quiet, signal: interrupt.signal }, {
    fast: Infinity,
    immediate: Infinity,
    kill: Infinity,
  });
  interrupt.abort();
  await stopping;
  assertEquals(processesOf(program.data), { all: [] });
  await server.stop();
  assertEquals(await countAgain(), rows);
});

Deno.test("a process that ends leaves no hanging server behind", async () => {
  const { server, program } = await withRow();
  freeze(processesOf(program.data).all);
  stopPostmasterSync(program, LITTLE);
  assertEquals(processesOf(program.data), { all: [] });
  await server.stop();
  assertEquals(await countAgain(), rows);
});

Deno.test("a hanging server that a killed run has left behind is stopped", async () => {
  const { server, program } = await withRow();
  const { postmaster, all } = processesOf(program.data);
  freeze(all);
  assertEquals(await stopOrphan(program, "", quiet, LITTLE), postmaster);
  await server.stop();
  assertEquals(await countAgain(), rows);
});

Deno.test("backends that outlive their postmaster are stopped before the next start", async () => {
  const { server, program } = await withRow();
  const { postmaster, all } = processesOf(program.data);
  const [left] = backends(program);
  freeze([left!]);
  Deno.kill(postmaster!, "SIGKILL");
  while (processesOf(program.data).all.length === all.length) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await stopOrphan(program, "", quiet, LITTLE);
  assertEquals(processesOf(program.data), { all: [] });
  await server.stop();
  assertEquals(await countAgain(), rows);
});

Deno.test("a postmaster.pid may vanish, or be anything", async () => {
  const data = join(base, "files");
  await Deno.mkdir(data);
  const path = join(data, "postmaster.pid");
  const target = join(base, "target");
  await Deno.writeTextFile(target, "4711\n");
  const kinds: Readonly<Record<string, () => unknown>> = {
    "nothing": () => {},
    "empty": () => Deno.writeTextFile(path, ""),
    "no number": () => Deno.writeTextFile(path, "-1\n"),
    "everyone": () => Deno.writeTextFile(path, "1\n"),
    "a link": () => Deno.symlink(target, path),
    "a fifo": () => new Deno.Command("mkfifo", { args: [path] }).output(),
    "large": () => Deno.writeTextFile(path, "4711\n".repeat(10_000)),
  };
  for (const [what, make] of Object.entries(kinds)) {
    await make();
    assertEquals(readPidFile(data), undefined, what);
    removePidFile(data);
    removePidFile(data);
  }
  assertEquals(await Deno.readTextFile(target), "4711\n");
});

Deno.test("who waits is told for what, until the wait is over", async () => {
  const told: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const notice = (text: string) => {
    told.push(text);
    resolve();
  };
  const end = tellOfWaiting("the tide", { notice }, 1);
  await promise;
  end();
  assertEquals(told, ["Still waiting for the tide (0 s)."]);
  tellOfWaiting("nobody", { notice }, 1)();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(told.length, 1);
});

Deno.test("a wait ends by what is awaited, by its bound, or by the signal", async () => {
  const never = new Promise<string>(() => {});
  const signal = AbortSignal.abort();
  assertEquals(await waitFor(Promise.resolve("salmon"), "", 60_000, quiet), { done: "salmon" });
  assertEquals(await waitFor(never, "", 1, quiet), { ended: "too late" });
  assertEquals(await waitFor(never, "", 60_000, { ...quiet, signal }), { ended: "interrupted" });
});
