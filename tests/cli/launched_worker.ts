/** A worker that ends, renders, fails, waits, does not listen or comes to listen late. */
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

const [asked, folder] = Deno.args;
if (asked === "late") {
  // As long as its modules take to load; a file says that they are here.
  say("ready");
  while (!Array.from(Deno.readDirSync(folder!)).some(({ name }) => name === "loaded")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

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
  late: () => Deno.exit(0),
  wait: () => void setInterval(() => {}, 1000),
  spin() {
    Deno.writeTextFileSync(`${folder}/made.partial`, "");
    for (;;);
  },
};

scope.onmessage = ({ data: { line: [way] } }) => {
  onEarlyExit(() => {
    // Long enough for a launcher that does not wait for it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    Deno.writeTextFileSync(`${folder}/step`, "done");
  }, { signals: false });
  if (way !== "late") say("ready");
  WAYS[way!]!();
};
scope.postMessage({ kind: "listening" });
