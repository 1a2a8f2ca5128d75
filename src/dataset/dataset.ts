/**
 * A dataset as its readers see it. Loading and comparing know neither folders nor files: they ask
 * for parts by what the manifest says of them, so that other things than a folder can hold them.
 */
import { basename, join, resolve } from "node:path";
import { readManifest, type ReddManifest } from "./manifest.ts";
import { openPart, type PartFile, type SignedPart } from "./part_file.ts";
import { readDataset } from "./read_dataset.ts";

/** A dataset that is there to be read. */
export interface Dataset {
  /** What messages call it, as the user has given it: the path of a folder. */
  readonly name: string;
  /** Its own name, wherever it lies; the ledger of a database keeps it for people. */
  readonly title: string;
  /** What it says of itself. Whoever is given the dataset believes it. */
  readonly manifest: ReddManifest;
  /** What messages call a part, so that the user finds it. */
  whereIs(part: Pick<SignedPart, "path">): string;
  /**
   * Opens a part, again whenever it is asked for, and several side by side. The reader closes it.
   *
   * @throws {PartChanged} where it is missing, cannot be read or has another length.
   */
  open(part: SignedPart): PartFile;
}

/** The dataset of a folder, with a manifest that was read there. */
export function folderDataset(folder: string, manifest: ReddManifest): Dataset {
  return {
    name: folder,
    title: basename(resolve(folder)),
    manifest,
    whereIs: ({ path }) => join(folder, path),
    open: (part) => openPart(folder, part),
  };
}

/** How a dataset is opened. */
export interface OpenDatasetOptions {
  /**
   * Is its manifest believed, as that of a dataset of one's own making may be? It has the right
   * shape then, but is not held against schedule, logs and rows; parts are compared with it as they
   * are read in any case.
   */
  readonly believed?: boolean;
}

/**
 * Opens the dataset of a folder: its manifest is checked as by {@linkcode readDataset} before
 * anything else is made of it.
 *
 * ```ts
 * import { diffDataset, load, openDataset } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const dataset = await openDataset("out/farm");
 * await load(dataset, { url });
 * console.log((await diffDataset(dataset, url)).equal);
 * ```
 *
 * @throws {ReddError} input: no dataset, or one that is not as its manifest says.
 */
export async function openDataset(
  folder: string,
  { believed = false }: OpenDatasetOptions = {},
): Promise<Dataset> {
  return folderDataset(folder, await (believed ? readManifest : readDataset)(folder));
}
