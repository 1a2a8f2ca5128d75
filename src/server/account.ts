/**
 * The account that runs the server. PostgreSQL refuses to run as root; then it runs as the owner of
 * the data, or as `postgres` or `nobody`. Otherwise it runs as the user who runs Redd.
 */
import { dirname, join, resolve } from "node:path";
import { ReddError } from "../errors.ts";

/** An account of the system; `ids` is absent when it is the one that runs Redd. */
export interface Account {
  readonly name: string;
  readonly ids?: { readonly uid: number; readonly gid: number };
}

/**
 * The account for a server whose data lies, or will lie, in `data`.
 *
 * @throws {ReddError} environment, as root where neither `postgres` nor `nobody` exists.
 */
export async function accountFor(data: string): Promise<Account> {
  if (Deno.uid() !== 0) return { name: "you" };
  const passwd = await Deno.readTextFile("/etc/passwd");
  const owner = await ownerOf(data);
  if (owner !== undefined && owner.uid !== 0) {
    return { name: nameOf(passwd, owner.uid) ?? `number ${owner.uid}`, ids: owner };
  }
  const account = accountNamed(passwd, "postgres") ?? accountNamed(passwd, "nobody");
  if (account !== undefined) return account;
  throw new ReddError("environment", "NO_SERVER_ACCOUNT", {
    cannot: "start the embedded server",
    because: "PostgreSQL does not run as root, and there is no account postgres or nobody",
    remedy: "Run Redd as an ordinary user, or give --database-url of a server of your own",
  });
}

/** The account of that name in the text of a passwd file. */
export function accountNamed(passwd: string, name: string): Account | undefined {
  for (const line of passwd.split("\n")) {
    const [login, , uid, gid] = line.split(":");
    if (login === name) return { name, ids: { uid: Number(uid), gid: Number(gid) } };
  }
  return undefined;
}

function nameOf(passwd: string, uid: number): string | undefined {
  return passwd.split("\n").map((line) => line.split(":")).find((f) => f[2] === `${uid}`)?.[0];
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const { uid, gid } = await Deno.stat(path);
    return uid === null || gid === null ? undefined : { uid, gid };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * The first folder on the way to `path`, itself included, that the account cannot enter;
 * undefined when the way is free. Folders that do not exist yet are none in the way.
 */
export async function closedFolder(path: string, account: Account): Promise<string | undefined> {
  const way: string[] = [];
  for (let at = await realAncestor(path);; at = dirname(at)) {
    way.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const folder of way) {
    if (!await canEnter(folder, account)) return folder;
  }
  return undefined;
}

/** The deepest existing folder on the way to `path`, its links followed. */
async function realAncestor(path: string): Promise<string> {
  for (let at = resolve(path);; at = dirname(at)) {
    try {
      return await Deno.realPath(at);
    } catch (error) {
      if (at === dirname(at)) throw error;
    }
  }
}

async function canEnter(folder: string, account: Account): Promise<boolean> {
  if (account.ids === undefined) return await canEnterOurselves(folder);
  const { mode, uid, gid } = await Deno.stat(folder);
  if (mode === null) return true;
  if (uid === account.ids.uid) return (mode & 0o100) !== 0;
  if (gid === account.ids.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Looks for a name that is not there: the answer is "not found" only where one may enter. */
async function canEnterOurselves(folder: string): Promise<boolean> {
  try {
    await Deno.lstat(join(folder, "no such name"));
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}
