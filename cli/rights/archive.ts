/** The rights of commands that make an archive, and of those that read one. */
import { dirname, resolve } from "node:path";
import { beforeExtracted, defaultFolder } from "../../src/archive/extract.ts";
import { isArchive } from "../../src/archive/open_dataset.ts";
import { SUM_SUFFIX } from "../../src/archive/output.ts";
import { defaultOutput } from "../../src/archive/pack.ts";
import { TEMPORARY_VARIABLES, workPlace } from "../../src/archive/work_folder.ts";
import { marksAround } from "../../src/schedule/marks.ts";
import type { Given } from "../command.ts";
import { STDIN } from "../commands/flags.ts";
import { usageError } from "../parse.ts";
import { reach, type Rights, sum } from "./rights.ts";

/** To keep what is needed only while the command runs. */
function keeping(): Partial<Rights> {
  const place = reach(workPlace());
  return { read: place, write: place, env: TEMPORARY_VARIABLES, sys: ["uid", "statfs"] };
}

/** To read the dataset of a line: a folder, an archive, or what comes through standard input. */
export function datasetRights(dataset: string): Rights {
  return dataset === STDIN ? sum(keeping()) : sum({ read: reach(dataset) });
}

/** To read the files of a dataset, into which an archive is unpacked. */
export function filedRights(dataset: string): Rights {
  const own = datasetRights(dataset);
  if (dataset !== STDIN && !isArchive(dataset)) return own;
  const kept = keeping();
  return sum(own, kept, { archive: { read: own.read, write: kept.write! } });
}

/** The rights of a line of `redd archive`: it reads a folder, and writes a file and its sha256. */
export function archiveRights(given: Given): Rights {
  const [folder] = given.operands;
  const output = given.text("output") ?? defaultOutput(folder!);
  const files = reach(output, `${output}.partial`);
  const sums = reach(`${output}${SUM_SUFFIX}`, `${output}${SUM_SUFFIX}.partial`);
  const read = reach(folder!);
  return sum({
    // The folder is read to have a new name in it reach the disk.
    read: [...read, ...reach(dirname(output)), ...files, ...sums, ...marksAround(output)],
    write: [...files, ...sums],
    archive: { read, write: [] },
  });
}

/** The folder that a line of `redd extract` makes. */
export function extractedFolder(given: Given): string {
  const [archive] = given.operands;
  const out = given.text("out");
  if (out !== undefined) return out;
  if (archive !== STDIN) return defaultFolder(archive!);
  throw usageError("extract", "--out is missing", "Name the folder for what comes through -");
}

/** The rights of a line of `redd extract`: it reads an archive, and writes a folder. */
export function extractRights(given: Given): Rights {
  const [archive] = given.operands;
  const out = extractedFolder(given);
  const before = reach(beforeExtracted(out));
  const source = datasetRights(archive!);
  return sum(source, {
    read: [...reach(dirname(resolve(out)), out), ...before, ...marksAround(out)],
    write: [...reach(out), ...before],
    archive: { read: source.read, write: before },
    room: resolve(out),
  });
}
