/** What a server answers is bounded where it is kept as a whole. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { connect } from "../../src/postgres/target.ts";
import { startTestServer } from "../load/databases.ts";

const test = await startTestServer();
Deno.test.afterAll(() => test.end());

Deno.test("an answer of more than 64 MB ends the connection, one below comes whole", async () => {
  const url = await test.freshDatabase();
  const target = await connect(url);
  try {
    const [row] = await target.query<{ text: string }>("select repeat('x', 50000000) as text");
    assertEquals(row!.text.length, 50_000_000);
    // Every statement has a bound of its own.
    await target.query("select repeat('x', 50000000) as text");
    const error = await assertRejects(
      () => target.query("select repeat('x', 1000000) from generate_series(1, 300)"),
      ReddError,
    );
    assertEquals([error.fault, error.code], ["environment", "ANSWER_TOO_LARGE"]);
    assertEquals(await assertRejects(() => target.query("select 1"), ReddError), error);
  } finally {
    await target.close();
  }
});

Deno.test("rows that are passed on as they come may be as many as they are", async () => {
  const target = await connect(await test.freshDatabase());
  try {
    let bytes = 0;
    await target.copyOut(
      "copy (select repeat('x', 1000000) from generate_series(1, 100)) to stdout",
      (row) => void (bytes += row.length),
    );
    assertEquals(bytes >= 100_000_000, true, `${bytes} bytes`);
  } finally {
    await target.close();
  }
});
