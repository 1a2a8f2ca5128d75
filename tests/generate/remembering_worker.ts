/** A worker in which the biology with a memory holds. */
import { serveWindows, type WorkerScope } from "../../src/generate/serve_windows.ts";
import { REMEMBERING } from "../remembering.ts";

serveWindows(self as unknown as WorkerScope, () => REMEMBERING);
