/** `redd db`: the embedded server, until Ctrl-C. */
import { join } from "node:path";
import { DEFAULT_DIR } from "../src/server/default_dir.ts";
import { tryLockFile } from "../src/server/lock.ts";
import type { EmbeddedServer } from "../src/server/server.ts";
import type { Given, Voice } from "./command.ts";
import { refuseActionFlags } from "./db_line.ts";
import { startEmbedded } from "./embedded.ts";
import { interruptible } from "./interrupt.ts";

const NAME = "db";

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function printUrls(server: EmbeddedServer, voice: Voice): Promise<void> {
  const databases = await server.databases();
  const urls = (databases.length === 0 ? ["postgres"] : databases).map(server.url);
  for (const line of voice.json ? [JSON.stringify(urls)] : urls) voice.secret(line);
}

/** How to stop a server that another `redd db` keeps. */
function keptByAnother(holder: string): string {
  const [pid] = /\d+/.exec(holder) ?? [];
  const kill = pid === undefined ? "" : `, or kill -INT ${pid},`;
  return `Another deno task db (${holder}) keeps the server running: Ctrl-C there${kill} stops it.`;
}

/**
 * Runs a line of `redd db`; returns its exit code. One that finds another keeping the server prints
 * the URLs and ends.
 */
export function runDb(given: Given, voice: Voice): Promise<number> {
  refuseActionFlags(given);
  return interruptible(async (signal) => {
    await using server = await startEmbedded(NAME, given, voice, DEFAULT_DIR, signal);
    const keeping = tryLockFile(join(server.folder, "db.lock"));
    if (!("release" in keeping)) {
      await printUrls(server, voice);
      voice.say(keptByAnother(keeping.holder));
      return 0;
    }
    try {
      await printUrls(server, voice);
      voice.say("The server runs until Ctrl-C. Above is the URL of every database.");
      voice.rest();
      await untilAborted(signal);
      voice.say("Stopping the server.");
    } finally {
      keeping.release();
    }
    if (!await server.stop()) {
      voice.say("Other commands still use it: the last of them stops it when it ends.");
    }
    return 0;
  });
}
