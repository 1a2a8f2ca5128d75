/**
 * A worker. It may write inside the dataset folder and nothing else, so renaming finished parts is
 * left to the main thread.
 */
import { biologyModel } from "../biology/models.ts";
import { serveWindows, type WorkerScope } from "./serve_windows.ts";

serveWindows(self as unknown as WorkerScope, biologyModel);
