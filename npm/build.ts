/**
 * Makes the npm package in a folder, out/package unless another is given:
 *
 *     deno task package [FOLDER]
 */
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "../cli/commands/all.ts";
import { BETWEEN_LICENCES } from "../docs/licence_texts.ts";
import { bundleOf, ENTRIES } from "../src/own_files.ts";
import { bundle, licencesOf } from "./bundles.ts";
import { packageJson } from "./package_json.ts";
import { permissionsOfCommands } from "./permissions.ts";

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));

const read = (path: string) => Deno.readTextFileSync(join(PROJECT, path));
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes the package's files.
 *
 * @param to A folder that is not there yet.
 */
async function writePackage(to: string): Promise<void> {
  const project = JSON.parse(read("deno.json"));
  const manifest = packageJson(
    project,
    JSON.parse(read("locks/server.lock")),
    JSON.parse(read("locks/verify.lock")),
  );
  const commands = [...COMMANDS.map(({ name }) => name), "help"];
  const permissions = permissionsOfCommands(commands, project.tasks);
  const write = (path: string, text: string, mode = 0o644) =>
    Deno.writeTextFileSync(join(to, path), text, { mode });
  for (const folder of ["bin", "lib"]) Deno.mkdirSync(join(to, folder), { recursive: true });
  write("package.json", json(manifest));
  write("lib/permissions.json", json(permissions));
  write("bin/redd.cjs", read("npm/redd.cjs"), 0o755);
  write("README.md", read("npm/README.md"));
  write("LICENSE", read("LICENSE"));
  await cp(join(PROJECT, "fixtures"), join(to, "fixtures"), { recursive: true });
  const sources = new Set<string>();
  for (const entry of ENTRIES) {
    const made = await bundle(PROJECT, entry);
    write(`lib/${bundleOf(entry)}`, made.text);
    for (const source of made.sources) sources.add(source);
  }
  write(
    "LICENCES.txt",
    [licencesOf([...sources], PROJECT), read("src/report/bundles/plot.licences.txt")]
      .join(BETWEEN_LICENCES),
  );
}

/** Is there nothing in a folder but a package that was made before? */
function isReplaceable(folder: string): boolean {
  try {
    if ([...Deno.readDirSync(folder)].length === 0) return true;
    const { name, bin } = JSON.parse(Deno.readTextFileSync(join(folder, "package.json")));
    return name === JSON.parse(read("deno.json")).name && bin?.redd !== undefined;
  } catch (error) {
    return error instanceof Deno.errors.NotFound && !exists(folder);
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

const folder = Deno.args[0] ?? join(PROJECT, "out/package");
if (!isReplaceable(folder)) {
  throw new Error(`${folder} holds something else than a package of Redd: name another folder`);
}
const partial = `${folder}.partial`;
if (exists(partial)) await Deno.remove(partial, { recursive: true });
await writePackage(partial);
if (exists(folder)) await Deno.remove(folder, { recursive: true });
await Deno.rename(partial, folder);
await Deno.stdout.write(new TextEncoder().encode(
  `${folder} is the package. \`npm pack ${folder}\` makes one file of it, to install.\n`,
));
