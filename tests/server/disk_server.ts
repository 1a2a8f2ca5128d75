/**
 * A program that starts a server on a disk with little room, makes a database, and tells what came
 * of it. With a second argument it first fills what room is left.
 */
import { ReddError } from "../../src/errors.ts";
import { startServer } from "../../src/server/server.ts";

const [folder, fill] = Deno.args;

function fillDisk(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  for (const size of [1 << 20, 1 << 12]) {
    try {
      for (;;) file.writeSync(new Uint8Array(size));
    } catch {
      // Not that much is left.
    }
  }
}

async function outcome(): Promise<unknown> {
  try {
    await using server = await startServer({ defaultDir: folder! });
    if (fill !== undefined) fillDisk(`${folder}/filler`);
    await server.createDatabase("farm");
    return { code: "made" };
  } catch (error) {
    if (!(error instanceof ReddError)) return { code: "a defect", message: String(error) };
    return { code: error.code, fault: error.fault, message: error.message };
  }
}

await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await outcome())));
