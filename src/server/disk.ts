/** Disks that are full, over quota or read-only: the environment's fault, and the user can mend it. */
import { messageOf, ReddError } from "../errors.ts";

/** What was to be written. */
export interface Writing {
  /** Verb and thing: `copy PostgreSQL to /home/anna/.cache/redd`. */
  readonly cannot: string;
  /** How much room it takes, such as `about 70 MB in /home/anna/.cache/redd`. */
  readonly room: string;
  /** How to have it somewhere else: `give a folder on another disk with --data-dir`. */
  readonly elsewhere: string;
}

/** Room that the server's own files take before there is a row in them, told to the user. */
export const EMPTY_SERVER = "about 100 MB, and the rows of a dataset about three times its CSV";

/** By what the operating system calls it, and what programs print. */
const FAULTS: readonly (readonly [RegExp, string, string])[] = [
  [/^(ENOSPC|53100)$|No space left on device/, "DISK_FULL", "the disk is full"],
  [/^EDQUOT$|Disk quota exceeded/, "DISK_FULL", "your quota on this disk is used up"],
  [/^EROFS$|Read-only file system/, "DISK_READ_ONLY", "the disk is read-only"],
];

/**
 * The error that tells of a disk.
 *
 * @param fault What was thrown, or what a program has printed.
 * @returns undefined when it is about something else.
 */
export function diskError(fault: unknown, writing: Writing): ReddError | undefined {
  const { code } = (fault ?? {}) as { code?: unknown };
  const signs = [typeof code === "string" ? code : "", messageOf(fault)];
  for (const [sign, name, because] of FAULTS) {
    if (!signs.some((text) => sign.test(text))) continue;
    const { cannot, room, elsewhere } = writing;
    return new ReddError("environment", name, {
      cannot,
      because,
      remedy: name === "DISK_FULL"
        ? `It takes ${room}: make room and run the same command again, or ${elsewhere}`
        : `${elsewhere[0]!.toUpperCase()}${elsewhere.slice(1)}`,
      cause: fault,
    });
  }
  return undefined;
}

/** Runs `work` and turns what a disk refuses into a {@linkcode diskError}. */
export async function onDisk<T>(writing: Writing, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ReddError) throw thrown;
    throw diskError(thrown, writing) ?? thrown;
  }
}
