// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { accountFor } from "../../src/server/account.ts";
import { startServer } from "../../src/server/server.ts";
import { type OrdinaryUser, ordinaryUser } from "../ordinary_user.ts";
import { PROJECT } from "../project.ts";
import { collectNotices } from "./notices.ts";
import { refusal } from "./refusal.ts";
import { temporaryFolder } from "./temporary.ts";

const ROOT = Deno.uid() === 0;

/** The folder that most tests share: PostgreSQL's files are made once. */
const base = await temporaryFolder();
const folder = join(base, "postgres");
globalThis.addEventListener("unload", () => Deno.removeSync(base, { recursive: true }));
Deno.env.set("XDG_STATE_HOME", join(base, "state"));
const data = await (async () => {
  await using server = await startServer({ defaultDir: folder });
  return server.data;
})();

async function ask(url: string, question: string): Promise<string> {
  // The driver takes the name of the database from the path without decoding it.
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const sql = postgres(url, { database, max: 1, fetch_types: false, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe(question).values();
    return String(row?.[0]);
  } finally {
    await sql.end();
  }
}

async function postmasterPid(): Promise<number | undefined> {
  try {
    const text = await Deno.readTextFile(join(data, "postmaster.pid"));
    return Number(text.split("\n")[0]);
  } catch {
    return undefined;
  }
}

interface Run {
  readonly process: Deno.ChildProcess;
  readonly url: string;
  readonly notices: string[];
}

/** Starts `run_server.ts` and waits for its word. */
async function run(
  end: string,
  { folder: where = folder, user }: { folder?: string; user?: OrdinaryUser } = {},
): Promise<Run> {
  const { deno = Deno.execPath(), project = PROJECT, env } = user ?? {};
  const process = new Deno.Command(deno, {
    args: ["run", "--allow-all", join(project, "tests/server/run_server.ts"), where, end],
    stdout: "piped",
    stderr: "null",
    ...(user === undefined ? {} : {
      uid: user.uid,
      gid: user.gid,
      cwd: "/",
      env: { ...env, XDG_STATE_HOME: "", XDG_CACHE_HOME: "" },
    }),
  }).spawn();
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of process.stdout) {
    said += decoder.decode(chunk);
    if (said.endsWith("\n")) break;
  }
  return { process, ...JSON.parse(said) };
}

Deno.test("startServer() makes a server that keeps its data over a stop", async () => {
  await using first = await startServer({ defaultDir: folder });
  assertEquals(await first.createDatabase('a "strange" name'), true);
  assertEquals(await first.createDatabase('a "strange" name'), false);
  assertEquals(
    await ask(first.url('a "strange" name'), "create table t as select 42 as x"),
    "undefined",
  );
  await first.stop();
  await first.stop();
  assertEquals(await postmasterPid(), undefined);

  await using second = await startServer({ defaultDir: folder });
  assertEquals(await ask(second.url('a "strange" name'), "select x from t"), "42");
  assertEquals(await second.databases(), ['a "strange" name']);
  await second.dropDatabase('a "strange" name');
  await second.dropDatabase('a "strange" name');
  await assertRejects(
    () => ask(second.url('a "strange" name'), "select 1"),
    Error,
    "does not exist",
  );
  assertEquals(await ask(second.url("postgres"), "show listen_addresses"), "127.0.0.1");
  assertEquals(await ask(second.url("postgres"), "show fsync"), "on");
});

Deno.test("dropEmptyDatabase() removes what nobody has put anything into, and nothing else", async () => {
  await using server = await startServer({ defaultDir: folder });
  for (const made of ["create table t as select 42 as x", "create schema own"]) {
    await server.createDatabase("empty");
    await ask(server.url("empty"), made);
    assertEquals(await server.dropEmptyDatabase("empty"), false, made);
    await ask(server.url("empty"), "drop table if exists t; drop schema if exists own");
    assertEquals(await server.dropEmptyDatabase("empty"), true, made);
    assertEquals((await server.databases()).includes("empty"), false);
  }
  await server.createDatabase("entered");
  const inside = postgres(server.url("entered"), { max: 1, fetch_types: false });
  await inside`select 1`;
  assertEquals(await server.dropEmptyDatabase("entered"), false, "somebody is in it");
  await inside.end();
  assertEquals(await server.dropEmptyDatabase("entered"), true);
});

Deno.test({
  name: "as root the server runs under another user, and its password is root's alone",
  ignore: !ROOT,
  fn: async () => {
    await using _server = await startServer({ defaultDir: folder });
    const pid = await postmasterPid();
    assert(pid !== undefined);
    const account = accountFor();
    const owner = await Deno.stat(`/proc/${pid}`);
    assertEquals({ uid: owner.uid, gid: owner.gid }, { ...account.ids });
    assert(owner.uid !== 0);
    const secrets = await Deno.stat(join(base, "state/redd"));
    assertEquals([secrets.uid, (secrets.mode ?? 0) & 0o777], [0, 0o700]);
  },
});

Deno.test("a client with another password or none is turned away", async () => {
  await using server = await startServer({ defaultDir: folder });
  const password = new URL(server.url("postgres")).password;
  for (const wrong of ["guess", ""]) {
    const url = server.url("postgres").replace(`:${password}@`, `:${wrong}@`);
    await assertRejects(() => ask(url, "select 1"), Error, "password authentication failed");
  }
});

