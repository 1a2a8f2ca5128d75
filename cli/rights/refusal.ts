/** Rights that Redd has not, in words that help. */
import { commandLine } from "../../src/command_line.ts";
import { messageOf, ReddError } from "../../src/errors.ts";
import type { Rights } from "./rights.ts";

/**
 * Sees that this process has some rights itself, since nobody hands on what he has not.
 *
 * @throws {ReddError} environment, with the first that is missing.
 */
export function requireOwned(
  command: string,
  { read, write, net, run, env, sys, ffi }: Rights,
): void {
  const needs: readonly Deno.PermissionDescriptor[] = [
    ...read.map((path) => ({ name: "read", path }) as const),
    ...write.map((path) => ({ name: "write", path }) as const),
    ...net.map((host) => ({ name: "net", host }) as const),
    ...run.map((command) => ({ name: "run", command }) as const),
    ...env.map((variable) => ({ name: "env", variable }) as const),
    ...sys.map((kind) => ({ name: "sys", kind }) as Deno.SysPermissionDescriptor),
    ...ffi.map((path) => ({ name: "ffi", path }) as const),
  ];
  const missing = needs.find((need) => Deno.permissions.querySync(need).state !== "granted");
  if (missing === undefined) return;
  const { name, ...rest } = missing;
  const what = `${name} ${JSON.stringify(Object.values(rest)[0])}`;
  throw notAllowed(`run ${commandLine(command)}`, `it was not given the right to ${what}`);
}

/** An error of Deno's permissions as one for the user; any other error as it is. */
export function explained(thrown: unknown): unknown {
  if (!(thrown instanceof Deno.errors.NotCapable)) return thrown;
  return notAllowed("go on", messageOf(thrown), thrown);
}

function notAllowed(cannot: string, because: string, cause?: unknown): ReddError {
  return new ReddError("environment", "NOT_ALLOWED", {
    cannot,
    because,
    remedy: "Run it as its task in deno.json, and name files and folders themselves, not links " +
      "that lead elsewhere",
    ...(cause === undefined ? {} : { cause }),
  });
}
