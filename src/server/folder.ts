/**
 * Where a server lives: the folder that the user names, or one beside the dataset, or, where the
 * server's account cannot reach that, a private one under the system's temporary directory.
 *
 * ```
 * <folder>/redd.lock      held by a run that starts, joins or leaves the server
 *          users.lock     held by all runs that use it
 *          data-<secret>/ the server's own files, and server.log
 * ```
 *
 * Nothing in it is believed that has no mark in the user's state folder, and nothing is run from it.
 */
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { messageOf, ReddError } from "../errors.ts";
import { type Account, accountFor, closedFolder } from "./account.ts";
import { diskError, EMPTY_SERVER } from "./disk.ts";
import { findData } from "./mark.ts";
import { type Mistrust, ownFolder, trustedWay, untrusted } from "./trusted_path.ts";

/** A folder that exists, that is the user's own, and that the account can enter. */
export interface ServerFolder {
  /** Without links. */
  readonly path: string;
  readonly account: Account;
}

/**
 * Chooses and makes the server's folder.
 *
 * @param dataDir the folder that the user asked for; it is taken or refused.
 * @param defaultDir the folder to use otherwise; where it cannot be reached, a folder under the
 *   system's temporary directory takes its place, always the same one.
 * @throws {ReddError} environment, when the folder cannot be made or reached, or when others may
 *   have a hand in it.
 */
export async function serverFolder(
  dataDir: string | undefined,
  defaultDir: string,
  onNotice: (text: string) => void,
): Promise<ServerFolder> {
  const wanted = resolve(dataDir ?? defaultDir);
  refuseName(wanted);
  if (dataDir === undefined) refuseLink(wanted);
  const attempt = await makeReachable(wanted, 0o755);
  if ("path" in attempt) return attempt;
  if (dataDir !== undefined) throw unreachable(wanted, attempt);
  const fallback = fallbackFor(wanted);
  const second = await makeReachable(fallback, 0o711);
  if (!("path" in second)) throw unreachable(fallback, second);
  onNotice(`The server cannot use ${wanted} (${attempt.obstacle}); its data is in ${fallback}.`);
  return second;
}

interface Unreachable {
  readonly obstacle: string;
  readonly closed?: string;
}

async function makeReachable(path: string, mode: number): Promise<ServerFolder | Unreachable> {
  try {
    const way = trustedWay(path);
    if ("mistrust" in way) throw strangers(path, way.mistrust);
    const account = await accountOf(way.real);
    const closed = await closedFolder(way.real, account);
    if (closed !== undefined) {
      const obstacle = account.ids === undefined
        ? `you may not enter ${closed}`
        : `it runs as the user ${account.name}, who may not enter ${closed}`;
      return { obstacle, closed };
    }
    const made = ownFolder(way.real, mode);
    if ("mistrust" in made) throw strangers(path, made.mistrust);
    await probeWriting(made.real);
    return { path: made.real, account };
  } catch (error) {
    if (error instanceof ReddError) throw error;
    const full = diskError(error, {
      cannot: `keep the embedded server's data in ${path}`,
      room: EMPTY_SERVER,
      elsewhere: "give a folder on another disk with --data-dir",
    });
    if (full?.code === "DISK_FULL") throw full;
    return { obstacle: messageOf(error) };
  }
}

/** The account of the files that are there, or the one for new ones. */
async function accountOf(folder: string): Promise<Account> {
  try {
    const { own } = await findData(folder);
    return accountFor(own?.mark.uid ?? undefined);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return accountFor();
    throw error;
  }
}

/** A folder on a read-only disk fails here, not in the middle of its making. */
async function probeWriting(path: string): Promise<void> {
  await Deno.remove(await Deno.makeTempFile({ dir: path, prefix: "redd-" }));
}

function strangers(path: string, mistrust: Mistrust): ReddError {
  return untrusted(`keep the embedded server's data in ${path}`, mistrust);
}

function unreachable(path: string, { obstacle, closed }: Unreachable): ReddError {
  return new ReddError("environment", "DATA_FOLDER_UNREACHABLE", {
    cannot: `keep the embedded server's data in ${path}`,
    because: obstacle,
    remedy: closed === undefined
      ? "Give another folder with --data-dir"
      : `Give another folder with --data-dir, or open this one: chmod o+x ${closed}`,
  });
}

/** PostgreSQL writes the name into files of lines. */
function refuseName(path: string): void {
  // deno-lint-ignore no-control-regex
  if (!/[\x00-\x1f\x7f]/.test(path)) return;
  throw new ReddError("environment", "DATA_FOLDER_NAME", {
    cannot: `keep the embedded server's data in ${JSON.stringify(path)}`,
    because: "its name has control characters",
    remedy: "Give another folder with --data-dir",
  });
}

/** Beside a dataset, a link may have come with it; the user can name one, if it is his. */
function refuseLink(path: string): void {
  let target: string;
  try {
    target = Deno.readLinkSync(path);
  } catch {
    return;
  }
  throw new ReddError("environment", "DATA_FOLDER_LINK", {
    cannot: `keep the embedded server's data in ${path}`,
    because: `it is a link to ${target}`,
    remedy: `If you have made it, give --data-dir ${path}; else remove it`,
  });
}

/** One name per user and wanted folder, so that the next run finds the data again. */
export function fallbackFor(wanted: string): string {
  const mark = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return join(tmpdir(), `redd-postgres-${Deno.uid() ?? "user"}-${mark}`);
}
