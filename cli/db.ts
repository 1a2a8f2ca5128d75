/** `redd db`: the embedded server, until Ctrl-C. */
import type { Given, Voice } from "./command.ts";
import { startEmbedded } from "./embedded.ts";
import { DEFAULT_DIR } from "./server_folder.ts";
import { interruptible } from "./interrupt.ts";

const NAME = "db";

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Runs a line of `redd db`; returns its exit code. */
export function runDb(given: Given, voice: Voice): Promise<number> {
  return interruptible(async (signal) => {
    await using server = await startEmbedded(NAME, given, voice, DEFAULT_DIR, signal);
    const databases = await server.databases();
    const urls = (databases.length === 0 ? ["postgres"] : databases).map(server.url);
    for (const line of voice.json ? [JSON.stringify(urls)] : urls) voice.secret(line);
    voice.say("The server runs until Ctrl-C. Above is the URL of every database.");
    voice.rest();
    await untilAborted(signal);
    voice.say("Stopping the server.");
    return 0;
  });
}
