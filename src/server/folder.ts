/**
 * Where a server lives: the folder that the user names, or one beside the dataset, or, where the
 * server's account cannot reach that, a private one under the system's temporary directory.
 *
 * ```
 * <folder>/redd.lock        held by the run that uses the folder
 *          password         of the role `redd`, for the owner's eyes only
 *          server-<release>/  the binaries
 *          data/            the server's own files, and server.log
 * ```
 */
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { messageOf, ReddError } from "../errors.ts";
import { type Account, accountFor, closedFolder } from "./account.ts";

/** A folder that exists and that the account can enter. */
export interface ServerFolder {
  readonly path: string;
  readonly account: Account;
}

/** The server's own files inside its folder. */
export function dataOf(folder: string): string {
  return join(folder, "data");
}

/**
 * Chooses and makes the server's folder.
 *
 * @param dataDir the folder that the user asked for; it is taken or refused.
 * @param defaultDir the folder to use otherwise; where it cannot be reached, a folder under the
 *   system's temporary directory takes its place, always the same one.
 * @throws {ReddError} environment, when the folder cannot be made or reached.
 */
export async function serverFolder(
  dataDir: string | undefined,
  defaultDir: string,
  onNotice: (text: string) => void,
): Promise<ServerFolder> {
  const wanted = resolve(dataDir ?? defaultDir);
  const attempt = await makeReachable(wanted, 0o755);
  if (!("obstacle" in attempt)) return attempt;
  if (dataDir !== undefined) throw unreachable(wanted, attempt);
  const fallback = temporaryFolder(wanted);
  const second = await makeReachable(fallback, 0o711);
  if ("obstacle" in second) throw unreachable(fallback, second);
  await refuseStrangersFolder(fallback);
  onNotice(`The server cannot use ${wanted} (${attempt.obstacle}); its data is in ${fallback}.`);
  return second;
}

interface Unreachable {
  readonly obstacle: string;
  readonly closed?: string;
}

async function makeReachable(path: string, mode: number): Promise<ServerFolder | Unreachable> {
  let account: Account;
  try {
    account = await accountFor(dataOf(path));
    const closed = await closedFolder(path, account);
    if (closed !== undefined) {
      const obstacle = account.ids === undefined
        ? `you may not enter ${closed}`
        : `it runs as the user ${account.name}, who may not enter ${closed}`;
      return { obstacle, closed };
    }
    await Deno.mkdir(path, { recursive: true, mode });
    if (account.ids === undefined) await probeWriting(path);
  } catch (error) {
    if (error instanceof ReddError) throw error;
    return { obstacle: messageOf(error) };
  }
  return { path, account };
}

/** A folder on a read-only disk or of another user fails here, not in the middle of a copy. */
async function probeWriting(path: string): Promise<void> {
  await Deno.remove(await Deno.makeTempFile({ dir: path, prefix: "redd-" }));
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

/** One name per user and wanted folder, so that the next run finds the data again. */
function temporaryFolder(wanted: string): string {
  const mark = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  return join(tmpdir(), `redd-postgres-${Deno.uid() ?? "user"}-${mark}`);
}

/** Everyone can make folders in /tmp: one of our name that is not ours is a trap. */
async function refuseStrangersFolder(path: string): Promise<void> {
  const { isDirectory, uid } = await Deno.lstat(path);
  if (isDirectory && uid === Deno.uid()) return;
  throw new ReddError("environment", "DATA_FOLDER_FOREIGN", {
    cannot: `keep the embedded server's data in ${path}`,
    because: "it belongs to another user or is a link",
    remedy: "Give another folder with --data-dir",
  });
}
