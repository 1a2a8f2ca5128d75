/**
 * Who writes a dataset. The lock is the operating system's, on the folder itself: it leaves nothing
 * behind, and it goes with the process, however that ends. It holds on one machine; on a network
 * file system two machines do not see each other's. Readers of a finished dataset take none, since
 * it may lie on a disk that cannot be written to.
 */
import { ReddError } from "../errors.ts";
import { writing } from "./write_error.ts";

/** `alone` for a whole run, a merge or an extension; `shared` for a shard beside others. */
export type Hold = "alone" | "shared";

/** A lock that is held. */
export interface DatasetLock extends Disposable {
  /** The folder, its links followed. */
  readonly folder: string;
}

function inUse(folder: string): ReddError {
  return new ReddError("environment", "DATASET_IN_USE", {
    cannot: `write the dataset ${folder}`,
    because: "another run is writing it",
    remedy: "Wait for that run, or give another folder with --out",
  });
}

/** The folder, its links followed. A shard that is merged is there, and may not be written to. */
function madeFolder(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    Deno.mkdirSync(path, { recursive: true });
    return Deno.realPathSync(path);
  }
}

/**
 * Makes the folder where there is none, and locks it without waiting.
 *
 * @throws {ReddError} environment, when another run holds it or the folder cannot be made.
 */
export function lockDataset(path: string, hold: Hold): DatasetLock {
  return writing(path, () => {
    const folder = madeFolder(path);
    const file = Deno.openSync(folder, { read: true });
    // A run that replaced the folder itself meanwhile has another one.
    const [locked, there] = [file.statSync(), Deno.statSync(folder)];
    if (!file.tryLockSync(hold === "alone") || locked.ino !== there.ino) {
      file.close();
      throw inUse(path);
    }
    return { folder, [Symbol.dispose]: () => file.close() };
  });
}
