/**
 * Does a work and kills itself at one of its writes: the name of the work, its folder, and at which.
 * It says how many there were, where it lived to the end.
 */
import { WORKS } from "./killed_works.ts";

const [name, folder, at] = Deno.args;
let writes = 0;

function killing<Args extends unknown[], Result>(write: (...args: Args) => Result) {
  return (...args: Args) => {
    if (String(writes++) === at) Deno.kill(Deno.pid, "SIGKILL");
    return write(...args);
  };
}

Deno.renameSync = killing(Deno.renameSync);
Deno.removeSync = killing(Deno.removeSync);
Deno.mkdirSync = killing(Deno.mkdirSync);
Deno.FsFile.prototype.writeSync = (function (write) {
  return function (this: Deno.FsFile, bytes: Uint8Array) {
    return killing((bytes: Uint8Array) => write.call(this, bytes))(bytes);
  };
})(Deno.FsFile.prototype.writeSync);

await WORKS[name!]!.run(folder!);
await Deno.stdout.write(new TextEncoder().encode(`${writes}`));
