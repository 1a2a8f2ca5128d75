/** How a server's start is refused. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects } from "@std/assert";
import { type Fault, ReddError } from "../../src/errors.ts";
import type { EmbeddedServer } from "../../src/server/server.ts";

/** Waits for the refusal; a server that starts all the same is stopped. */
export async function refusal(
  work: () => Promise<EmbeddedServer>,
  fault: Fault = "environment",
): Promise<ReddError> {
  const error = await assertRejects(async () => {
    const server = await work();
    await server.stop();
  }, ReddError);
  assertEquals(error.fault, fault, error.message);
  return error;
}
