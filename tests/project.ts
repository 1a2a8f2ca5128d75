/** The folder of the project, and copies for who may not write into it, or not enter it. */
import { cp } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What of the project a user needs to run its commands. */
const NEEDED = ["cli", "fixtures", "mod.ts", "src", "types", "deno.json", "deno.lock", "locks"];

/**
 * Copies what commands need.
 *
 * @param more Names of more files and folders of the project.
 */
export async function copyProject(to: string, ...more: readonly string[]): Promise<void> {
  for (const name of [...NEEDED, ...more]) {
    await cp(`${PROJECT}/${name}`, `${to}/${name}`, { recursive: true });
  }
}
