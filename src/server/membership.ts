/**
 * Which runs use a server, so that the last of them stops it, whichever has started it.
 *
 * Two locks in the server's folder tell; the system lets go of those of a run that is killed:
 *
 * ```
 * redd.lock   the gate: one run at a time starts a server, joins it or leaves it
 * users.lock  held together by all runs that use the server; who can have it alone is the last
 * ```
 */
import { join } from "node:path";
import { ReddError } from "../errors.ts";
import { EMPTY_SERVER, onDisk } from "./disk.ts";
import { type FileLock, openLock, type Taken, waitForLock, waitForLockSync } from "./lock.ts";
import { tellOfWaiting, throwIfInterrupted, type Waits } from "./waiting.ts";

/** A run's place among those that use a server. */
export interface Membership {
  /** Whether nobody else used the server when this run came. */
  readonly first: boolean;
  /** Lets others come and go, once the server has been started or joined. */
  open(): void;
  /**
   * Leaves.
   *
   * @param stop Stops the server; called where nobody else uses it.
   * @returns whether it was called.
   */
  leave(stop: () => Promise<void>, waits: Waits): Promise<boolean>;
  /** The same for a process that is about to end. */
  leaveSync(stop: () => void): boolean;
}

/** How long others may take to start or stop a server, in ms: more than the bounds of both. */
const PATIENCE = 600_000;

/**
 * How long a run that leaves waits for one at the gate, in ms. It need not have the gate: who is
 * there for longer uses the server, or starts it, and will be the last instead.
 */
const LEAVING = { patient: 5_000, hurried: 200 } as const;

/**
 * Enters a server's folder and holds its gate, until `open` or `leave`.
 *
 * @throws {ReddError} environment, when another run keeps the gate; interrupted.
 */
export async function enterFolder(folder: string, waits: Waits): Promise<Membership> {
  const cannot = `use the embedded server in ${folder}`;
  const elsewhere = "give a folder on another disk with --data-dir";
  const gatePath = join(folder, "redd.lock");
  return await onDisk({ cannot, room: EMPTY_SERVER, elsewhere }, async () => {
    const quiet = tellOfWaiting("another run, which starts or stops the embedded server", waits);
    const patience = () => waits.signal?.aborted ? 0 : PATIENCE;
    const gate = await waitForLock(gatePath, patience).finally(quiet);
    if (!("release" in gate)) {
      throwIfInterrupted(waits);
      throw atTheGate(cannot, gate);
    }
    try {
      return membership(gatePath, gate, openLock(join(folder, "users.lock")));
    } catch (error) {
      gate.release();
      throw error;
    }
  });
}

function membership(gatePath: string, entered: FileLock, users: Deno.FsFile): Membership {
  let gate: FileLock | undefined = entered;
  const first = isSole(users);
  if (!first) share(users);
  let left = false;
  const close = () => {
    left = true;
    users.close();
    gate?.release();
  };
  return {
    first,
    open() {
      if (first) share(users);
      gate?.release();
      gate = undefined;
    },
    async leave(stop, { signal }) {
      const patience = () => signal?.aborted ? LEAVING.hurried : LEAVING.patient;
      gate ??= held(await waitForLock(gatePath, patience).catch(() => GONE));
      try {
        const last = gate !== undefined && isSole(users);
        if (last) await stop();
        return last;
      } finally {
        close();
      }
    },
    leaveSync(stop) {
      if (left) return false;
      gate ??= held(gateSync(gatePath));
      try {
        const last = gate !== undefined && isSole(users);
        if (last) stop();
        return last;
      } finally {
        close();
      }
    },
  };
}

/** Stands for the gate of a folder that was removed, or spoiled, under its server: nobody comes in. */
const GONE: FileLock = { release() {} };

function gateSync(path: string): FileLock | Taken {
  try {
    return waitForLockSync(path, LEAVING.hurried);
  } catch {
    return GONE;
  }
}

function held(lock: FileLock | Taken): FileLock | undefined {
  return "release" in lock ? lock : undefined;
}

/** Takes the lock of the users for this run alone, if it can; else it has none afterwards. */
function isSole(users: Deno.FsFile): boolean {
  users.unlockSync();
  return users.tryLockSync(true);
}

/** Takes it together with others. Who holds the gate is refused by nobody. */
function share(users: Deno.FsFile): void {
  users.unlockSync();
  if (!users.tryLockSync(false)) throw new Error("the lock of the users is held by one alone");
}

function atTheGate(cannot: string, { holder }: Taken): ReddError {
  return new ReddError("environment", "DATA_FOLDER_IN_USE", {
    cannot,
    because: `another run of Redd has been starting or stopping it for ${PATIENCE / 1000} s ` +
      `(${holder})`,
    remedy: "End that run and try again, or give another folder with --data-dir",
  });
}
