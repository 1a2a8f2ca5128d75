/** `postmaster.pid`, which a server leaves behind when it is killed. */
import { join } from "node:path";
import process from "node:process";
import { dataOf } from "./folder.ts";

/** The process of a server and its port. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
}

/** What `postmaster.pid` says: the process, and on its fourth line the port. */
export async function readPidFile(folder: string): Promise<PidFile | undefined> {
  try {
    const lines = (await Deno.readTextFile(pidFileOf(folder))).split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Where the file lies in a server's folder. */
export function pidFileOf(folder: string): string {
  return join(dataOf(folder), "postmaster.pid");
}

/** Does a process of this number exist? One that we may not signal exists as well. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
