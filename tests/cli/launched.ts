/** Has a line carried out by a worker that behaves in the way that the line says. */
import { runNarrowed } from "../../cli/launch.ts";
import { sum } from "../../cli/rights/rights.ts";

const [way, folder] = Deno.args;
const rights = sum({
  read: [folder!],
  write: [folder!, `${folder}/made.partial`],
  render: way === "beg" ? [] : [folder!],
});
const worker = new URL("./launched_worker.ts", import.meta.url);
Deno.exit(await runNarrowed(worker, rights, [way!, folder!]));
