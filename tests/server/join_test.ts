/** Several runs on one server: whoever comes joins it, and the last one who goes stops it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { accountFor } from "../../src/server/account.ts";
import { tryLockFile } from "../../src/server/lock.ts";
import { pidFileOf, readPidFile } from "../../src/server/pid_file.ts";
import { processesOf } from "../../src/server/processes.ts";
import { askListener } from "../../src/server/running.ts";
import { type EmbeddedServer, type ServerOptions, startServer } from "../../src/server/server.ts";
import { ask } from "../load/databases.ts";
import { collectNotices } from "./notices.ts";
import { prepareServer } from "./prepared.ts";
import { refusal } from "./refusal.ts";
import { request, strangerWith } from "./stranger.ts";
import { temporaryFolder } from "./temporary.ts";

const base = await temporaryFolder();
Deno.env.set("XDG_STATE_HOME", join(base, "state"));
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
const folder = join(base, "out/postgres");
await prepareServer(folder, "18");
const [data] = [...Deno.readDirSync(folder)].map(({ name }) => join(folder, name));

const runs = () => processesOf(data!).postmaster !== undefined;

/** A handle and what was said. */
async function start(options: ServerOptions = {}) {
  const { notices, onNotice } = collectNotices();
  const server = await startServer({ defaultDir: folder, onNotice, ...options });
  return { server, notices };
}

/** Another process that uses the server, until it is killed. */
async function startElsewhere(): Promise<Deno.ChildProcess & { said: { notices: string[] } }> {
  const program = new URL("./run_server.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", program, folder, "wait"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const output = child.stdout.getReader();
  const { value } = await output.read();
  await output.cancel();
  return Object.assign(child, { said: JSON.parse(new TextDecoder().decode(value)) });
}

async function endBy(child: Deno.ChildProcess, signal: Deno.Signal) {
  child.kill(signal);
  return await child.status;
}

Deno.test("startServer() without arguments takes the folder of the commands", async () => {
  const before = Deno.cwd();
  Deno.chdir(base);
  try {
    await using server = await startServer();
    assertEquals([server.folder, server.joined], [await Deno.realPath(folder), false]);
    await using same = await startServer();
    assertEquals([same.port, same.joined], [server.port, true]);
  } finally {
    Deno.chdir(before);
  }
  assert(!runs());
});

Deno.test("the last who leaves a server stops it, whichever started it", async () => {
  for (const order of [[0, 1, 2], [2, 1, 0]]) {
    const handles = [await start(), await start(), await start()];
    const [{ server: { port, url } }] = handles as [typeof handles[number]];
    assertEquals(handles.map(({ server }) => [server.port, server.url("x"), server.joined]), [
      [port, url("x"), false],
      [port, url("x"), true],
      [port, url("x"), true],
    ]);
    const word = `The embedded server is running already, on port ${port}.`;
    assertEquals(handles.map(({ notices }) => notices), [[], [word], [word]]);
    const [first, second, third] = order.map((place) => handles[place]!.server);
    assertEquals([await first!.stop(), await first!.stop()], [false, false]);
    assertEquals(await second!.stop(), false);
    assertEquals(await ask(third!.url("postgres"), "select 1"), [[1]]);
    assertEquals(await third!.stop(), true);
    assert(!runs());
  }
});

Deno.test("of those who come at once one starts the server, and all make the same database", async () => {
  const handles = await Promise.all(Array.from({ length: 4 }, () => start()));
  const servers = handles.map(({ server }) => server);
  assertEquals(servers.filter(({ joined }) => !joined).length, 1);
  assertEquals(new Set(servers.map(({ port }) => port)).size, 1);
  await Promise.all(servers.map((server) => server.createDatabase("farm")));
  assertEquals(await servers[3]!.databases(), ["farm"]);
  await servers[0]!.dropDatabase("farm");
  const stopped = await Promise.all(servers.map((server) => server.stop()));
  assertEquals(stopped.filter((last) => last).length, 1);
  assert(!runs());
});

for (const signal of ["SIGKILL", "SIGINT"] as const) {
  Deno.test(`who has started a server and ends by ${signal} takes it from nobody`, async () => {
    const starter = await startElsewhere();
    const { server } = await start();
    assert(server.joined);
    assertEquals((await endBy(starter, signal)).success, false);
    assertEquals(await ask(server.url("farm"), "select 1"), [[1]]);
    const { server: later } = await start();
    assertEquals([later.joined, later.port], [true, server.port]);
    assertEquals([await server.stop(), await later.stop()], [false, true]);
    assert(!runs());
  });
}

Deno.test("a run that is killed is counted no more, one that ends by a signal leaves the server", async () => {
  const { server } = await start();
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    const other = await startElsewhere();
    assertMatch(other.said.notices[0]!, /is running already/);
    await endBy(other, signal);
    assertEquals(await ask(server.url("postgres"), "select 1"), [[1]]);
  }
  assertEquals(await server.stop(), true);
  assert(!runs());
});

Deno.test("the last of several processes stops the server by its last steps", async () => {
  const { server } = await start();
  const other = await startElsewhere();
  assertEquals(await server.stop(), false);
  assertEquals((await endBy(other, "SIGINT")).code, 130);
  assert(!runs());
});

