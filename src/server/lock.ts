/**
 * One run per folder. The operating system holds the lock and lets go of it when the process ends,
 * however it ends; the text in the file is only there to name the holder.
 */
import { join } from "node:path";
import { ReddError } from "../errors.ts";

/** A lock that is held. */
export interface FolderLock {
  /** Says where the holder's server can be reached, for the message to the next run. */
  describe(port: number): void;
  release(): void;
}

/**
 * Takes the lock of a server's folder without waiting for it.
 *
 * @throws {ReddError} environment, when another run holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, "redd.lock");
  const file = await openLock(path);
  if (!await file.tryLock(true)) {
    file.close();
    throw inUse(folder, await Deno.readTextFile(path));
  }
  const write = (text: string) => {
    file.truncateSync();
    file.seekSync(0, Deno.SeekMode.Start);
    file.writeSync(new TextEncoder().encode(text));
  };
  write(`process ${Deno.pid}`);
  let held = true;
  return {
    describe: (port) => write(`process ${Deno.pid}, port ${port}`),
    release() {
      if (!held) return;
      held = false;
      file.close();
    },
  };
}

async function openLock(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (cause) {
    throw new ReddError("environment", "DATA_FOLDER_FOREIGN", {
      cannot: `use the embedded server's folder`,
      because: `${path} cannot be opened: it belongs to another user`,
      remedy: "Run as that user, or give another folder with --data-dir",
      cause,
    });
  }
}

function inUse(folder: string, holder: string): ReddError {
  return new ReddError("environment", "DATA_FOLDER_IN_USE", {
    cannot: `start the embedded server in ${folder}`,
    because: `another run of Redd uses it (${holder})`,
    remedy: "Give that server's URL with --database-url, end the other run, " +
      "or give another folder with --data-dir",
  });
}
