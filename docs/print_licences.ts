/**
 * Prints the licences of everything that is in `plot.js`, by what a bundle with a map names:
 *
 *     deno run -A docs/print_licences.ts > src/report/bundles/plot.licences.txt
 */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { licenceTexts, packageOf } from "./licence_texts.ts";

const PAGE = fileURLToPath(new URL("../src/page/", import.meta.url));

/** A map of sources, as far as it is read. */
interface SourceMap {
  readonly sources: readonly string[];
}

/** The folders of the packages whose files are in the bundle. */
async function packageFolders(): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const output = join(folder, "plot.js");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["bundle", "--config", join(PAGE, "deno.json"), "--platform", "browser"],
        ...["--format", "iife", "--minify", "--sourcemap", "external", "-o", output],
        join(PAGE, "plot_entry.ts"),
      ],
      stdout: "null",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const { sources }: SourceMap = JSON.parse(await Deno.readTextFile(`${output}.map`));
    const own = join(PAGE, "plot_entry.ts");
    const folders = sources.map((source) => join(folder, source)).filter((file) => file !== own)
      .map((file) => packageOf(dirname(file)));
    return [...new Set(folders)].flatMap((one) => [one, ...inlinedIn(one)]).sort();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Packages that others bring within their own files, and which do. */
const INLINED: Readonly<Record<string, string>> = { "d3-array": "internmap" };

/** The folders of packages within the files of another. */
function inlinedIn(folder: string): string[] {
  const name = INLINED[basename(dirname(folder))];
  if (name === undefined) return [];
  const { npm } = JSON.parse(Deno.readTextFileSync(join(PAGE, "deno.lock")));
  const version = Object.keys(npm).find((one) => one.startsWith(`${name}@`))!.slice(
    name.length + 1,
  );
  return [join(folder, "../..", name, version)];
}

await Deno.stdout.write(new TextEncoder().encode(licenceTexts(await packageFolders())));
