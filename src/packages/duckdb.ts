/**
 * SQL over files, within this process. Its name is not known before it runs: Deno would fetch it for
 * every command otherwise.
 */
import { createRequire } from "node:module";

/** In Redd's npm package, which is JavaScript, npm has installed it, and it has its plain name. */
const PACKAGE = import.meta.url.endsWith(".ts")
  ? "npm:@duckdb/node-api@1.5.5-r.5"
  : "@duckdb/node-api";

/** A connection of the library's, as much of it as is used. */
export interface OwnConnection {
  run(sql: string): Promise<{ readonly rowsChanged: number }>;
  runAndReadAll(sql: string, args: string[]): Promise<{ getRows(): unknown[][] }>;
  interrupt(): void;
  closeSync(): void;
}

/** As much of the library as is used; its own types would be fetched with it. */
export interface DuckLibrary {
  readonly DuckDBInstance: {
    create(path: string, settings: Readonly<Record<string, string>>): Promise<{
      connect(): Promise<OwnConnection>;
      closeSync(): void;
    }>;
  };
}

/** Loads it, which needs foreign functions from its file. */
export async function loadDuckDB(): Promise<DuckLibrary> {
  return await import(PACKAGE);
}

const ARCHITECTURES: Readonly<Record<typeof Deno.build.arch, string>> = {
  x86_64: "x64",
  aarch64: "arm64",
};

const SYSTEMS: Readonly<Partial<Record<typeof Deno.build.os, string>>> = { windows: "win32" };

/** The path of the file with its foreign functions, which is not loaded. */
export async function duckdbFile(): Promise<string> {
  const facts = `${PACKAGE}/package.json`;
  await import(facts, { with: { type: "json" } });
  const bindings = createRequire(import.meta.resolve(facts)).resolve("@duckdb/node-bindings");
  const { os, arch } = Deno.build;
  const platform = `${SYSTEMS[os] ?? os}-${ARCHITECTURES[arch]}`;
  return createRequire(bindings).resolve(`@duckdb/node-bindings-${platform}/duckdb.node`);
}
