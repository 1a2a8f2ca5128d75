/** A worker in which fish are moved and harvested container by container. */
import { serveWindows, type WorkerScope } from "../../src/generate/serve_windows.ts";
import { GRADUAL } from "../gradual.ts";

serveWindows(self as unknown as WorkerScope, () => GRADUAL);
