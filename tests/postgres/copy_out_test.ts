// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { isConnectionLost } from "../../src/postgres/failure.ts";
import { connect } from "../../src/postgres/target.ts";
import { ask, startTestServer } from "../load/databases.ts";

const test = await startTestServer("18");
Deno.test.afterAll(() => test.end());

const ROWS = 300_000;
/** More rows than ever come: a COPY that is still under way when its connection ends. */
const ENDLESS = 1_000_000_000_000;

function copyOf(rows: number): string {
  // In the list of columns the series is sent as it is made; after FROM it would be stored first.
  return `copy (select lpad(generate_series(1, ${rows})::text, 100, 'x')) to stdout`;
}

Deno.test("all rows are handed over, with their line ends", async () => {
  const target = await connect(await test.freshDatabase());
  let bytes = 0;
  assertEquals(await target.copyOut(copyOf(ROWS), (row) => void (bytes += row.length)), ROWS);
  assertEquals(bytes, ROWS * 101);
  await target.close();
});

for (
  const [what, end] of [
    ["given up", (target: { abandon(): void }) => Promise.resolve(target.abandon())],
    ["ended by the server", (_: unknown, url: string) =>
      ask(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'redd' and datname = current_database()`,
      )],
  ] as const
) {
  Deno.test(`a connection that is ${what} amid the rows is an error, not an uncaught one`, async () => {
    const url = await test.freshDatabase();
    for (const at of [1, 1000, 20_000]) {
      const target = await connect(url);
      let seen = 0;
      let ended: Promise<unknown> | undefined;
      const error = await assertRejects(() =>
        target.copyOut(copyOf(ENDLESS), () => {
          if (++seen === at) ended = end(target, url);
        })
      );
      assert(isConnectionLost(error), String(error));
      await ended;
      await target.close();
    }
  });
}
