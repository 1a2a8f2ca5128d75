/**
 * The processes of a server, found by the folder that they work in: a number in `postmaster.pid` may
 * meanwhile belong to another program, and a postmaster that was killed leaves its backends behind.
 *
 * Deno opens /proc only to programs that may do everything; `ls` tells the same to those that may
 * run it. On systems without /proc there is `postmaster.pid` alone.
 */
import process from "node:process";
import { readPidFile } from "./pid_file.ts";

/** Whether the processes are known for certain. */
export const SEES_PROCESSES = Deno.build.os === "linux";

/** The program that lists /proc. */
export const LS = "/bin/ls";

/** The processes of a server. */
export interface Processes {
  /** The one that all others come from; undefined when it is gone. */
  readonly postmaster?: number;
  readonly all: readonly number[];
}

/** Finds the processes of the server whose files are in `data`, a path without links. */
export function processesOf(data: string): Processes {
  const file = readPidFile(data);
  if (!SEES_PROCESSES) {
    return file !== undefined && isAlive(file.pid)
      ? { postmaster: file.pid, all: [file.pid] }
      : { all: [] };
  }
  const numbers = list("-1", ["/proc"]).split("\n").filter((name) => /^\d+$/.test(name));
  if (numbers.length === 0) return { all: [] };
  const ways = list("-ln", numbers.map((number) => `/proc/${number}/cwd`));
  const all = numbers.filter((number) => ways.includes(`/proc/${number}/cwd -> ${data}`))
    .filter((number) => worksIn(number, data)).map(Number);
  return file !== undefined && all.includes(file.pid) ? { postmaster: file.pid, all } : { all };
}

/** Asked for one process alone: in a list, the name of somebody's folder could feign another line. */
function worksIn(number: string, data: string): boolean {
  const path = `/proc/${number}/cwd -> `;
  const line = list("-ln", [`/proc/${number}/cwd`]);
  const folder = line.slice(line.indexOf(path) + path.length).replace(/\n$/, "");
  return folder === data || folder === `${data} (deleted)`;
}

function list(option: string, paths: readonly string[]): string {
  const { stdout } = new Deno.Command(LS, {
    args: [option, ...paths],
    clearEnv: true,
    env: { LC_ALL: "C" },
    stdin: "null",
    stderr: "null",
  }).outputSync();
  return new TextDecoder().decode(stdout);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
