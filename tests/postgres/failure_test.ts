// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { connectionFailure, copySpot } from "../../src/postgres/failure.ts";

Deno.test("copySpot() reads line, column and value out of COPY's context", () => {
  assertEquals(copySpot('COPY batch_batch, line 3, column status: "abc"'), {
    line: 3,
    column: "status",
    value: '"abc"',
  });
  assertEquals(copySpot('COPY batch_batch, line 12, column notes: "say "hi", then\ngo"'), {
    line: 12,
    column: "notes",
    value: '"say "hi", then\ngo"',
  });
  assertEquals(copySpot("COPY batch_batch, line 3, column status: null input"), {
    line: 3,
    column: "status",
    value: "null",
  });
  assertEquals(copySpot('COPY batch_batch, line 7: "1,2,3"'), { line: 7 });
  assertEquals(copySpot("COPY batch_batch, line 8"), { line: 8 });
});

Deno.test("copySpot() finds COPY's line below others, and in the server's language", () => {
  const where = 'PL/pgSQL function check() line 4 at RAISE\nCOPY batch_batch, line 9: "1,2"';
  assertEquals(copySpot(where), { line: 9 });
  assertEquals(copySpot('COPY batch_batch, Zeile 3, Spalte status: "abc"')?.column, "status");
  assertEquals(copySpot("SQL statement"), undefined);
});

Deno.test("connectionFailure() tells too many connections from a server that is starting", () => {
  const url = "postgres://anna@127.0.0.1/farm";
  const of = (code: string) =>
    connectionFailure(Object.assign(new Error("told so"), { code }), url);
  const [many, starting] = [of("53300"), of("57P03")];
  assertEquals([many.code, starting.code], ["TOO_MANY_CONNECTIONS", "SERVER_BUSY"]);
  assertMatch(many.message, /\. End sessions that nobody needs, or raise max_connections/);
  assertMatch(starting.message, /starting or stopping: try again in a moment/);
});
