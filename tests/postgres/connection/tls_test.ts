/** Servers that answer the request for TLS in ways that PostgreSQL's do not. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ReddError } from "../../../src/errors.ts";
import { connect } from "../../../src/postgres/target.ts";

/** Listens, gives every guest the same answer, and closes. */
async function whileAnswering(answer: string, work: (port: number) => Promise<void>) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for await (const guest of listener) {
      await guest.read(new Uint8Array(100));
      await guest.write(new TextEncoder().encode(answer)).catch(() => {});
      guest.close();
    }
  })();
  try {
    await work(listener.addr.port);
  } finally {
    listener.close();
    await serving.catch(() => {});
  }
}

for (
  const [what, answer, sslmode, code, because] of [
    ["that is no PostgreSQL", "HTTP/1.1 400 Bad Request", "require", "NOT_POSTGRES", "protocol"],
    ["that speaks on in clear", "Sand more", "require", "NOT_POSTGRES", "protocol"],
    ["that has an error", "EFATAL", "require", "TLS_FAILED", "answered the request with an error"],
    ["that says nothing", "", "require", "TLS_FAILED", "closed the connection"],
    ["that promises TLS", "S", "require", "TLS_FAILED", "TLS does not come about"],
    ["without TLS", "N", "verify-full", "TLS_MISSING", "has no TLS"],
    ["without TLS, or anything else", "N", "prefer", "CONNECTION_FAILED", ""],
  ] as const
) {
  Deno.test(`a server ${what} is refused with sslmode=${sslmode}`, async () => {
    await whileAnswering(answer, async (port) => {
      const url = `postgres://anna@127.0.0.1:${port}/farm?sslmode=${sslmode}`;
      const error = await assertRejects(() => connect(url), ReddError);
      assertEquals(error.code, code, error.message);
      assertStringIncludes(error.message, because);
    });
  });
}
