/** Workers that render, pack and unpack, opened by the launcher for the worker of a command. */
import { ARCHIVER } from "../src/archive/pool.ts";
import type { ArchiveAnswer } from "../src/archive/work.ts";
import type { Done, Failed } from "../src/generate/messages.ts";
import { RENDERER, type Renderer } from "../src/generate/pool.ts";
import type { FromRenderer, ToRenderer } from "./messages.ts";
import type { ArchiverRights } from "./rights/rights.ts";

/**
 * A worker that somebody else opens.
 *
 * @param ask Hands the other end of its port over.
 */
export function openThrough(ask: (port: MessagePort) => void): Renderer {
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
  ask(other);
  return renderer;
}

/** Opens a worker that may write inside some folders and do nothing else. */
export function openNarrowed(folders: readonly string[]): Worker {
  return openWith(RENDERER, { read: [], write: folders });
}

/** Opens a worker that packs or unpacks, and may read and write some things and do nothing else. */
export function openArchiver(rights: ArchiverRights): Worker {
  return openWith(ARCHIVER, rights);
}

function openWith(module: URL, { read, write }: ArchiverRights): Worker {
  const permissions: Deno.PermissionOptions = {
    write: write.length === 0 ? false : [...write],
    read: read.length === 0 ? false : [...read],
    net: false,
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
  return new Worker(module, { type: "module", deno: { permissions } });
}

/** Passes on what a worker and the other end of a port say to each other. */
export function serveWorker(port: MessagePort, renderer: Worker): void {
  const tell = (message: FromRenderer, ...parts: Transferable[]) =>
    port.postMessage(message, parts);
  renderer.onmessage = ({ data }: MessageEvent<Done | Failed | ArchiveAnswer>) => {
    const frame = data.kind === "done" && "frame" in data ? data.frame : undefined;
    tell({ kind: "message", data }, ...frame === undefined ? [] : [frame.buffer as ArrayBuffer]);
  };
  renderer.onerror = (event) => {
    event.preventDefault();
    tell({ kind: "error", message: event.message });
  };
  port.onmessage = ({ data }: MessageEvent<ToRenderer>) => {
    if (data.kind === "message") return renderer.postMessage(data.data);
    renderer.terminate();
    port.close();
  };
}
