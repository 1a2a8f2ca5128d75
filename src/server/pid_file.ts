/** `postmaster.pid`, which a server leaves behind when it is killed. It may vanish at any moment. */
import { join } from "node:path";
import { removeFile } from "../files/create.ts";
import { readRegularText } from "../files/regular.ts";

/** The process of a server and its port. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

/** The most bytes of the file. */
const CAP = 1 << 14;

/**
 * What `postmaster.pid` says: the process, and on its fourth line the port.
 *
 * @returns undefined when there is none, or none that makes sense.
 */
export function readPidFile(data: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readRegularText(pidFileOf(data), CAP).split("\n");
  } catch {
    return undefined;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return Number.isSafeInteger(pid) && pid > 1 ? { pid, port } : undefined;
}

/** Removes the file of a server that is gone; PostgreSQL would believe in its number. */
export function removePidFile(data: string): void {
  removeFile(pidFileOf(data));
}

/** Where the file lies. */
export function pidFileOf(data: string): string {
  return join(data, "postmaster.pid");
}
