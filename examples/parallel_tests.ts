/**
 * Tests in parallel, each worker with a database of its own. In your copy of Redd:
 * `deno run -A --lock=locks/server.lock examples/parallel_tests.ts DATASET`.
 * The dataset is loaded once; a clone of it takes a moment.
 */
// "../mod.ts" is the path of mod.ts in your copy of Redd.
import {
  cloneDatabase,
  dropClones,
  listDatabases,
  load,
  openDataset,
  snapshotDatabase,
  startServer,
} from "../mod.ts";

const WORKERS = 3;
const NAME = "parallel_tests";

await using server = await startServer();
const url = server.url(NAME);
const { databases } = await listDatabases(server.url("postgres"));
if (!databases.some(({ name, snapshot }) => name === NAME && snapshot !== undefined)) {
  await server.createDatabase(NAME);
  await load(await openDataset(Deno.args[0] ?? "out/start"), { url });
  await snapshotDatabase(url, NAME);
}

/** What a worker does with its database: it may alter it as it likes. */
function test(database: string): Promise<string> {
  // Here: connect to server.url(database) with your test framework.
  return Promise.resolve(`${database} is mine`);
}

const { clones } = await cloneDatabase(url, NAME, { count: WORKERS });
try {
  const said = await Promise.all(clones.map(({ database }) => test(database)));
  for (const line of said) console.log(line);
} finally {
  await dropClones(url, clones.map(({ database }) => database), { disconnect: true });
}
