/**
 * The launcher: works out what a line needs, and has it carried out by a worker that may do just that.
 *
 * The worker speaks, asks and listens for signals itself. What it cannot do is left to the launcher:
 * to open the workers that render, pack and unpack, which a worker could do as well, but only with a second's delay,
 * and to end a process whose worker does not come to hear of the signal.
 */
import { fileURLToPath } from "node:url";
import { EXIT_CODES } from "../src/errors.ts";
import { freeBytes, sharesNoBlocks } from "../src/generate/room.ts";
import { ENTRIES, ownModule } from "../src/own_files.ts";
import type { Command, Given } from "./command.ts";
import { HERE } from "./database.ts";
import { endCutOff, endInterrupted } from "./cut_off.ts";
import { ONE_PRESS, SIGNALS } from "./interrupt.ts";
import type { FromWorker, Task } from "./messages.ts";
import { openArchiver, openNarrowed, serveWorker } from "./renderer.ts";
import { requireOwned } from "./rights/refusal.ts";
import { permissionsOf, type Rights, sum } from "./rights/rights.ts";
import { complain, isPlain } from "./screen.ts";

/**
 * What a worker may take to end after a signal, in milliseconds: two seconds, and no time after
 * another. One that takes longer is in the middle of something that nothing interrupts, and is cut off.
 */
const PATIENCE = { first: 2300, another: 700 } as const;

/** What workers are made of: who opens one has to be able to read it. */
const MODULES = ENTRIES.map((path) => fileURLToPath(ownModule(path)));

/**
 * Carries a line out in a worker with the rights of its command.
 *
 * @returns its exit code.
 * @throws {ReddError} input, for a line whose rights make no sense.
 */
export async function performNarrowed(
  command: Command,
  given: Given,
  line: readonly string[],
): Promise<number> {
  const rights = await command.rights(given, HERE);
  requireOwned(command.name, sum(rights, { read: MODULES }));
  return await runNarrowed(ownModule("cli/command_worker.ts"), rights, line);
}

/** Runs a line in a worker that may do some things and nothing else; returns its exit code. */
export async function runNarrowed(
  module: URL,
  rights: Rights,
  line: readonly string[],
): Promise<number> {
  const free = rights.room === undefined ? undefined : freeBytes(rights.room);
  const worker = new Worker(module, {
    type: "module",
    name: "redd",
    deno: { permissions: permissionsOf(rights) },
  });
  const task: Task = {
    line,
    renders: rights.render.length > 0,
    archives: rights.archive !== undefined,
    plain: isPlain(),
    ...(free === undefined ? {} : { free }),
    plainCopies: rights.room !== undefined && sharesNoBlocks(rights.room),
  };
  const signals = heedSignals(rights.write);
  try {
    return await new Promise<number>((resolve) => {
      const isDefect = () => {
        complain("error: This is a defect of Redd.");
        resolve(EXIT_CODES.defect);
      };
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "end") resolve(data.code);
        else if (data.kind === "listening") {
          // A signal that is here already is heard first.
          setTimeout(() => {
            signals.leaveToWorker();
            worker.postMessage(task);
          });
        } else if (data.kind === "renderer" && rights.render.length > 0) {
          serveWorker(data.port, openNarrowed(rights.render));
        } else if (data.kind === "archiver" && rights.archive !== undefined) {
          serveWorker(data.port, openArchiver(rights.archive));
        } else isDefect();
      };
      // Deno has printed what happened.
      worker.onerror = (event) => {
        event.preventDefault();
        isDefect();
      };
    });
  } finally {
    signals.stopListening();
    worker.terminate();
  }
}

/** How a launcher heeds signals. */
interface Heeding {
  /** From now on the worker hears them; before, nothing was begun that it could have to end. */
  leaveToWorker(): void;
  stopListening(): void;
}

/**
 * Ends the process on a signal: at once as long as its worker does not listen, which has no line then;
 * afterwards when the worker has not done so itself after some time.
 *
 * @param written Where the worker may write.
 */
function heedSignals(written: readonly string[]): Heeding {
  let workerListens = false;
  let pressed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cutOff = () => endCutOff(written);
  const onSignal = () => {
    if (!workerListens) endInterrupted();
    const now = performance.now();
    if (pressed > 0 && now - pressed <= ONE_PRESS) return;
    clearTimeout(timer);
    timer = setTimeout(cutOff, pressed === 0 ? PATIENCE.first : PATIENCE.another);
    pressed = now;
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, onSignal);
  return {
    leaveToWorker: () => workerListens = true,
    stopListening() {
      clearTimeout(timer);
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, onSignal);
    },
  };
}
