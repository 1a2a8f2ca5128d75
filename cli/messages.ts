/** What the launcher and the worker of a command say to each other. */
import type { ArchiveAnswer } from "../src/archive/work.ts";
import type { Done, Failed } from "../src/generate/messages.ts";

/** What a worker is started with. */
export interface Task {
  readonly line: readonly string[];
  /** Whether it gets workers that render. */
  readonly renders: boolean;
  /** Whether it gets workers that pack and unpack. */
  readonly archives: boolean;
  /** Whether no escape may go to the terminal. */
  readonly plain: boolean;
  /** Free bytes where the dataset will be, where that can be told. */
  readonly free?: number;
  /** Whether files there are known to share no blocks. */
  readonly plainCopies?: boolean;
}

/**
 * Signals are heard, and the task is waited for; the line is carried out; or a worker is wanted at the
 * other end of a port.
 */
export type FromWorker =
  | { readonly kind: "listening" }
  | { readonly kind: "end"; readonly code: number }
  | { readonly kind: "renderer" | "archiver"; readonly port: MessagePort };

/** To a worker that renders, packs or unpacks. */
export type ToRenderer =
  | { readonly kind: "message"; readonly data: unknown }
  | { readonly kind: "terminate" };

/** From one. */
export type FromRenderer =
  | { readonly kind: "message"; readonly data: Done | Failed | ArchiveAnswer }
  | { readonly kind: "error"; readonly message: string };
