/**
 * A worker: renders the windows it is given. It may write inside the dataset folder and nothing
 * else, so renaming finished parts is left to the main thread.
 */
import { messageOf } from "../errors.ts";
import type { Begin, Done, Failed, Job } from "./messages.ts";
import { NOT_CAPABLE } from "./write_error.ts";
import { dayParts, renderWindow } from "./render_window.ts";

interface WorkerScope {
  onmessage: ((event: MessageEvent<Begin | Job>) => void) | null;
  postMessage(message: Done | Failed): void;
}

const scope = self as unknown as WorkerScope;
const parts = dayParts();
let begun: Begin | undefined;

scope.onmessage = ({ data }) => {
  if (data.kind === "begin") {
    begun = data;
    return;
  }
  try {
    scope.postMessage({ kind: "done", parts: render(data) });
  } catch (thrown) {
    const osCode = thrown instanceof Deno.errors.NotCapable
      ? NOT_CAPABLE
      : (thrown as { code?: unknown }).code;
    const failed: Failed = { kind: "failed", message: messageOf(thrown) };
    scope.postMessage(typeof osCode === "string" ? { ...failed, osCode } : failed);
  }
};

function render({ window, snapshot, expected }: Job) {
  if (begun === undefined) throw new Error("A job came before its world");
  const { folder, world, counters } = begun;
  return renderWindow(folder, world, parts, window, snapshot, expected, (rows, bytes) => {
    Atomics.add(counters, 0, BigInt(rows));
    Atomics.add(counters, 1, BigInt(bytes));
  });
}
