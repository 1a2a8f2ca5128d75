/** `redd db`: the embedded server, until Ctrl-C. */
import type { Command, Given, Voice } from "./command.ts";
import { DEFAULT_DIR, SERVER_FLAGS, startEmbedded } from "./embedded.ts";
import { interruptible } from "./interrupt.ts";

const NAME = "db";

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function run(given: Given, voice: Voice): Promise<number> {
  return interruptible(async (signal) => {
    await using server = await startEmbedded(NAME, given, voice, DEFAULT_DIR, signal);
    const databases = await server.databases();
    const urls = (databases.length === 0 ? ["postgres"] : databases).map(server.url);
    for (const line of voice.json ? [JSON.stringify(urls)] : urls) voice.data(line);
    voice.say("The server runs until Ctrl-C. Above is the URL of every database.");
    await untilAborted(signal);
    voice.say("Stopping the server.");
    return 0;
  });
}

/** `redd db`. */
export const dbCommand: Command = {
  name: NAME,
  about: "start the embedded server and print how to connect",
  operands: [],
  flags: SERVER_FLAGS,
  examples: ["redd db", "redd db --port 5433"],
  run,
};