Deno.test("a server that has died under its users is started again on its port", async () => {
  const { server } = await start();
  await server.createDatabase("farm");
  Deno.kill(processesOf(data!).postmaster!, "SIGKILL");
  const { server: next, notices } = await start();
  assertEquals(notices, [
    "The embedded server had died under the runs that use it: it is started again.",
  ]);
  assertEquals([next.joined, next.port], [false, server.port]);
  assertEquals(await ask(server.url("farm"), "select 1"), [[1]]);
  assertEquals([await next.stop(), await server.stop()], [false, true]);
  assert(!runs());
});

Deno.test("a server on another port than the one that is asked for is left alone", async () => {
  const { server } = await start();
  const other = server.port === 5999 ? 5998 : 5999;
  const error = await refusal(() => startServer({ defaultDir: folder, port: other }));
  assertEquals(error.code, "PORT_DIFFERS");
  assertMatch(
    error.message,
    new RegExp(`on port ${other}: it is running .* port ${server.port}\\.`),
  );
  await using same = await startServer({ defaultDir: folder, port: server.port });
  assertEquals(same.joined, true);
  assertEquals(await server.stop(), false);
});

/** Writes another port into `postmaster.pid`; the server's own account can. */
async function sayPort(text: string, port: number): Promise<void> {
  await Deno.writeTextFile(pidFileOf(data!), text.replace(/^((?:.*\n){3}).*/, `$1${port}`));
}

Deno.test("a stranger on a server's port is told no password, and not joined", async () => {
  const { server } = await start();
  const text = await Deno.readTextFile(pidFileOf(data!));
  using stranger = strangerWith(request(3));
  await sayPort(text, stranger.port);
  const error = await refusal(() => startServer({ defaultDir: folder }));
  assertEquals(error.code, "SERVER_STRANGE");
  assert(stranger.heard.length > 0);
  // A word of greeting that names the user, and nothing behind it.
  for (const heard of stranger.heard) assertEquals(heard.length, heard.charCodeAt(3));
  await sayPort(text, server.port);
  assertEquals(readPidFile(data!)?.port, server.port);
  assertEquals([await server.stop(), runs()], [true, false]);
});

Deno.test("another server of ours is not the one of these files", async () => {
  const { server } = await start();
  const { port, url } = server;
  const { password } = new URL(url("postgres"));
  assertEquals(await askListener({ port, password }, data!), "ours");
  assertEquals(await askListener({ port, password }, `${data}-copied`), "stranger");
  assertEquals(await askListener({ port, password: "guess" }, data!), "stranger");
  await server.stop();
  assertEquals(await askListener({ port, password }, data!), "nobody");
});

Deno.test("a port that a killed server has left to a stranger is not even asked", async () => {
  const starter = await startElsewhere();
  const text = await Deno.readTextFile(pidFileOf(data!));
  await endBy(starter, "SIGKILL");
  for (const pid of processesOf(data!).all) Deno.kill(pid, "SIGKILL");
  while (processesOf(data!).all.length > 0) await delay(10);
  using stranger = strangerWith(request(3));
  await sayPort(text, stranger.port);
  const { ids } = accountFor();
  if (ids !== undefined) await Deno.chown(pidFileOf(data!), ids.uid, ids.gid);
  await using server = await startServer({ defaultDir: folder });
  assertEquals([server.joined, server.port === stranger.port], [false, false]);
  assertEquals(stranger.heard, []);
});

Deno.test("who finds another starting or stopping waits, until Ctrl-C", async () => {
  const gate = tryLockFile(join(folder, "redd.lock"));
  assert("release" in gate);
  const interrupt = new AbortController();
  const waiting = refusal(
    () => startServer({ defaultDir: folder, signal: interrupt.signal }),
    "interrupted",
  );
  const patient = startServer({ defaultDir: folder });
  interrupt.abort();
  assertEquals((await waiting).code, "INTERRUPTED");
  gate.release();
  await using server = await patient;
  assertEquals(await ask(server.url("postgres"), "select 1"), [[1]]);
});

Deno.test("who cannot get to the gate leaves the server to whoever is there", async () => {
  const interrupt = new AbortController();
  const { server } = await start({ signal: interrupt.signal });
  const gate = tryLockFile(join(folder, "redd.lock"));
  assert("release" in gate);
  interrupt.abort();
  assertEquals(await server.stop(), false);
  gate.release();
  assert(runs());
  // As if that one had been killed.
  const { server: next, notices } = await start();
  assertMatch(notices.join("\n"), /^Stopped the server that a killed run had left behind/);
  assertEquals([await next.stop(), runs()], [true, false]);
});

Deno.test("a server whose locks were removed under it is stopped all the same", async () => {
  const { server }: { server: EmbeddedServer } = await start();
  await Deno.remove(join(folder, "redd.lock"));
  await Deno.remove(join(folder, "users.lock"));
  await Deno.mkdir(join(folder, "redd.lock"));
  assertEquals([await server.stop(), runs()], [true, false]);
  await Deno.remove(join(folder, "redd.lock"));
});
