/** Loads a dataset in the rebuild way, a line for every step: a process that a test can kill. */
import { rebuildDataset } from "../believed.ts";

const [folder, url, large] = Deno.args;
const line = new TextEncoder().encode(".\n");
await rebuildDataset(folder!, {
  url: url!,
  large: Number(large),
  jobs: 2,
  onProgress: () => void Deno.stdout.writeSync(line),
});
