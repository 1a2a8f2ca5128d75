/** A short dataset on the command line, and a folder that a refused line leaves as it was. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { filesIn } from "../generate/files.ts";
import { refused } from "./command_line.ts";
import { reddHere } from "./line_here.ts";

/** A short dataset: three days of 100,000 eggs. */
export const SHORT = "generate --duration 3 --eggs 100000 --seed 5 --workers 1".split(" ");

/** Names of everything in a folder and below, folders included. */
export function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
    name,
    ...(isDirectory ? namesIn(join(folder, name)).map((inner) => `${name}/${inner}`) : []),
  ]).sort();
}

/** Runs a line that is refused, and sees that it has left the folder as it was. */
export async function refuses(cwd: string, line: readonly string[], code: number, message: string) {
  const before = [namesIn(cwd), filesIn(cwd)];
  assertEquals(await reddHere(line, { cwd }), refused(code, message));
  assertEquals([namesIn(cwd), filesIn(cwd)], before, "nothing is written");
}
