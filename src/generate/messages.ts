/** What the main thread and its workers say to each other. */
import type { Facts } from "../farm/facts.ts";
import type { DayFarm, DayNumbers } from "../render/day_rows.ts";
import type { WindowPart } from "./render_window.ts";
import type { Window } from "../dataset/windows.ts";

/** Said once to a worker. */
export interface Begin {
  readonly kind: "begin";
  readonly folder: string;
  /** Of the world; they name their biology, whose code is the worker's own. */
  readonly facts: Facts;
  /** Shared counters: the rows and the bytes that all workers have written. */
  readonly counters: BigInt64Array;
}

/** A window to render. */
export interface Job {
  readonly kind: "job";
  readonly window: Window;
  readonly snapshot: DayFarm;
  readonly expected: DayNumbers;
}

/** A window is written; its parts still bear their partial names. */
export interface Done {
  readonly kind: "done";
  readonly parts: readonly WindowPart[];
}

/** A window could not be written. */
export interface Failed {
  readonly kind: "failed";
  readonly message: string;
  /** Of the operating system, such as ENOSPC. */
  readonly osCode?: string;
}
