/** Whoever answers instead of a server: what he sends is bounded, and so is the time. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { connect } from "../../src/postgres/target.ts";

/** A listener that answers the first bytes with `first` and then with `piece`, for ever. */
function listener(first: Uint8Array<ArrayBuffer>, piece: Uint8Array<ArrayBuffer>, pause = 0) {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let sent = 0;
  const serve = async () => {
    for await (const connection of server) {
      (async () => {
        await connection.read(new Uint8Array(100));
        await connection.write(first);
        while (true) {
          sent += await connection.write(piece);
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      })().catch(() => {}).finally(() => connection.close());
    }
  };
  serve().catch(() => {});
  return {
    url: `postgres://u:pw@127.0.0.1:${server.addr.port}/db?sslmode=disable&connect_timeout=2`,
    sent: () => sent,
    [Symbol.dispose]: () => server.close(),
  };
}

const HUGE = new Uint8Array([
  0x45,
  0x7f,
  0xff,
  0xff,
  0xff,
  ...new TextEncoder().encode("SERROR\0"),
]);

Deno.test("a message that is announced as huge is not waited for", async () => {
  using one = listener(HUGE, new Uint8Array(65_536).fill(77));
  const error = await assertRejects(() => connect(one.url), ReddError);
  assertEquals([error.fault, error.code], ["environment", "NOT_POSTGRES"]);
  assert(!error.message.includes("pw@"), error.message);
  assert(one.sent() < 512_000_000, `${one.sent()} bytes were taken`);
});

Deno.test("who sends a little for ever is waited for as long as the connection's timeout says", async () => {
  using one = listener(HUGE, new Uint8Array([77]), 20);
  const error = await assertRejects(() => connect(one.url), ReddError);
  assertEquals([error.fault, error.because], ["environment", "the host does not answer"]);
});
