/** The log of a server, `server.log` among its files: of its present or its last start. */
import { join } from "node:path";
import { removeFile } from "../files/create.ts";
import { openRegular } from "../files/regular.ts";

/** What it is called. */
export const LOG_NAME = "server.log";

/** The most bytes that are read, from its end. */
const TAIL = 1 << 16;

/** Where it lies. */
export function logOf(data: string): string {
  return join(data, LOG_NAME);
}

/** The end of the log; nothing where there is none that can be read. */
export function readLog(data: string): string {
  try {
    using file = openRegular(logOf(data));
    const { size } = file.statSync();
    file.seekSync(Math.max(0, size - TAIL), Deno.SeekMode.Start);
    const bytes = new Uint8Array(TAIL);
    let length = 0;
    for (let read: number | null = 0; read !== null && length < TAIL; length += read ?? 0) {
      read = file.readSync(bytes.subarray(length));
    }
    return new TextDecoder().decode(bytes.subarray(0, length));
  } catch {
    return "";
  }
}

/** Removes the log of the start before. */
export function removeLog(data: string): void {
  removeFile(logOf(data));
}
