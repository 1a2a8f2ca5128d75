/**
 * Whether a path is the user's own: nobody but him and the system may have put there what lies there.
 *
 * Every folder on the way counts, since whoever may write in one of them can put another in the place
 * of the next. What the rights of a folder cannot tell (access control lists) is not looked at.
 */
import { isAbsolute, join, parse, sep } from "node:path";
import { ReddError } from "../errors.ts";
import { kindOf } from "../files/regular.ts";
import { accountNumbered, isPrivateGroup } from "./account.ts";

/** More links than the way to a folder may go through. */
const LINKS = 40;

/** Why somebody else may have a hand in a path. */
export interface Mistrust {
  /** The folder or link that is at fault. */
  readonly path: string;
  /** `it belongs to bob and has mode 0775`. */
  readonly because: string;
  /** What makes it right, where one command does. */
  readonly mend?: string;
}

/** A path whose links are followed, or why it is not to be trusted. */
export type FollowedPath = { readonly real: string } | { readonly mistrust: Mistrust };

/**
 * Follows a path. What does not exist yet, at its end, is its owner's to make.
 *
 * @param path Absolute.
 */
export function trustedWay(path: string): FollowedPath {
  const { root } = parse(path);
  let at = root;
  let links = 0;
  const steps = path.slice(root.length).split(sep).filter((step) => step !== "");
  const top = mistrustOf(root, Deno.lstatSync(root), steps.length === 0);
  if (top !== undefined) return { mistrust: top };
  while (steps.length > 0) {
    const next = join(at, steps.shift()!);
    const info = lstat(next);
    if (info === undefined) return { real: join(next, ...steps) };
    if (info.isSymlink) {
      if (++links > LINKS || !isTrusted(info.uid)) {
        const because = links > LINKS
          ? "it goes through too many links"
          : `it is a link of ${nameOf(info.uid)}`;
        return { mistrust: { path: next, because } };
      }
      const target = Deno.readLinkSync(next);
      if (isAbsolute(target)) at = parse(target).root;
      steps.unshift(...target.slice(isAbsolute(target) ? at.length : 0).split(sep).filter(Boolean));
      continue;
    }
    const mistrust = mistrustOf(next, info, steps.length === 0);
    if (mistrust !== undefined) return { mistrust };
    at = next;
  }
  return { real: at };
}

/** Whether a folder may be used, and passed through; the last one of a path has to be the user's. */
function mistrustOf(path: string, info: Deno.FileInfo, last: boolean): Mistrust | undefined {
  if (!info.isDirectory) return { path, because: `it is ${kindOf(info)} and no folder` };
  const { mode, uid, gid } = info;
  if (mode === null) return undefined;
  const because = `it belongs to ${nameOf(uid)} and has mode ${octal(mode)}`;
  if (last ? uid !== Deno.uid() : !isTrusted(uid)) return { path, because };
  // In a folder like /tmp everybody may write, but nobody may touch what belongs to another.
  if ((mode & 0o1000) !== 0 && !last) return undefined;
  const group = (mode & 0o020) !== 0 && !isPrivateGroup(gid);
  const others = (mode & 0o002) !== 0;
  if (!group && !others) return undefined;
  const who = group ? others ? "go" : "g" : "o";
  return { path, because: `${because}: others may write in it`, mend: `chmod ${who}-w ${path}` };
}

/** The user, root, and whoever owns the root of the file system: he is as mighty as root. */
function isTrusted(uid: number | null): boolean {
  return uid === Deno.uid() || uid === 0 || uid === Deno.lstatSync("/").uid;
}

function nameOf(uid: number | null): string {
  return uid === Deno.uid() ? "you" : accountNumbered(uid ?? -1)?.name ?? `user ${uid}`;
}

/** The permissions of a mode as chmod takes them: `0755`. */
export function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

/** What lies at a path, its own links not followed; undefined where there is nothing. */
export function lstat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Makes a folder of the user's own, its parents with it, or sees that it is one.
 *
 * @param mode Of the folders that are made.
 * @throws what Deno throws where it cannot be made.
 */
export function ownFolder(path: string, mode: number): FollowedPath {
  const before = trustedWay(path);
  if ("mistrust" in before) return before;
  Deno.mkdirSync(before.real, { recursive: true, mode });
  return trustedWay(before.real);
}

/** The refusal of a path that is not the user's own. */
export function untrusted(cannot: string, { path, because, mend }: Mistrust): ReddError {
  const other = "give a folder of your own with --data-dir";
  return new ReddError("environment", "FOLDER_NOT_YOURS", {
    cannot,
    because: `${path} is not yours alone (${because})`,
    remedy: mend === undefined
      ? `G${other.slice(1)}, such as one in your home`
      : `If nobody else needs to: ${mend}. Otherwise ${other}`,
  });
}
