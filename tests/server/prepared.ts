/**
 * The files of a server that tests take copies of: initdb takes seconds, a copy a moment. They are
 * made once for each release of the binaries and stay for the next run. They do not wait for the disk,
 * since nothing of a test outlives the machine, and no tables are vacuumed but where a test asks for it.
 */
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { accountFor } from "../../src/server/account.ts";
import { findBinaries, type ServerVersion } from "../../src/server/binaries.ts";
import { markData } from "../../src/server/mark.ts";
import { startServer } from "../../src/server/server.ts";
import { userFolder } from "../../src/server/user_folders.ts";
import { run } from "../run.ts";

const HOME = join(tmpdir(), `redd-tests-${Deno.uid()}`);

interface Prepared {
  readonly data: string;
  readonly password: string;
}

async function folderOf(version: ServerVersion): Promise<string> {
  const { release } = await findBinaries(version);
  return join(HOME, `prepared-${release}`);
}

function read(folder: string): Prepared | undefined {
  try {
    return {
      data: join(folder, "data"),
      password: Deno.readTextFileSync(join(folder, "password")),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Makes the files under a name of their own; of several that do so at once, the first is taken. */
async function prepare(version: ServerVersion): Promise<Prepared> {
  const folder = await folderOf(version);
  const found = read(folder);
  if (found !== undefined) return found;
  Deno.mkdirSync(HOME, { recursive: true, mode: 0o755 });
  const making = `${folder}.${crypto.randomUUID()}`;
  const server = await startServer({ defaultDir: making, version, handleSignals: false });
  const password = new URL(server.url("postgres")).password;
  await server.stop();
  Deno.renameSync(server.data, join(making, "data"));
  const settings =
    "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nautovacuum = off\n";
  Deno.writeTextFileSync(join(making, "data", "postgresql.conf"), settings, { append: true });
  Deno.writeTextFileSync(join(making, "password"), password);
  try {
    Deno.renameSync(making, folder);
  } catch {
    Deno.removeSync(making, { recursive: true });
  }
  return read(folder)!;
}

/**
 * Puts files of a server, known as this user's, into a folder that is to be a server's.
 *
 * @returns what makes them unknown again.
 */
export async function prepareServer(
  folder: string,
  version: ServerVersion,
): Promise<() => Promise<void>> {
  const { data, password } = await prepare(version);
  Deno.mkdirSync(folder, { recursive: true, mode: 0o755 });
  const path = join(folder, `data-${crypto.getRandomValues(new Uint8Array(16)).toHex()}`);
  await run("cp", "-a", "--reflink=auto", data, path);
  const name = basename(path);
  await markData(name, path, password, accountFor(Deno.lstatSync(path).uid ?? undefined));
  return async () => Deno.removeSync(join(await userFolder("state"), "servers", `${name}.json`));
}
