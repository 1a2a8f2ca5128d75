/** The embedded server as the commands use it: one beside the datasets, one database per dataset. */
import { type EmbeddedServer, startServer } from "../src/server/server.ts";
import type { Flag, Given, Voice } from "./command.ts";
import { valuesOf } from "./values.ts";

/** Flags of the embedded server. */
export const SERVER_FLAGS: readonly Flag[] = [
  { name: "data-dir", value: "DIR", about: "the embedded server's folder (beside the dataset)" },
  { name: "port", value: "N", about: "the embedded server's port (a free one)" },
];

/** The name of the server's folder among the datasets. */
const FOLDER = "postgres";

/** The folder beside a dataset in which the embedded server lives. */
export function besideDataset(dataset: string): string {
  const parent = /^(.*)\/[^/]+\/*$/.exec(dataset)?.[1];
  return parent === undefined ? FOLDER : `${parent}/${FOLDER}`;
}

/** The database of a dataset: its folder's name, in lower case, with _ for what is no letter. */
export function databaseOf(dataset: string): string {
  const name = /([^/]+)\/*$/.exec(dataset)?.[1] ?? "redd";
  return name.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_");
}

/** Starts the embedded server that a line asks for. The caller listens for signals. */
export function startEmbedded(
  command: string,
  given: Given,
  voice: Voice,
  defaultDir: string,
): Promise<EmbeddedServer> {
  const dataDir = given.text("data-dir");
  const port = valuesOf(command, given).whole("port", 1, 65535);
  return startServer({
    defaultDir,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(port === undefined ? {} : { port }),
    onNotice: (text) => voice.say(text),
    handleSignals: false,
  });
}

/** The embedded server's folder where nothing else is said. */
export const DEFAULT_DIR = `out/${FOLDER}`;

/** How to look at the database later. */
export function howToLook(database: string, server: EmbeddedServer): string {
  const isDefault = server.folder === realPath(DEFAULT_DIR);
  const where = isDefault ? "" : ` --data-dir ${server.folder}`;
  return `To look into the database ${database}: deno task db${where}, and psql with the URL it prints.`;
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}
