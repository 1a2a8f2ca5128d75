/** Ctrl-C in every phase of a server's life: the phase ends, nothing is left, the next start works. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { processesOf } from "../../src/server/processes.ts";
import { startServer } from "../../src/server/server.ts";
import { ask } from "../load/databases.ts";
import { freeze } from "./freeze.ts";
import { refusal } from "./refusal.ts";
import { temporaryFolder } from "./temporary.ts";

const base = await temporaryFolder();
Deno.env.set("XDG_STATE_HOME", join(base, "state"));
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
const folder = join(base, "postgres");

/** A folder that no server has used. */
const fresh = join(base, "fresh/postgres");

const namesIn = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();

/** Processes whose working folder lies in the server's folder. */
const leftIn = (path: string) => namesIn(path).flatMap((name) => processesOf(join(path, name)).all);

/** Presses Ctrl-C as soon as something is there. */
function abortWhen(there: () => boolean): AbortSignal {
  const interrupt = new AbortController();
  const look = setInterval(() => {
    if (!there()) return;
    clearInterval(look);
    interrupt.abort();
  });
  return interrupt.signal;
}

const isThere = (path: string) => {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

const data = await (async () => {
  await using server = await startServer({ defaultDir: folder });
  return server.data;
})();

Deno.test("before the start: nothing is made", async () => {
  const signal = AbortSignal.abort();
  const error = await refusal(() => startServer({ defaultDir: fresh, signal }), "interrupted");
  assertEquals(error.code, "INTERRUPTED");
  assertEquals(isThere(fresh), false);
});

Deno.test("while the files are made: initdb ends, and the next start clears them away", async () => {
  const signal = abortWhen(() =>
    isThere(fresh) && namesIn(fresh).some((name) => name.endsWith(".partial"))
  );
  await refusal(() => startServer({ defaultDir: fresh, signal }), "interrupted");
  await using server = await startServer({ defaultDir: fresh });
  assertEquals(namesIn(fresh), [
    server.data.slice(fresh.length + 1),
    "redd.lock",
    "users.lock",
  ]);
});

Deno.test("while the server starts: it is stopped", async () => {
  await Deno.remove(join(data, "server.log"));
  const signal = abortWhen(() => isThere(join(data, "postmaster.pid")));
  const starting = () => startServer({ defaultDir: folder, signal });
  await refusal(starting, "interrupted");
  assertEquals([leftIn(folder), isThere(join(data, "postmaster.pid"))], [[], false]);
  await using server = await startServer({ defaultDir: folder });
  assertEquals(await ask(server.url("postgres"), "select 1"), [[1]]);
});

Deno.test("while a database is made by a server that hangs: the wait ends, and so does the server", async () => {
  const interrupt = new AbortController();
  const server = await startServer({ defaultDir: folder, signal: interrupt.signal });
  freeze(processesOf(data).all);
  const making = server.createDatabase("never").then(() => "made", (error) => error.fault);
  interrupt.abort();
  assertEquals(await making, "interrupted");
  await server.stop();
  assertEquals(leftIn(folder), []);
});

/** SIGINT and SIGQUIT, by which a server is asked to stop, as bits. */
const ASKED = 0b110n;

/**
 * Has a process that is held been asked to stop? It has not heard of it; nor of other signals that
 * come by themselves, as SIGCHLD does when the children of a postmaster are held.
 */
function isAsked(pid: number): boolean {
  const [pending = "0"] = Deno.readTextFileSync(`/proc/${pid}/status`)
    .match(/(?<=^ShdPnd:\s*)[0-9a-f]+/m) ?? [];
  return (BigInt(`0x${pending}`) & ASKED) !== 0n;
}

Deno.test("while a server that was left behind is stopped: it is killed", async () => {
  const program = new URL("./run_server.ts", import.meta.url).pathname;
  const run = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", program, folder, "wait"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const output = run.stdout.getReader();
  await output.read();
  run.kill("SIGKILL");
  await run.status;
  await output.cancel();
  const left = processesOf(data).all;
  assert(left.length > 3);
  freeze(left);
  // It has asked the server to stop, in vain, when this comes.
  const signal = abortWhen(() => left.some(isAsked));
  await refusal(() => startServer({ defaultDir: folder, signal }), "interrupted");
  assertEquals(leftIn(folder), []);
});
