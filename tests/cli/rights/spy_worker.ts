/** In the place of the worker of a command: makes attempts, and prints which of them Deno let pass. */
import { connect } from "node:net";
import type { Task } from "../../../cli/messages.ts";
import type { Attempt } from "./attempts.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = async ({ data: { line: [attempts] } }) => {
  const passed: boolean[] = [];
  for (const attempt of JSON.parse(attempts!) as Attempt[]) passed.push(await passes(attempt));
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(passed)));
  scope.postMessage({ kind: "end", code: 0 });
};
scope.postMessage({ kind: "listening" });

/** Whether permissions let an attempt pass, whatever became of it then. */
async function passes(attempt: Attempt): Promise<boolean> {
  try {
    await make(attempt);
    return true;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : "";
    return !(thrown instanceof Deno.errors.NotCapable || /Requires .* access|EPERM/.test(message));
  }
}

async function make(attempt: Attempt): Promise<void> {
  if ("read" in attempt) await Deno.readTextFile(attempt.read);
  else if ("list" in attempt) Array.from(Deno.readDirSync(attempt.list));
  else if ("write" in attempt) Deno.openSync(attempt.write, { append: true, create: true }).close();
  else if ("link" in attempt) Deno.symlinkSync("/", attempt.link);
  else if ("run" in attempt) new Deno.Command(attempt.run, { clearEnv: true }).outputSync();
  else if ("connect" in attempt) await reached(attempt.connect);
  else if ("listen" in attempt) Deno.listen({ port: attempt.listen }).close();
  else if ("env" in attempt) Deno.env.get(attempt.env);
  else if ("sys" in attempt) attempt.sys === "uid" ? Deno.uid() : Deno.hostname();
  else if ("ffi" in attempt) Deno.dlopen(attempt.ffi, {});
  else if ("load" in attempt) await import(attempt.load);
  else if ("ask" in attempt) await asked(attempt.ask);
  else await opened(attempt.worker);
}

function reached(to: readonly [host: string, port: number] | string): Promise<void> {
  const socket = typeof to === "string" ? connect(to) : connect(to[1], to[0]);
  return new Promise((resolve, reject) => {
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}

/** A worker of the worker cannot have what the worker has not. */
function opened(write: string): Promise<void> {
  const worker = new Worker(`data:text/javascript,postMessage(1)`, {
    type: "module",
    deno: { permissions: { write: [write] } },
  });
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve(worker.terminate());
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
  });
}

/** A right that is asked for is refused without a question. */
async function asked(name: Deno.PermissionName): Promise<void> {
  const { state } = await Deno.permissions.request({ name } as Deno.PermissionDescriptor);
  if (state !== "granted") throw new Deno.errors.NotCapable(state);
}
