/** Where the embedded server lives unless `--data-dir` says so. */
import { basename, dirname, join, resolve } from "node:path";
import { DEFAULT_DIR } from "../src/server/default_dir.ts";
import { STDIN } from "./commands/flags.ts";

/** The folder beside a dataset in which the embedded server lives; a pipe lies nowhere. */
export function besideDataset(dataset: string): string {
  if (dataset === STDIN) return resolve(DEFAULT_DIR);
  return join(dirname(resolve(dataset)), basename(DEFAULT_DIR));
}

/** As {@linkcode besideDataset}, or in the working directory where there is no dataset. */
export function serverBeside(dataset: string | undefined): string {
  return dataset === undefined ? DEFAULT_DIR : besideDataset(dataset);
}
