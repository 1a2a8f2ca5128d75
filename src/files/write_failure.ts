/** What the operating system says against writing, as an error that helps. */
import { messageOf, ReddError } from "../errors.ts";
import { NotRegular } from "./regular.ts";

/** Stands for Deno's own refusal, as in /dev or /proc. */
const NOT_CAPABLE = "NOTCAPABLE";

/** Stands for a link, a folder or a device in the place of a file. */
const NOT_REGULAR = "NOTREGULAR";

/** What is written, and what its user can give instead. */
export interface Goal {
  /** Verb and thing: `write the dataset out/farm`. */
  readonly cannot: string;
  /** What the user names. */
  readonly noun: "folder" | "file";
  /** With which it is named. */
  readonly flag: string;
  /** What to do once there is room: `run the same command again`. */
  readonly again: string;
  /** How to need less of the machine, `give fewer --workers`; empty where nothing does. */
  readonly fewer: string;
}

/** An error of the operating system. */
interface Refusal {
  readonly code: string;
  /** In place of the system's own message. */
  readonly because?: string;
  readonly remedy: string;
}

/** The code of an error by which {@linkcode writeFailure} knows it; undefined for a defect. */
export function codeOfRefusal(thrown: unknown): string | undefined {
  if (thrown instanceof Deno.errors.NotCapable) return NOT_CAPABLE;
  if (thrown instanceof NotRegular) return NOT_REGULAR;
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/**
 * Something could not be written.
 *
 * @param osCode As {@linkcode codeOfRefusal} gives it, such as ENOSPC.
 */
export function writeFailure(
  goal: Goal,
  message: string,
  osCode?: string,
  cause?: unknown,
): ReddError {
  const { cannot, noun, flag } = goal;
  const whole = cause === undefined ? { cannot } : { cannot, cause };
  // Redd writes through no link, and into nothing but files and folders.
  if (osCode === NOT_REGULAR) {
    const remedy = `Remove it, or give another ${noun} with ${flag}`;
    const code = noun === "folder" ? "LINK_IN_DATASET" : "IN_THE_WAY";
    return new ReddError("input", code, { ...whole, because: message, remedy });
  }
  const known = refusals(goal)[osCode ?? ""];
  return new ReddError("environment", known?.code ?? "CANNOT_WRITE", {
    ...whole,
    because: known?.because ?? message,
    remedy: known?.remedy ??
      `Give a ${noun} that can be written${noun === "folder" ? " to" : ""} with ${flag}`,
  });
}

/** Runs `write` and turns what the operating system refuses into a {@linkcode writeFailure}. */
export function writingTo<T>(goal: Goal, write: () => T): T {
  try {
    return write();
  } catch (thrown) {
    if (thrown instanceof ReddError) throw thrown;
    const code = codeOfRefusal(thrown);
    if (code === undefined) throw thrown;
    throw writeFailure(goal, messageOf(thrown, "write"), code, thrown);
  }
}

/** What helps against what an operating system says, where another place does not. */
function refusals(
  { noun, flag, again, fewer }: Goal,
): Readonly<Record<string, Refusal | undefined>> {
  const elsewhere = `give another ${noun} with ${flag}`;
  return {
    ENOSPC: {
      code: "DISK_FULL",
      because: "the disk is full",
      remedy: `Free some space and ${again}`,
    },
    EDQUOT: {
      code: "DISK_FULL",
      because: "your share of the disk is used up",
      remedy: `Free some space and ${again}`,
    },
    EMFILE: {
      code: "TOO_MANY_FILES",
      because: "more files are open than this process may have",
      remedy: `Raise the limit (ulimit -n 1024)${
        fewer && ` or ${fewer}`
      }, and run the same command again`,
    },
    ENFILE: {
      code: "TOO_MANY_FILES",
      because: "more files are open than this machine may have",
      remedy: `Close other programs${fewer && `, or ${fewer}`}, and run the same command again`,
    },
    ENOMEM: {
      code: "OUT_OF_MEMORY",
      because: "the memory is used up",
      remedy: `${
        fewer === "" ? "Close other programs" : "Give fewer --workers"
      }, and run the same command again`,
    },
    EROFS: {
      code: "CANNOT_WRITE",
      because: "the disk can only be read",
      remedy: `Give a ${noun} on a disk that can be written to with ${flag}`,
    },
    EACCES: {
      code: "CANNOT_WRITE",
      remedy: "Give yourself the right to write there (ls -ld shows whose it is), or " +
        `give a ${noun} of your own with ${flag}`,
    },
    EPERM: {
      code: "CANNOT_WRITE",
      remedy:
        "The system forbids it, perhaps by an attribute of the file (lsattr) or a mount option: " +
        `lift that, or ${elsewhere}`,
    },
    ENAMETOOLONG: {
      code: "CANNOT_WRITE",
      because: "the path is longer than the system takes",
      remedy: `Give a shorter path with ${flag}`,
    },
    ELOOP: {
      code: "CANNOT_WRITE",
      because: "links on the way lead to each other, or stand where a file should be",
      remedy: `Remove them, or ${elsewhere}`,
    },
    ENOTEMPTY: {
      code: "CANNOT_WRITE",
      remedy: "A folder stands where a file should be: move it away, or " + elsewhere,
    },
    EISDIR: {
      code: "CANNOT_WRITE",
      remedy: "A folder stands where a file should be: move it away, or " + elsewhere,
    },
    ENOTDIR: {
      code: "CANNOT_WRITE",
      remedy: "A file stands where a folder should be: move it away, or " + elsewhere,
    },
    ESTALE: {
      code: "CANNOT_WRITE",
      because: "the network disk has lost the folder",
      remedy: `Mount it again and ${again}`,
    },
    EIO: {
      code: "DISK_BROKEN",
      remedy: "The disk does not read or write what it should: look at the system's log, and " +
        `give a ${noun} on another disk with ${flag}`,
    },
  };
}
