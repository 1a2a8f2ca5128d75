/**
 * The folders in which Redd keeps what must lie beside nothing that others make: the marks of the
 * user's own servers, and the binaries.
 */
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { messageOf, ReddError } from "../errors.ts";
import { type Account, closedFolder } from "./account.ts";
import { onDisk } from "./disk.ts";
import { ownFolder, untrusted } from "./trusted_path.ts";

/** What is kept: `state` is for the user's eyes only, `cache` can be made again. */
export type FolderKind = "state" | "cache";

interface Place {
  readonly variable: string;
  /** Below the home. */
  readonly home: readonly string[];
  /** Root's, outside its home, which no other account may enter. */
  readonly root: string;
  readonly mode: number;
}

const PLACES: Readonly<Record<FolderKind, Place>> = {
  state: {
    variable: "XDG_STATE_HOME",
    home: [".local", "state"],
    root: "/var/lib/redd",
    mode: 0o700,
  },
  cache: { variable: "XDG_CACHE_HOME", home: [".cache"], root: "/var/cache/redd", mode: 0o755 },
};

/** Where a kind may be kept, the best first. */
export function candidates(kind: FolderKind): readonly string[] {
  const { variable, home, root } = PLACES[kind];
  const named = variableOf(variable);
  if (Deno.uid() === 0) return named === undefined ? [root] : [join(named, "redd"), root];
  const mine = named ?? (variableOf("HOME") ?? variableOf("USERPROFILE"));
  const below = named === undefined ? home : [];
  const temporary = join(tmpdir(), `redd-${Deno.uid() ?? "user"}`, kind);
  return mine === undefined ? [temporary] : [join(mine, ...below, "redd"), temporary];
}

/**
 * Finds or makes the user's folder of a kind.
 *
 * @param account Has to be able to enter it, where it is given.
 * @throws {ReddError} environment, when there is none that is the user's own.
 */
export async function userFolder(kind: FolderKind, account?: Account): Promise<string> {
  const { variable, mode } = PLACES[kind];
  const cannot = `keep the embedded server's ${kind === "state" ? "password" : "binaries"}`;
  let first: ReddError | undefined;
  for (const path of candidates(kind)) {
    try {
      const writing = {
        cannot: `${cannot} in ${path}`,
        room: "a few kilobytes",
        elsewhere: `name a folder of yours with ${variable}`,
      };
      const way = await onDisk(writing, () => ownFolder(path, mode));
      if ("mistrust" in way) throw untrusted(`${cannot} in ${path}`, way.mistrust);
      const closed = account && await closedFolder(way.real, account);
      if (closed === undefined) return way.real;
      throw new ReddError("environment", "FOLDER_NOT_REACHABLE", {
        cannot: `${cannot} in ${path}`,
        because: `the server runs as ${account!.name}, who may not enter ${closed}`,
        remedy: `Name another folder with ${variable}`,
      });
    } catch (error) {
      first ??= error instanceof ReddError ? error : new ReddError(
        "environment",
        "FOLDER_NOT_REACHABLE",
        {
          cannot: `${cannot} in ${path}`,
          because: messageOf(error),
          remedy: `Name a folder of yours with ${variable}`,
          cause: error,
        },
      );
    }
  }
  throw first!;
}

/** A folder that the environment names; a relative one is none, as the XDG specification says. */
function variableOf(name: string): string | undefined {
  try {
    const path = Deno.env.get(name);
    return path !== undefined && isAbsolute(path) ? path : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
