/** A server that outlived the run that had started it. */
import { setTimeout as sleep } from "node:timers/promises";
import { openDriver } from "../load/connection/driver.ts";
import { ROLE } from "./cluster.ts";
import { isAlive, pidFileOf, readPidFile } from "./pid_file.ts";
import { stopPostmaster } from "./postmaster.ts";
import { type Program } from "./program.ts";

/**
 * Stops a server that a killed run has left behind, so that a new one can be started.
 *
 * The process number in `postmaster.pid` may meanwhile belong to another program. Only a server that
 * takes our password is ours: nobody else is stopped.
 *
 * @returns the process that was stopped, or undefined.
 */
export async function stopOrphan(program: Program, password: string): Promise<number | undefined> {
  const file = await readPidFile(program.folder);
  if (file === undefined || !Number.isSafeInteger(file.pid)) return undefined;
  for (let attempt = 1; isAlive(file.pid); attempt++) {
    const answer = await ask(file.port, password);
    if (answer === "ours") {
      await stopPostmaster(program);
      return file.pid;
    }
    if (answer === "stranger" && attempt >= 5) {
      // The number was given to another program, and PostgreSQL would believe in the file. If a
      // server should live after all, the start fails on its shared memory.
      await Deno.remove(pidFileOf(program.folder));
      return undefined;
    }
    await sleep(300);
  }
  return undefined;
}

/** Asks whoever listens on the port; a server that is starting or stopping answers "wait". */
async function ask(port: number, password: string): Promise<"ours" | "wait" | "stranger"> {
  const sql = openDriver({
    host: "127.0.0.1",
    port,
    database: "postgres",
    username: ROLE,
    password,
    max: 1,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await sql`select 1`;
    return "ours";
  } catch (error) {
    return (error as { code?: string }).code === "57P03" ? "wait" : "stranger";
  } finally {
    await sql.end({ timeout: 1 });
  }
}
