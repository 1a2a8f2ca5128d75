/** What Deno refuses, in words that help. */
import { ReddError } from "../../src/errors.ts";

/** `Requires read access to "/a", run again with the --allow-read flag`. */
const MESSAGE = /Requires (\w+) access(?: to (.+?))?,/s;

/** An error of Deno's permissions as one for the user; any other error as it is. */
export function explained(thrown: unknown): unknown {
  if (!(thrown instanceof Deno.errors.NotCapable)) return thrown;
  const [, right, what] = MESSAGE.exec(thrown.message) ?? [];
  return new ReddError("environment", "NOT_ALLOWED", {
    cannot: "do that",
    because: right === undefined
      ? thrown.message
      : `Redd has no right to ${right} here${what === undefined ? "" : `: ${what}`}`,
    remedy:
      "It may only touch what the line names: name the files and folders themselves, no links " +
      "that lead elsewhere, and run it as the task that deno.json has for it",
    cause: thrown,
  });
}
