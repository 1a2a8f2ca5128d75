/** The modules of the package: a bundle of each that a process or a worker begins with. */
import { dirname, join, relative, resolve } from "node:path";
import { licenceTexts, packageOf } from "../docs/licence_texts.ts";

/** A bundle, and the files that it is made of. */
export interface Bundle {
  readonly text: string;
  /** Absolute paths. */
  readonly sources: readonly string[];
}

/** A map of sources, as far as it is read. */
interface SourceMap {
  readonly sources: readonly string[];
}

/**
 * Bundles a module with all that it imports.
 *
 * @param project The folder of Redd, which the module's path is below.
 * @throws {Error} what `deno bundle` says.
 */
export async function bundle(project: string, module: string): Promise<Bundle> {
  const folder = await Deno.makeTempDir();
  try {
    const output = join(folder, "bundle.js");
    await deno(project, [
      ...["bundle", "--platform", "deno", "--sourcemap", "external", "-o", output],
      module,
    ]);
    const { sources }: SourceMap = JSON.parse(await Deno.readTextFile(`${output}.map`));
    const text = await Deno.readTextFile(output);
    return {
      text: withoutMachine(text, project, await npmCache(project)),
      sources: sources.map((source) => resolve(folder, source)),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * A bundle that does not say where packages were on the machine that made it: the same bytes come
 * from any machine.
 *
 * @param cache Where Deno keeps packages, a folder for each registry.
 */
export function withoutMachine(text: string, project: string, cache: string): string {
  const from = relative(project, cache).replaceAll("\\", "/");
  const literal = from.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replaceAll(new RegExp(`${literal}/[^/\\s"]+/`, "g"), "npm:");
}

/** The licences of the packages that files are of. */
export function licencesOf(files: readonly string[], project: string): string {
  const others = files.filter((file) => !file.startsWith(`${project}/`));
  return licenceTexts(
    [...new Set(others.map((file) => packageOf(dirname(file))))].sort(),
    others,
  );
}

async function npmCache(project: string): Promise<string> {
  const { npmCache } = JSON.parse(await deno(project, ["info", "--json"]));
  return npmCache;
}

async function deno(cwd: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd })
    .output();
  if (!success) throw new Error(`deno ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
