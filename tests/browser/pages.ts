/** Datasets and their pages for the tests in a browser, made by Redd's own command line. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the command line as its tasks do, in a folder. */
async function redd(cwd: string, line: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--config", join(PROJECT, "deno.json"), "--no-prompt"],
      `--lock=${join(PROJECT, "locks/verify.lock")}`,
      join(PROJECT, "cli/main.ts"),
      ...line.split(" "),
    ],
    cwd,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  if (!success) throw new Error(`${line}: ${new TextDecoder().decode(stderr)}`);
}

/** Pages on the disk. */
export interface Pages {
  /** A farm of four batches in two countries, some of which have not been harvested. */
  readonly farm: string;
  /** Three days of one batch, of which most figures have nothing to show. */
  readonly young: string;
  /** The farm with other texts in its data: what they replace, and the file that has it. */
  altered(name: string, change: (html: string) => string): Promise<string>;
  end(): Promise<void>;
}

/** A page on the disk. */
export interface MadePage {
  readonly page: string;
  end(): Promise<void>;
}

/** Generates a dataset by a line, and makes its page. */
export async function makePageOf(line: string): Promise<MadePage> {
  const folder = await Deno.makeTempDir();
  await redd(folder, `${line} --out small`);
  await redd(folder, "report small");
  return {
    page: join(folder, "small.html"),
    end: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Makes the pages. */
export async function makePages(): Promise<Pages> {
  const folder = await Deno.makeTempDir();
  const plan = "--batches 2 --stagger 300 --until 2025-11-21 --output farm.yaml";
  await redd(folder, `schedule ${plan}`);
  await redd(folder, "generate --schedule farm.yaml --out farm --workers 1");
  await redd(folder, "generate --duration 3 --eggs 100000 --out young --workers 1");
  for (const name of ["farm", "young"]) await redd(folder, `report ${name}`);
  return {
    farm: join(folder, "farm.html"),
    young: join(folder, "young.html"),
    async altered(name, change) {
      const path = join(folder, `${name}.html`);
      await Deno.writeTextFile(path, change(await Deno.readTextFile(join(folder, "farm.html"))));
      return path;
    },
    end: () => Deno.remove(folder, { recursive: true }),
  };
}
