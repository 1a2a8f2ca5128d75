/** A worker that ends, renders, fails, waits or does not listen. */
import { tellEnd } from "../../cli/ending.ts";
import { endOnSignals } from "../../cli/interrupt.ts";
import { openThrough } from "../../cli/renderer.ts";
import type { Task } from "../../cli/messages.ts";
import type { Begin, Job } from "../../src/generate/messages.ts";
import { onEarlyExit } from "../../src/early_exit.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

const say = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));

tellEnd((code) => scope.postMessage({ kind: "end", code }));
endOnSignals();

const askForRenderer = (port: MessagePort) => scope.postMessage({ kind: "renderer", port }, [port]);

const WAYS: Readonly<Record<string, () => void>> = {
  end: () => Deno.exit(7),
  fail: () => void setTimeout(() => Deno.readTextFileSync("/etc/passwd")),
  render() {
    const renderer = openThrough(askForRenderer);
    renderer.onmessage = ({ data }) => {
      say(JSON.stringify(data));
      // What a renderer does not expect is its end.
      renderer.onerror = ({ message }) => {
        say(message);
        renderer.terminate();
        Deno.exit(9);
      };
      renderer.postMessage(null as unknown as Begin);
    };
    renderer.postMessage({ kind: "job" } as unknown as Job);
  },
  beg() {
    openThrough(askForRenderer).onmessage = () => Deno.exit(9);
  },
  wait: () => void setInterval(() => {}, 1000),
  spin() {
    for (;;);
  },
};

scope.onmessage = ({ data: { line: [way, folder] } }) => {
  onEarlyExit(() => {
    // Long enough for a launcher that does not wait for it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    Deno.writeTextFileSync(`${folder}/step`, "done");
  }, { signals: false });
  say("ready");
  WAYS[way!]!();
};
