/** A server that falls silent after login: the user is told, and can end the wait. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { startTestServer } from "../load/databases.ts";
import { lineOf, redd, spawnRedd } from "./command_line.ts";
import { SHORT } from "./short_dataset.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

/** Passes on what is said to a server, and so many bytes of what it answers. */
function silentAfter(port: number, bytes: number): Disposable & { port: number } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      client.readable.pipeTo(server.writable).catch(() => {});
      let left = bytes;
      const limited = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          const part = piece.subarray(0, left);
          left -= part.length;
          if (part.length > 0) controller.enqueue(part);
        },
      });
      server.readable.pipeThrough(limited).pipeTo(client.writable).catch(() => {});
    }
  };
  serve().catch(() => {});
  return { port: listener.addr.port, [Symbol.dispose]: () => listener.close() };
}

Deno.test("a server that falls silent is told of, and Ctrl-C ends the wait", async () => {
  const cwd = test.folder;
  const made = await redd([...SHORT, "--out", "short"], { cwd });
  assertEquals(made.code, 0, made.stderr);
  const url = new URL(await test.freshDatabase());
  using proxy = silentAfter(Number(url.port), 2000);
  url.port = String(proxy.port);
  const child = spawnRedd(["load", join(cwd, "short"), "--database-url", url.href], { cwd });
  const out = new Response(child.stdout).text();
  const line = await lineOf(child.stderr, (line) => line.includes("no news for"));
  assertMatch(line, /^progress: looking at the database, no news for \d+ s$/);
  child.kill("SIGINT");
  const { code } = await child.status;
  assertEquals([code, await out], [130, ""]);
});
