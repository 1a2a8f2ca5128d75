/** What is said when something is refused. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects } from "@std/assert";
import { type Fault, ReddError } from "../../src/errors.ts";

/** Makes sure that work is refused for this reason and returns what is said. */
export async function refusal(
  work: () => Promise<unknown>,
  fault: Fault,
  code: string,
): Promise<string> {
  const error = await assertRejects(work, ReddError);
  assertEquals([error.fault, error.code], [fault, code], error.message);
  return error.message;
}