Deno.test("startServer() takes the port that it is given, and refuses one in use", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const error = await refusal(() => startServer({ defaultDir: folder, port }));
  assertEquals(error.code, "PORT_TAKEN");
  assertStringIncludes(error.message, String(port));
  listener.close();
  await using server = await startServer({ defaultDir: folder, port });
  assertEquals(server.port, port);
});

Deno.test("a server whose postmaster was killed is stopped without an error and starts again", async () => {
  await using server = await startServer({ defaultDir: folder });
  await server.createDatabase("killed");
  await ask(server.url("killed"), "create table if not exists t (x int)");
  const pid = await postmasterPid();
  assert(pid !== undefined);
  Deno.kill(pid, "SIGKILL");
  await server.stop();
  await using again = await startServer({ defaultDir: folder });
  assertEquals(await ask(again.url("killed"), "select count(*) from t"), "0");
});

Deno.test("a server that outlived a killed run is stopped before the next one starts", async () => {
  const { process, url } = await run("wait");
  const orphan = await postmasterPid();
  process.kill("SIGKILL");
  await process.status;
  assertEquals(await ask(url, "select 1"), "1");

  const { notices, onNotice } = collectNotices();
  await using server = await startServer({ defaultDir: folder, onNotice });
  assertEquals(notices, [
    `Stopped the server that a killed run had left behind (process ${orphan}).`,
  ]);
  assertEquals(await ask(server.url("farm"), "select 1"), "1");
});

Deno.test("a postmaster.pid whose number belongs to another program does not stop that program", async () => {
  const account = accountFor();
  // The folder of the project may be closed to that account.
  const bystander = new Deno.Command("sleep", { args: ["60"], cwd: "/", ...account.ids }).spawn();
  const path = join(data, "postmaster.pid");
  const file = [bystander.pid, data, 1_700_000_000, 1, "", "", "", ""].join("\n");
  await Deno.writeTextFile(path, file);
  if (account.ids !== undefined) await Deno.chown(path, account.ids.uid, account.ids.gid);

  await using server = await startServer({ defaultDir: folder });
  assertEquals(await ask(server.url("postgres"), "select 1"), "1");
  await server.stop();
  bystander.kill("SIGTERM");
  assertEquals((await bystander.status).signal, "SIGTERM");
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 130], ["SIGHUP", 130]] as const) {
  Deno.test(`${signal} stops the server and ends the process with ${code}`, async () => {
    const { process } = await run("wait");
    process.kill(signal);
    assertEquals((await process.status).code, code);
    assertEquals(await postmasterPid(), undefined);
  });
}

for (const [end, code] of [["throw", 1], ["exit", 7], ["stop", 0], ["forget", 0]] as const) {
  Deno.test(`a process that ends by "${end}" leaves no server behind`, async () => {
    const { process } = await run(end);
    assertEquals((await process.status).code, code);
    assertEquals(await postmasterPid(), undefined);
  });
}

Deno.test("startServer() refuses the data of another major version", async () => {
  const error = await refusal(() => startServer({ defaultDir: folder, version: "15" }));
  assertEquals(error.code, "DATA_FOLDER_VERSION");
  assertStringIncludes(error.message, "PostgreSQL 18");
  assertStringIncludes(error.message, folder);
});

Deno.test({
  name: "where the server's user may not enter, a temporary folder takes the default's place",
  ignore: !ROOT,
  fn: async () => {
    const closed = join(base, "closed");
    await Deno.mkdir(closed, { mode: 0o700 });
    const wanted = join(closed, "dataset/postgres");

    const error = await refusal(() => startServer({ dataDir: wanted, defaultDir: folder }));
    assertEquals(error.code, "DATA_FOLDER_UNREACHABLE");
    assertStringIncludes(error.message, `may not enter ${await Deno.realPath(closed)}`);
    assertStringIncludes(error.message, "--data-dir");

    const temporary = Deno.env.get("TMPDIR");
    Deno.env.set("TMPDIR", base);
    try {
      const { notices, onNotice } = collectNotices();
      await using first = await startServer({ defaultDir: wanted, onNotice });
      assertEquals(dirname(first.folder), base);
      assertEquals(notices.length, 1);
      assertStringIncludes(notices[0]!, first.folder);
      assertStringIncludes(notices[0]!, wanted);
      assertEquals(((await Deno.stat(first.folder)).mode ?? 0) & 0o777, 0o711);
      await first.stop();
      await using second = await startServer({ defaultDir: wanted });
      assertEquals(second.folder, first.folder);
    } finally {
      if (temporary === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", temporary);
    }
  },
});

Deno.test({
  name: "an ordinary user runs the server as himself",
  ignore: !ROOT,
  fn: async () => {
    const account = accountFor();
    assert(account.ids !== undefined);
    const home = join(base, "home");
    const user = await ordinaryUser(account.ids, home);

    const { process } = await run("wait", { folder: join(home, "postgres"), user });
    const [own] = [...Deno.readDirSync(join(home, "postgres"))].filter((entry) =>
      entry.isDirectory
    );
    const owner = await Deno.stat(join(home, "postgres", own!.name, "postmaster.pid"));
    const secrets = await Deno.stat(join(home, ".local/state/redd"));
    assertEquals([owner.uid, secrets.uid], [account.ids.uid, account.ids.uid]);
    process.kill("SIGINT");
    assertEquals((await process.status).code, 130);
  },
});
