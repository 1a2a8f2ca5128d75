/** Whether something is at a path. */

/**
 * Whether anything is at a path: a file, a folder, a link, wherever that leads.
 *
 * @throws Deno's error, where it cannot be seen.
 */
export function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (thrown) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (thrown instanceof NotFound || thrown instanceof NotADirectory) return false;
    throw thrown;
  }
}
