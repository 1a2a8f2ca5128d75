/** The worker that carries out a line, with the rights that the launcher has given it. */
import type { Host } from "./command.ts";
import { tellEnd } from "./ending.ts";
import { endOnSignals } from "./interrupt.ts";
import { main, perform, tellUncaught } from "./main.ts";
import { openThrough } from "./renderer.ts";
import type { FromWorker, Task } from "./messages.ts";
import { silenceLibraries, speakPlainly } from "./screen.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;

tellEnd((code) => scope.postMessage({ kind: "end", code }));
endOnSignals();
tellUncaught();
silenceLibraries();

scope.onmessage = async ({ data: { line, renders, archives, plain, free, plainCopies } }) => {
  if (plain) speakPlainly();
  const host: Host = {
    ...(renders ? { openRenderer: () => openThrough(askFor("renderer")) } : {}),
    ...(archives ? { openArchiver: () => openThrough(askFor("archiver")) } : {}),
    ...(free === undefined ? {} : { free }),
    ...(plainCopies === undefined ? {} : { plainCopies }),
  };
  Deno.exit(await main(line, (command, given, voice) => perform(command, given, voice, host)));
};
// A signal that came before ends the launcher, and the line is not begun.
scope.postMessage({ kind: "listening" });

function askFor(kind: "renderer" | "archiver"): (port: MessagePort) => void {
  return (port) => scope.postMessage({ kind, port }, [port]);
}
