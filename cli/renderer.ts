/** Workers that render, opened by the launcher for the worker of a command. */
import { RENDERER, type Renderer } from "../src/generate/pool.ts";
import type { FromRenderer, ToRenderer } from "./messages.ts";

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
  const permissions: Deno.PermissionOptions = {
    write: [...folders],
    read: false,
    net: false,
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
  return new Worker(RENDERER, { type: "module", deno: { permissions } });
}

/**
 * Opens a worker that may write inside some folders and do nothing else, and passes on what it and the
 * other end of a port say to each other.
 */
export function serveRenderer(port: MessagePort, folders: readonly string[]): void {
  const renderer = openNarrowed(folders);
  const tell = (message: FromRenderer) => port.postMessage(message);
  renderer.onmessage = ({ data }) => tell({ kind: "message", data });
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
