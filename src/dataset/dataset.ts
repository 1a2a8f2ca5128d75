/**
 * A dataset as its readers see it. Loading, comparing and verifying know neither folders nor files:
 * they ask for parts by what the manifest says of them, so that other things than a folder can hold
 * them.
 */
import { basename, join, resolve } from "node:path";
import { unnamedIn } from "./contents.ts";
import { requireOrderly, requireTrue } from "./dataset_laws.ts";
import type { Dataset } from "./dataset_type.ts";
import { readDescriptor, type ReddManifest } from "./manifest.ts";
import { requireDigest } from "./manifest_digest.ts";
import { endOfPart, openPart, partPath, wholeFile } from "./part_file.ts";

export type * from "./dataset_type.ts";

/** The dataset of a folder, with a manifest that was read there. */
export function folderDataset(folder: string, manifest: ReddManifest): Dataset {
  return {
    name: folder,
    title: basename(resolve(folder)),
    manifest,
    whereIs: ({ path }) => join(folder, path),
    open: (part) => openPart(folder, part),
    read: (path, most) => Promise.resolve().then(() => wholeFile(folder, path, most)),
    tail: (part, bytes) => Promise.resolve().then(() => endOfPart(folder, part, bytes)),
    fileOf: (part) => partPath(resolve(folder), part),
    unnamed: () => unnamedIn(folder, namedIn(manifest)),
  };
}

/** Every path that a manifest names. */
function namedIn({ tables, files = [] }: ReddManifest): ReadonlySet<string> {
  const parts = Object.values(tables).flatMap(({ parts }) => parts);
  return new Set([...parts, ...files].map(({ path }) => path));
}

/** How a dataset is opened. */
export interface OpenDatasetOptions {
  /**
   * Is its manifest believed, as that of a dataset of one's own making may be? It has the right
   * shape then, but is not held against schedule, logs and rows; parts are compared with it as they
   * are read in any case.
   */
  readonly believed?: boolean;
  /**
   * Is its manifest only held against itself and the tables, and what is in the files left to whoever
   * reads them?
   */
  readonly unread?: boolean;
  /** The digest of the dataset that is wanted, `sha256:…`; any other one is refused. */
  readonly expect?: string | undefined;
}

/**
 * Opens the dataset of a folder: its manifest is checked as by {@linkcode readDataset} before
 * anything else is made of it.
 *
 * @throws {ReddError} input: no dataset, another one than is expected, or one that is not as its
 *   manifest says.
 */
export async function openDatasetFolder(
  folder: string,
  { believed = false, unread = false, expect }: OpenDatasetOptions = {},
): Promise<Dataset> {
  const descriptor = readDescriptor(folder);
  requireDigest(folder, descriptor.redd, expect);
  const dataset = folderDataset(folder, descriptor.redd);
  if (unread) await requireOrderly(folder, descriptor);
  else if (!believed) await requireTrue(dataset, descriptor);
  return dataset;
}
