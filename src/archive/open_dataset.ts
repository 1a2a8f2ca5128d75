/** Opens a dataset, in a folder or in an archive: whoever reads it need not know which. */
import { basename, dirname, resolve } from "node:path";
import { closest } from "../closest.ts";
import { commandLine } from "../command_line.ts";
import { ReddError } from "../errors.ts";
import { type Dataset, openDatasetFolder, type OpenDatasetOptions } from "../dataset/dataset.ts";
import { requireTrue } from "../dataset/dataset_laws.ts";
import { openRegular } from "../files/regular.ts";
import { whyUnread } from "../files/utf8.ts";
import { type ArchiveDataset, datasetInArchive } from "./archive_dataset.ts";
import { ARCHIVE_SUFFIX, titleOfArchive } from "./entries.ts";
import { fileInput, fileMarkOf } from "./input.ts";
import { readingArchive, walkArchive } from "./walk.ts";

/** How an archive is opened. */
export interface OpenArchiveOptions extends OpenDatasetOptions {
  /** What messages call it; its path if absent. */
  readonly name?: string | undefined;
  /** The dataset's own name; that of the file if absent. */
  readonly title?: string | undefined;
}

/**
 * Opens the dataset of a folder or of an archive. Its manifest is checked as by `readDataset`
 * before anything else is made of it; of an archive it is also checked that nothing but the dataset
 * is in it.
 *
 * ```ts
 * import { diffDataset, load, openDataset } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const dataset = await openDataset("out/farm.redd.tar");
 * await load(dataset, { url });
 * console.log((await diffDataset(dataset, url)).equal);
 * ```
 *
 * @param path A folder, or a file that `archive` has made.
 * @throws {ReddError} input: no dataset, another one than is expected, or one that is not as its
 *   manifest says.
 */
export async function openDataset(
  path: string,
  options: OpenDatasetOptions = {},
): Promise<Dataset> {
  return isArchive(path)
    ? await openArchive(path, options)
    : await openDatasetFolder(path, options);
}

/** Whether an archive lies at a path or, by its name, should: anything but a folder there is one. */
export function isArchive(path: string): boolean {
  try {
    return !Deno.statSync(path).isDirectory;
  } catch {
    return basename(path).endsWith(ARCHIVE_SUFFIX);
  }
}

/**
 * Opens the dataset of an archive, as {@linkcode openDataset}.
 *
 * @throws {ReddError} input: no archive of Redd's, or a dataset that is not as its manifest says.
 */
export async function openArchive(
  path: string,
  { believed = false, unread = false, expect, name = path, title }: OpenArchiveOptions = {},
): Promise<ArchiveDataset> {
  using file = opened(path, name);
  const mark = fileMarkOf(file);
  const index = await walkArchive(fileInput(file), { name, expect });
  const archive = { ...index, path: resolve(path), mark };
  const dataset = datasetInArchive(archive, { name, title: title ?? titleOfArchive(path) });
  if (!believed && !unread) {
    await readingArchive(() => requireTrue(dataset, index.descriptor));
  }
  return dataset;
}

function opened(path: string, name: string): Deno.FsFile {
  try {
    return openRegular(path, { follow: true });
  } catch (cause) {
    throw new ReddError("input", "NO_ARCHIVE", {
      cannot: `read the archive ${name}`,
      because: whyUnread(cause) +
        (cause instanceof Deno.errors.NotFound ? archiveBeside(path) : ""),
      remedy: `Give the path of a file that ${commandLine("archive")} has made`,
      cause,
    });
  }
}

/** The archive beside a missing one that may be meant, where one may look there. */
function archiveBeside(path: string): string {
  const whole = resolve(path);
  try {
    const names = Array.from(Deno.readDirSync(dirname(whole)))
      .flatMap(({ name }) => name.endsWith(ARCHIVE_SUFFIX) ? [titleOfArchive(name)] : []);
    const meant = closest(titleOfArchive(whole), names);
    return meant === undefined ? "" : ` (did you mean ${meant}${ARCHIVE_SUFFIX}?)`;
  } catch {
    return "";
  }
}
