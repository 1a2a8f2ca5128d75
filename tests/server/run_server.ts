/**
 * A program that starts a server, tells where it is, and ends as its second argument says.
 * It takes the place of Redd in the tests of early ends.
 */
import { startServer } from "../../src/server/server.ts";
import { collectNotices } from "./notices.ts";

const [folder, end] = Deno.args;
if (folder === undefined) Deno.exit(2);

const { notices, onNotice } = collectNotices();
const server = await startServer({ dataDir: folder, defaultDir: folder, onNotice });
await server.createDatabase("farm");
const account = JSON.stringify({ url: server.url("farm"), notices });
await Deno.stdout.write(new TextEncoder().encode(`${account}\n`));

switch (end) {
  case "stop":
    await server.stop();
    break;
  case "wait":
    await new Promise(() => setTimeout(() => {}, 60_000));
    break;
  case "throw":
    throw new Error("nobody catches this");
  case "exit":
    Deno.exit(7);
}
