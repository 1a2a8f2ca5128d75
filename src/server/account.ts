/**
 * The account that runs the server. PostgreSQL refuses to run as root; then it runs as `postgres` or
 * `nobody`. Otherwise it runs as the user who runs Redd.
 */
import { dirname, join, resolve } from "node:path";
import { ReddError } from "../errors.ts";
import { readRegularText } from "../files/regular.ts";

/** An account of the system; `ids` is absent when it is the one that runs Redd. */
export interface Account {
  readonly name: string;
  readonly ids?: { readonly uid: number; readonly gid: number };
}

/** The most bytes of /etc/passwd and /etc/group that are read. */
const CAP = 4 << 20;

/**
 * The account for a server.
 *
 * @param uid The account that owns the server's data, if there is any.
 * @throws {ReddError} environment, as root where neither `postgres` nor `nobody` exists.
 */
export function accountFor(uid?: number): Account {
  if (Deno.uid() !== 0) return { name: "you" };
  const passwd = linesOf("/etc/passwd").join("\n");
  const account = uid === undefined
    ? accountNamed(passwd, "postgres") ?? accountNamed(passwd, "nobody")
    : accountNumbered(uid);
  if (account !== undefined && account.ids?.uid !== 0) return account;
  throw new ReddError("environment", "NO_SERVER_ACCOUNT", {
    cannot: "start the embedded server",
    because: uid === undefined
      ? "PostgreSQL does not run as root, and there is no account postgres or nobody"
      : `its data belongs to the account ${uid}, which there is no more`,
    remedy: "Run Redd as an ordinary user, or give --database-url of a server of your own",
  });
}

/** The account of that name in the text of a passwd file. */
export function accountNamed(passwd: string, name: string): Account | undefined {
  return passwd.split("\n").map(accountOf).find((account) => account?.name === name);
}

/** The account of that number in this system's passwd file. */
export function accountNumbered(uid: number): Account | undefined {
  return linesOf("/etc/passwd").map(accountOf).find((account) => account?.ids?.uid === uid);
}

function accountOf(line: string): Account | undefined {
  const [name, , uid, gid] = line.split(":");
  if (name === undefined || !/^\d+$/.test(uid ?? "") || !/^\d+$/.test(gid ?? "")) return undefined;
  return { name, ids: { uid: Number(uid), gid: Number(gid) } };
}

/** Whether nobody but the user and root is in a group, as far as this system's own files tell. */
export function isPrivateGroup(gid: number | null): boolean {
  const files = { passwd: linesOf("/etc/passwd"), group: linesOf("/etc/group") };
  const members = gid === null ? undefined : membersOf(gid, files);
  return members !== undefined && members.every((uid) => uid === 0 || uid === Deno.uid());
}

/**
 * The accounts in a group, by number.
 *
 * @param files The lines of the two files.
 * @returns undefined for a group that is not there; a member that is no account has no number.
 */
export function membersOf(
  gid: number,
  files: { readonly passwd: readonly string[]; readonly group: readonly string[] },
): readonly (number | undefined)[] | undefined {
  const group = files.group.map((line) => line.split(":"))
    .find(([, , number]) => number === String(gid));
  if (group === undefined) return undefined;
  const accounts = files.passwd.map(accountOf).filter((account) => account !== undefined);
  const numbers = new Map(accounts.map(({ name, ids }) => [name, ids!.uid]));
  const named = (group[3] ?? "").split(",").filter((name) => name !== "");
  return [
    ...named.map((name) => numbers.get(name)),
    ...accounts.filter(({ ids }) => ids!.gid === gid).map(({ ids }) => ids!.uid),
  ];
}

function linesOf(path: string): string[] {
  try {
    // Some systems keep the file elsewhere and a link to it here.
    return readRegularText(path, CAP, { follow: true }).split("\n");
  } catch {
    return [];
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
