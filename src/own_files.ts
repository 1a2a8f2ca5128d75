/**
 * Where Redd's own files are. In its source they lie as they are written. In the npm package, where
 * Deno takes no types, modules are bundles, side by side in one folder beside `fixtures`.
 */

/** Is this the npm package? Its modules end otherwise than those of the source. */
export const IS_PACKAGED: boolean = !import.meta.url.endsWith(".ts");

/** The modules that the command line and its workers begin with. */
export const ENTRIES = [
  "cli/main.ts",
  "cli/command_worker.ts",
  "src/generate/worker.ts",
  "src/archive/worker.ts",
] as const;

/** A file or a folder of Redd's, by its path below Redd's own folder. */
export function ownFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

/** A module that a worker begins with. */
export function ownModule(path: typeof ENTRIES[number]): URL {
  return IS_PACKAGED ? new URL(bundleOf(path), import.meta.url) : ownFile(path);
}

/** What the bundle of a module is called: `cli_main.js` of `cli/main.ts`. */
export function bundleOf(path: string): string {
  return path.replaceAll("/", "_").replace(/\.ts$/, ".js");
}
