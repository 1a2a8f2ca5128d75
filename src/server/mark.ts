/**
 * How Redd knows the servers that it has made for this user.
 *
 * The files of a server are as good as a program: its settings and its catalog name code that it
 * runs. They may not be believed for lying at the right place, nor for belonging to the user, since
 * everything that he unpacks belongs to him. So the folder of the files has a name that nobody can
 * guess, and the user's state folder has a mark of that name, with the password and the folder's
 * inode. An archive can neither bring a marked folder nor write into one.
 */
import { join } from "node:path";
import { z } from "../packages/zod.ts";
import { ReddError } from "../errors.ts";
import { makeFolder, writeWhole } from "../files/create.ts";
import { kindOf, readRegularText } from "../files/regular.ts";
import { type Account, accountNumbered } from "./account.ts";
import { lstat, octal } from "./trusted_path.ts";
import { userFolder } from "./user_folders.ts";

const markSchema = z.strictObject({
  /** Of the role `redd`. */
  password: z.string().regex(/^[0-9a-f]{48}$/),
  /** Of the folder; a copy of it has another. */
  inode: z.int().nonnegative(),
  /** The account that owns the folder; null where the system has none. */
  uid: z.int().nonnegative().nullable(),
});

/** What is known of a server's files. */
export type Mark = z.infer<typeof markSchema>;

/** A folder with the files of a server that Redd has made for this user. */
export interface MarkedData {
  readonly path: string;
  readonly mark: Mark;
}

/** What a server's folder holds, of this user's and of others' making. */
export interface FoundData {
  readonly own?: MarkedData;
  /** The names of what could be the files of a server and is not known. */
  readonly strange: readonly string[];
}

const NAME = /^data-[0-9a-f]{32}$/;
const PARTIAL = /^data-[0-9a-f]{32}\.partial$/;
const SECRET = /^data-[0-9a-f]{32}\.secret$/;

/** The most bytes of a mark. */
const CAP = 4096;

/** A name for the files of a new server. */
export function newName(): string {
  return `data-${crypto.getRandomValues(new Uint8Array(16)).toHex()}`;
}

/** Is this the name of files that a killed run has not finished? */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}

/** Is this the name of a password on its way to such files? */
export function isSecret(name: string): boolean {
  return SECRET.test(name);
}

async function markOf(name: string): Promise<string> {
  const folder = join(await userFolder("state"), "servers");
  makeFolder(folder, 0o700);
  return join(folder, `${name}.json`);
}

/**
 * Looks for the files of a server in a folder.
 *
 * @throws {ReddError} environment, when there are such files and somebody else has got at them.
 */
export async function findData(folder: string): Promise<FoundData> {
  const strange: string[] = [];
  for (const { name } of Deno.readDirSync(folder)) {
    if (isPartial(name) || isSecret(name) || !/^data(-|$)/.test(name)) continue;
    const path = join(folder, name);
    const mark = NAME.test(name) ? await readMark(name) : undefined;
    const info = lstat(path);
    if (info === undefined) continue;
    if (mark === undefined || !info.isDirectory || info.ino !== mark.inode) {
      strange.push(name);
      continue;
    }
    refuseOpen(path, info, mark);
    return { own: { path, mark }, strange: [] };
  }
  return { strange };
}

async function readMark(name: string): Promise<Mark | undefined> {
  try {
    return markSchema.parse(JSON.parse(readRegularText(await markOf(name), CAP)));
  } catch (error) {
    if (error instanceof ReddError) throw error;
    return undefined;
  }
}

/** The files have to be their account's and nobody else's. */
function refuseOpen(path: string, info: Deno.FileInfo, mark: Mark): void {
  const { mode, uid } = info;
  if (mode === null || uid === mark.uid && (mode & 0o077) === 0) return;
  const owner = accountNumbered(mark.uid ?? -1)?.name ?? mark.uid;
  throw new ReddError("environment", "DATA_FOLDER_OPEN", {
    cannot: `use the server's data in ${path}`,
    because:
      `it belongs to ${accountNumbered(uid ?? -1)?.name ?? uid} and has mode ${octal(mode)}, ` +
      `expected ${owner} and 0700`,
    remedy: "Somebody has changed that: if it was you, change it back; " +
      "else remove the folder and load the dataset again",
  });
}

/** Marks the files of a server as this user's. `path` may still have its name for unfinished files. */
export async function markData(
  name: string,
  path: string,
  password: string,
  account: Account,
): Promise<Mark> {
  const { ino, uid, isDirectory, ...info } = Deno.lstatSync(path);
  if (!isDirectory || ino === null) {
    throw new Error(`${path} is ${kindOf({ ...info, isDirectory, ino, uid })}`);
  }
  const mark: Mark = { password, inode: ino, uid: account.ids?.uid ?? uid };
  writeWhole(await markOf(name), `${JSON.stringify(mark)}\n`);
  return mark;
}

/**
 * The refusal of files that are not known.
 *
 * @param names What was found.
 */
export function strangeData(folder: string, names: readonly string[]): ReddError {
  return new ReddError("environment", "DATA_FOLDER_STRANGE", {
    cannot: `keep the embedded server's data in ${folder}`,
    because: `there is a ${names[0]} in it that Redd has not made here for you: it may have come ` +
      "with an archive, as a copy or from another machine, and a server's files can run programs",
    remedy: `Remove ${folder} and load the dataset again, or give another folder with --data-dir`,
  });
}
