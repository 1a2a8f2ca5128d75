/** What a worker does: it renders the windows it is given, in the world whose facts it was sent. */
import { messageOf } from "../errors.ts";
import type { BiologyModel } from "../farm/biology.ts";
import { snapshotOf } from "../farm/snapshot.ts";
import { worldOf } from "../farm/world.ts";
import type { BiologyName } from "../fixtures/biology_name.ts";
import { codeOfRefusal } from "../files/write_failure.ts";
import type { Begin, Done, Failed, Job } from "./messages.ts";
import { dayParts, renderWindow } from "./render_window.ts";

/** The side of a worker that hears and answers. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent<Begin | Job>) => void) | null;
  postMessage(message: Done | Failed): void;
}

/**
 * Answers every job of `scope` with what its window wrote.
 *
 * @param modelOf The model of the biology whose name came with the facts.
 */
export function serveWindows(
  scope: WorkerScope,
  modelOf: (name: BiologyName) => BiologyModel,
): void {
  const parts = dayParts();
  let render: ((job: Job) => Done) | undefined;

  scope.onmessage = ({ data }) => {
    if (data.kind === "begin") {
      render = renderer(data);
      return;
    }
    try {
      if (render === undefined) throw new Error("A job came before its world");
      scope.postMessage(render(data));
    } catch (thrown) {
      const osCode = codeOfRefusal(thrown);
      const failed: Failed = { kind: "failed", message: messageOf(thrown, "write") };
      scope.postMessage(osCode === undefined ? failed : { ...failed, osCode });
    }
  };

  function renderer({ folder, facts, counters }: Begin): (job: Job) => Done {
    const world = worldOf(facts, modelOf(facts.biologyName));
    const onDay = (rows: number, bytes: number) => {
      Atomics.add(counters, 0, BigInt(rows));
      Atomics.add(counters, 1, BigInt(bytes));
    };
    return ({ window, snapshot, expected }) => {
      // What comes from another thread is laid out in its own way, on which days live more slowly.
      const farm = snapshotOf(snapshot);
      return {
        kind: "done",
        parts: renderWindow(folder, world, parts, window, farm, expected, onDay),
      };
    };
  }
}
