/**
 * A user other than root, for tests that root runs. Root's home, where Deno and its packages may be,
 * and the folder of the project may be closed to them: they have copies in a home of their own.
 */
import { copyProject } from "./project.ts";
import { run } from "./run.ts";

/** An account, and what it can reach; as a process of theirs is spawned. */
export interface OrdinaryUser {
  readonly uid: number;
  readonly gid: number;
  /** The program Deno. */
  readonly deno: string;
  /** The folder of the project, its tests included. */
  readonly project: string;
  /** Their home, and where Deno's packages are. */
  readonly env: { readonly HOME: string; readonly DENO_DIR: string };
}

/**
 * Makes a home for an account.
 *
 * @param home A folder that is not there yet, on a way that the account may go.
 */
export async function ordinaryUser(
  { uid, gid }: { readonly uid: number; readonly gid: number },
  home: string,
): Promise<OrdinaryUser> {
  const [deno, project] = [`${home}/deno`, `${home}/redd`];
  await Deno.mkdir(home, { mode: 0o755 });
  const { npmCache } = JSON.parse(await run(Deno.execPath(), "info", "--json"));
  const link = 'cp -rl "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -r "$1" "$2"; }';
  await run("sh", "-c", link, "sh", npmCache, `${home}/npm`);
  await run("sh", "-c", link, "sh", Deno.execPath(), deno);
  await copyProject(project, "tests");
  // Not what is linked: that is still root's own.
  await Deno.chown(home, uid, gid);
  await run("chown", "-R", `${uid}:${gid}`, project);
  return { uid, gid, deno, project, env: { HOME: home, DENO_DIR: home } };
}
