/** A PgBouncer before a server of a test, where the machine has one (Debian's package `pgbouncer`). */
import { join } from "node:path";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** How a pooler hands out its connections. */
export type PoolMode = "session" | "transaction" | "statement";

/** Where the program is; undefined where the machine has none. */
export function findBouncer(): string | undefined {
  return ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** A pooler that runs. */
export interface Bouncer extends AsyncDisposable {
  /** The URL of a database through it. */
  through(url: string): string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts a pooler before the server of a URL.
 *
 * @param url Of any database of the server, with user and password.
 * @param settings Further lines of its configuration.
 */
export async function startBouncer(
  program: string,
  url: string,
  mode: PoolMode,
  settings: readonly string[] = [],
): Promise<Bouncer> {
  const { hostname, port, username, password } = new URL(url);
  const folder = await Deno.makeTempDir({ prefix: "redd-bouncer-" });
  await Deno.chmod(folder, 0o755);
  const listening = await freePort();
  const users = join(folder, "users.txt");
  await Deno.writeTextFile(
    users,
    `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`,
  );
  const file = join(folder, "pgbouncer.ini");
  await Deno.writeTextFile(
    file,
    [
      "[databases]",
      `* = host=${hostname} port=${port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${listening}`,
      "unix_socket_dir =",
      "auth_type = scram-sha-256",
      `auth_file = ${users}`,
      `pool_mode = ${mode}`,
      "admin_users = nobody",
      ...settings,
      "",
    ].join("\n"),
  );
  // It refuses to run as root, who may make it somebody else.
  const as = Deno.uid() === 0 ? ["-u", "nobody"] : [];
  const child = new Deno.Command(program, {
    args: [...as, file],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("process up")) {
    const { value, done } = await said.read();
    if (done) throw new Error(`pgbouncer ended: ${text}`);
    text += value;
  }
  const rest = (async () => {
    while (!(await said.read()).done);
  })();
  return {
    through(url) {
      const address = new URL(url);
      address.hostname = "127.0.0.1";
      address.port = `${listening}`;
      return address.href;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGINT");
      child.kill("SIGTERM");
      await child.status;
      await rest;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
