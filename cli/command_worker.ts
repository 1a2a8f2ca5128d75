/** The worker that carries out a line, with the rights that the launcher has given it. */
import type { Renderer } from "../src/generate/pool.ts";
import { runSteps } from "../src/server/exit.ts";
import type { Host } from "./command.ts";
import { endOnSignals } from "./interrupt.ts";
import { main } from "./main.ts";
import type { FromRenderer, FromWorker, Task, ToRenderer } from "./messages.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;

// However the worker ends, what must be done at the end is done before the process goes.
addEventListener("unload", () => {
  runSteps();
  scope.postMessage({ kind: "end", code: Deno.exitCode });
});

endOnSignals();

scope.onmessage = async ({ data: { line, renders, free } }) => {
  const host: Host = {
    ...(renders ? { openRenderer } : {}),
    ...(free === undefined ? {} : { free }),
  };
  Deno.exit(await main(line, (command, given, voice) => command.run(given, voice, host)));
};

/** A worker that the launcher opens. */
function openRenderer(): Renderer {
  const { port1: port, port2: other } = new MessageChannel();
  const send = (message: ToRenderer) => port.postMessage(message);
  const renderer: Renderer = {
    onmessage: null,
    onerror: null,
    postMessage: (data) => send({ kind: "message", data }),
    terminate() {
      send({ kind: "terminate" });
      port.close();
    },
  };
  port.onmessage = ({ data }: MessageEvent<FromRenderer>) => {
    if (data.kind === "error") renderer.onerror?.(new ErrorEvent("error", data));
    else renderer.onmessage?.(new MessageEvent("message", data));
  };
  scope.postMessage({ kind: "renderer", port: other }, [other]);
  return renderer;
}
