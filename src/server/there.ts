/** Whether there is an embedded server, running or not, without making one. */
import { resolve } from "node:path";
import { fallbackFor } from "./folder.ts";
import { findData } from "./mark.ts";

/**
 * Whether the folders that `startServer` would use hold a server's files. Whatever keeps this from
 * being seen is no answer: the start tells it.
 *
 * @param dataDir The folder that the user asked for.
 * @param defaultDir The folder to use otherwise.
 */
export async function hasServer(
  dataDir: string | undefined,
  defaultDir: string,
): Promise<boolean> {
  const wanted = resolve(dataDir ?? defaultDir);
  const folders = dataDir === undefined ? [wanted, fallbackFor(wanted)] : [wanted];
  for (const folder of folders) if (await holdsServer(folder)) return true;
  return false;
}

async function holdsServer(folder: string): Promise<boolean> {
  try {
    const { own, strange } = await findData(folder);
    return own !== undefined || strange.length > 0;
  } catch (thrown) {
    return !(thrown instanceof Deno.errors.NotFound);
  }
}
