/** The errors of writing a dataset. */
import { ReddError } from "../errors.ts";
import { NotRegular } from "../files/regular.ts";

/** Stands for Deno's own refusal, as in /dev or /proc. */
export const NOT_CAPABLE = "NOTCAPABLE";

/**
 * A file of the dataset could not be written.
 *
 * @param osCode Of the operating system, such as ENOSPC.
 */
export function writeError(folder: string, message: string, osCode?: string): ReddError {
  const because = osCode === NOT_CAPABLE ? "Deno does not let programs write there" : message;
  const known = REMEDIES[osCode ?? ""];
  return new ReddError("environment", known?.code ?? "CANNOT_WRITE", {
    cannot: `write the dataset ${folder}`,
    because: known?.because ?? because,
    remedy: known?.remedy ?? "Give a folder that can be written to with --out",
  });
}

/** What helps against what an operating system says, where another folder does not. */
const REMEDIES: Readonly<
  Record<string, { code: string; because?: string; remedy: string } | undefined>
> = {
  ENOSPC: {
    code: "DISK_FULL",
    because: "the disk is full",
    remedy: "Free some space and run the same command again: it goes on where it stopped",
  },
  EDQUOT: {
    code: "DISK_FULL",
    because: "your share of the disk is used up",
    remedy: "Free some space and run the same command again: it goes on where it stopped",
  },
  EMFILE: {
    code: "TOO_MANY_FILES",
    because: "more files are open than this process may have",
    remedy:
      "Raise the limit (ulimit -n 1024) or give fewer --workers, and run the same command again",
  },
  ENFILE: {
    code: "TOO_MANY_FILES",
    because: "more files are open than this machine may have",
    remedy: "Close other programs, or give fewer --workers, and run the same command again",
  },
  ENOMEM: {
    code: "OUT_OF_MEMORY",
    because: "the memory is used up",
    remedy: "Give fewer --workers, and run the same command again",
  },
  EROFS: {
    code: "CANNOT_WRITE",
    because: "the disk can only be read",
    remedy: "Give a folder on a disk that can be written to with --out",
  },
  EACCES: {
    code: "CANNOT_WRITE",
    remedy:
      "Give yourself the right to write there (ls -ld shows whose it is), or give a folder of " +
      "your own with --out",
  },
  EPERM: {
    code: "CANNOT_WRITE",
    remedy:
      "The system forbids it, perhaps by an attribute of the file (lsattr) or a mount option: " +
      "lift that, or give another folder with --out",
  },
  ENAMETOOLONG: {
    code: "CANNOT_WRITE",
    because: "the path is longer than the system takes",
    remedy: "Give a shorter path with --out",
  },
  ELOOP: {
    code: "CANNOT_WRITE",
    because: "links on the way lead to each other, or stand where a file should be",
    remedy: "Remove them, or give another folder with --out",
  },
  EISDIR: {
    code: "CANNOT_WRITE",
    remedy: "A folder stands where a file should be: move it away, or give another with --out",
  },
  ENOTDIR: {
    code: "CANNOT_WRITE",
    remedy: "A file stands where a folder should be: move it away, or give another with --out",
  },
  ESTALE: {
    code: "CANNOT_WRITE",
    because: "the network disk has lost the folder",
    remedy: "Mount it again and run the same command again: it goes on where it stopped",
  },
  EIO: {
    code: "DISK_BROKEN",
    remedy:
      "The disk does not read or write what it should: look at the system's log, and give a " +
      "folder on another disk with --out",
  },
};

/** Runs `write` and turns what the operating system refuses into a {@linkcode writeError}. */
export function writing<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (thrown) {
    if (thrown instanceof ReddError) throw thrown;
    if (thrown instanceof Deno.errors.NotCapable) {
      throw writeError(folder, "", NOT_CAPABLE);
    }
    if (thrown instanceof NotRegular) throw inTheWay(folder, thrown);
    const { code } = thrown as { code?: unknown };
    if (typeof code !== "string") throw thrown;
    throw writeError(folder, (thrown as Error).message, code);
  }
}

/** Redd writes through no link, and into nothing but files and folders. */
function inTheWay(folder: string, cause: NotRegular): ReddError {
  return new ReddError("input", "LINK_IN_DATASET", {
    cannot: `write the dataset ${folder}`,
    because: cause.message,
    remedy: "Remove it, or give another folder with --out",
    cause,
  });
}
