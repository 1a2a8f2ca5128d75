/** Which names in a dataset's folder are Redd's own, and which are left over or somebody else's. */
import { allTables } from "../tables/catalog.ts";
import { MANIFEST_FILE } from "./manifest.ts";
import {
  EXTENSION,
  IDENTITY_FILE,
  isReader,
  LOGS,
  numberOfLog,
  SCHEDULE_FILE,
  wholePath,
  windowPath,
  WORK,
} from "./places.ts";

const PARTIAL = /\.partial$/;

/** Every path below `folder/path` that is no folder, relative to the folder; links are not followed. */
function* filesBelow(folder: string, path: string): Iterable<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${path}`)) {
    const at = path === "." ? name : `${path}/${name}`;
    if (isDirectory) yield* filesBelow(folder, at);
    else yield at;
  }
}

/** What a run keeps in its work besides the bodies of tables: identity, schedule, records. */
const WORK_FILE = new RegExp(
  `^${WORK}/(identity\\.json(\\.[0-9a-f-]{36})?|${SCHEDULE_FILE}|run(-\\d+-of-\\d+)?|` +
    `\\d{4}-\\d{2}\\.json)$`,
);

/** Whether Redd itself gives this path in the work of some run. */
function isOwnWork(path: string): boolean {
  const whole = path.replace(PARTIAL, "");
  if (WORK_FILE.test(whole)) return true;
  const [, name, window] = /^work\/([a-z0-9_]+)\/(\d{4}-\d{2})\.csv$/.exec(whole) ?? [];
  const table = allTables.find((one) => one.name === name);
  return table !== undefined && whole === windowPath(table, window!);
}

/** Whether Redd itself gives this path in the extension of some dataset. */
function isOwnExtension(path: string): boolean {
  return path.startsWith(`${EXTENSION}/`) && isOwnInDataset(path.slice(EXTENSION.length + 1));
}

/** Whether Redd itself gives this path in some dataset, or in an extension beside it. */
function isOwn(path: string): boolean {
  return isOwnExtension(path) || isOwnInDataset(path);
}

function isOwnInDataset(path: string): boolean {
  if (isOwnWork(path)) return true;
  const whole = path.replace(PARTIAL, "");
  if ([MANIFEST_FILE, SCHEDULE_FILE].includes(whole) || isReader(whole)) return true;
  if (numberOfLog(whole) !== undefined) return true;
  const [, name, window] = /^data\/([a-z0-9_]+)(?:\/(\d{4}-\d{2}))?\.csv$/.exec(whole) ?? [];
  const table = allTables.find((one) => one.name === name);
  if (table === undefined) return false;
  return whole === (window === undefined ? wholePath(table) : windowPath(table, window));
}

/** Paths in the folder that no dataset of Redd's has, in name order. */
export function foreignIn(folder: string): string[] {
  return Array.from(filesBelow(folder, ".")).filter((path) => !isOwn(path) && !isLink(folder, path))
    .sort();
}

/** A link in the place of a folder of Redd's is no file of anybody's: it goes, and nothing with it. */
function isLink(folder: string, path: string): boolean {
  return (path === WORK || path === EXTENSION) && Deno.lstatSync(`${folder}/${path}`).isSymlink;
}

/**
 * Paths in the folder of a finished dataset that are not the dataset's: what its manifest does not
 * name was left by no run, since each clears its leftovers away before the manifest.
 *
 * @param named Every path that the manifest names.
 */
export function unnamedIn(folder: string, named: ReadonlySet<string>): string[] {
  return Array.from(filesBelow(folder, "."))
    .filter((path) => path !== MANIFEST_FILE && !named.has(path))
    .filter((path) => !isOwnWork(path) && !isOwnExtension(path)).sort();
}

/** Whether a path is the identity of a run that was killed while it wrote it. */
export function isUnfinishedIdentity(path: string): boolean {
  return WORK_FILE.test(path.replace(PARTIAL, "")) && PARTIAL.test(path) &&
    path.startsWith(`${WORK}/identity.json`);
}

/**
 * Removes what the folder holds of Redd's own names besides some paths: months of a dataset that was
 * there before, files that a killed run has not finished.
 *
 * @param kept Paths relative to the folder.
 */
export function removeLeftovers(folder: string, kept: ReadonlySet<string>): void {
  for (const path of Array.from(filesBelow(folder, "."))) {
    if (path === WORK || isOwnWork(path) || kept.has(path) || !isOwnInDataset(path)) continue;
    Deno.removeSync(`${folder}/${path}`);
  }
  for (const parent of ["data", LOGS]) removeEmpty(`${folder}/${parent}`);
}

/** Removes folders in which nothing is. */
function removeEmpty(folder: string): void {
  for (const { name, isDirectory } of Array.from(Deno.readDirSync(folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory && Array.from(Deno.readDirSync(path)).length === 0) Deno.removeSync(path);
  }
}

/**
 * Removes the work of a run, file for file: nothing but what Redd itself has put there, so that what
 * somebody else keeps in a folder of that name stays, and the folder with it.
 *
 * @param kept A path that stays, relative to the folder.
 */
export function removeWorkFiles(folder: string, kept?: string): void {
  const work = `${folder}/${WORK}`;
  let there: Deno.FileInfo;
  try {
    there = Deno.lstatSync(work);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return;
    throw thrown;
  }
  if (!there.isDirectory) return Deno.removeSync(work);
  for (const path of Array.from(filesBelow(folder, WORK))) {
    if (path !== kept && isOwnWork(path)) Deno.removeSync(`${folder}/${path}`);
  }
  removeEmpty(work);
  if (Array.from(Deno.readDirSync(work)).length === 0) Deno.removeSync(work);
}

/** The paths of a dataset's extension that are to take their place in the dataset, relative to it. */
export function extensionPaths(folder: string): string[] {
  return Array.from(filesBelow(folder, EXTENSION), (path) => path.slice(EXTENSION.length + 1))
    .filter((path) => path !== MANIFEST_FILE && !isOwnWork(path) && isOwnInDataset(path)).sort();
}

/**
 * Removes an extension, file for file: nothing but what Redd itself has put there. What says that it
 * is one goes first, so that the rest of a removal that is killed is no extension.
 */
export function removeExtensionFiles(folder: string): void {
  const extension = `${folder}/${EXTENSION}`;
  let there: Deno.FileInfo;
  try {
    there = Deno.lstatSync(extension);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return;
    throw thrown;
  }
  if (!there.isDirectory) return there.isSymlink ? Deno.removeSync(extension) : undefined;
  const own = Array.from(filesBelow(folder, EXTENSION)).filter(isOwnExtension);
  const first = [MANIFEST_FILE, IDENTITY_FILE].map((path) => `${EXTENSION}/${path}`)
    .filter((path) => own.includes(path));
  for (const path of new Set([...first, ...own])) Deno.removeSync(`${folder}/${path}`);
  for (const parent of ["data", LOGS, WORK, "."]) {
    if (isThere(`${extension}/${parent}`)) removeEmpty(`${extension}/${parent}`);
  }
  if (Array.from(Deno.readDirSync(extension)).length === 0) Deno.removeSync(extension);
}

function isThere(path: string): boolean {
  try {
    return Deno.lstatSync(path).isDirectory;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}
