/** Where the embedded server lives unless `--data-dir` says so. */
import { dirname, join, resolve } from "node:path";

/** The name of the server's folder among the datasets. */
const FOLDER = "postgres";

/** The folder beside a dataset in which the embedded server lives. */
export function besideDataset(dataset: string): string {
  return join(dirname(resolve(dataset)), FOLDER);
}

/** The embedded server's folder where no dataset is named. */
export const DEFAULT_DIR = `out/${FOLDER}`;
