/** What tells that a folder is a dataset's, for whoever is about to write a file of his own there. */
import { dirname, join, resolve } from "node:path";

/** The manifest of a dataset, and what names one that has begun. */
export const MARKS = ["datapackage.json", "work/identity.json"];

/** How deep a dataset's files lie in its folder: `data/<table>/<month>.csv`. */
const DEPTH = 3;

/**
 * The marks of datasets in whose folders a file would lie, whichever links lead to it: whoever writes
 * the file has to read them.
 */
export function marksAround(path: string): string[] {
  const own = dirname(resolve(path));
  let real = own;
  try {
    real = Deno.realPathSync(own);
  } catch {
    // A folder that is not there is in none.
  }
  return [...new Set([own, real])].flatMap((folder) => {
    const above = [folder];
    while (above.length < DEPTH) above.push(dirname(above.at(-1)!));
    return above.flatMap((one) => MARKS.map((mark) => join(one, mark)));
  });
}
