/** What an embedded server has to be allowed, told before it is started. */
import { join, parse, resolve } from "node:path";
import { findBinaries, type ServerVersion } from "./binaries.ts";
import { copyOf } from "./cache.ts";
import { DEFAULT_DIR } from "./default_dir.ts";
import { fallbackFor } from "./folder.ts";
import { LS } from "./processes.ts";
import { candidates } from "./user_folders.ts";

/** Paths for Deno's permissions. Those that do not exist yet are made by the server. */
export interface Access {
  /** For `--allow-read`: the root of the disk. */
  readonly read: readonly string[];
  /** For `--allow-write`: the server's folder, and those of its state and its programs. */
  readonly write: readonly string[];
  /** For `--allow-run`: `initdb` and `pg_ctl` where they may be found, and `ls`. */
  readonly run: readonly string[];
}

/**
 * The paths that `startServer` with these options reads, writes and runs.
 *
 * Reading is the whole disk: every folder on the way to the server is looked at for its owner and
 * mode, and Deno grants a folder only with all that is in it. Writing and running are a few folders
 * and three programs.
 *
 * @throws {ReddError} environment, when the binaries are not installed.
 */
export async function serverAccess(
  options: {
    /** As in {@linkcode ServerOptions}. */
    readonly dataDir?: string;
    /** As in {@linkcode ServerOptions}. */
    readonly defaultDir?: string;
    /** As in {@linkcode ServerOptions}. */
    readonly version?: ServerVersion;
  } = {},
): Promise<Access> {
  const binaries = await findBinaries(options.version ?? "18");
  const wanted = resolve(options.dataDir ?? options.defaultDir ?? DEFAULT_DIR);
  const caches = candidates("cache");
  const folders = [
    wanted,
    ...(options.dataDir === undefined ? [fallbackFor(wanted)] : []),
    ...candidates("state"),
    ...caches,
  ];
  const programs = caches.map((cache) => join(copyOf(binaries, cache), "bin"));
  return {
    read: [parse(wanted).root],
    write: folders,
    run: [...programs.flatMap((bin) => [join(bin, "initdb"), join(bin, "pg_ctl")]), LS],
  };
}
