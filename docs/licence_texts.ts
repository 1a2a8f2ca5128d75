/** The licences of packages that are part of a bundle. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The nearest folder at or above one that is a package; others have a package.json without a name. */
export function packageOf(folder: string): string {
  const above = dirname(folder);
  if (above === folder) throw new Error("a bundled file is of no package");
  let manifest: { name?: unknown; version?: unknown } = {};
  try {
    manifest = JSON.parse(Deno.readTextFileSync(join(folder, "package.json")));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const { name, version } = manifest;
  return name === undefined || version === undefined ? packageOf(above) : folder;
}

/** What stands between the licences of two packages. */
export const BETWEEN_LICENCES = `\n${"-".repeat(72)}\n\n`;

/**
 * Name, version and licence of packages.
 *
 * @param folders Each has a package.json, and a licence or files that begin with a copyright.
 * @param files The files that are part of the bundle: their copyrights stand for a missing licence.
 */
export function licenceTexts(folders: readonly string[], files: readonly string[] = []): string {
  return folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      Deno.readTextFileSync(join(folder, "package.json")),
    );
    const file = [...Deno.readDirSync(folder)].map((entry) => entry.name)
      .find((entry) => /^licen[cs]e/i.test(entry));
    const text = file !== undefined
      ? Deno.readTextFileSync(join(folder, file)).trim()
      : statedIn(files.filter((one) => one.startsWith(`${folder}/`)), name, license);
    return `${name} ${version} (${license})\n\n${text}\n`;
  }).join(BETWEEN_LICENCES);
}

/** The terms that a package without a licence is under by its package.json and its files. */
function statedIn(files: readonly string[], name: string, license: string): string {
  if (license === "Unlicense") return "Released into the public domain (https://unlicense.org).";
  const lines = files.flatMap((file) =>
    Deno.readTextFileSync(file).match(/^\/\/ Copyright .*/gm) ?? []
  );
  if (license !== "MIT" || lines.length === 0) throw new Error(`${name} has no licence`);
  const own = ownText("LICENSE");
  const terms = own.slice(own.indexOf("Permission is hereby granted"));
  const copyrights = [...new Set(lines)].sort().map((line) => line.slice("// ".length));
  // What the standard library has taken from Go's is under Go's terms.
  const go = copyrights.some((line) => line.includes("The Go Authors"))
    ? ["What is by the Go authors:", ownText("npm/go_licence.txt")]
    : [];
  return [copyrights.join("\n"), terms, ...go].join("\n\n");
}

function ownText(path: string): string {
  return Deno.readTextFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url))).trim();
}
