/**
 * What a command may do. The launcher works it out from the line and the environment alone and hands
 * it to the worker that does the work, so nothing that is read later can widen it.
 */
import { dirname, join, resolve } from "node:path";

/** What a worker that packs or unpacks may do. */
export interface ArchiverRights {
  readonly read: readonly string[];
  readonly write: readonly string[];
}

/** Lists of what is allowed; what is in none of them is not. */
export interface Rights {
  /** Absolute paths of files, and of folders with all that is in them. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** `host:port`, `[::1]:port`, or `unix:/path` of a socket. */
  readonly net: readonly string[];
  /** Absolute paths of programs. */
  readonly run: readonly string[];
  /** Names of variables; the last sign may be `*`. */
  readonly env: readonly string[];
  /** Deno's names of what it tells of the system. */
  readonly sys: readonly string[];
  /** Absolute paths of libraries of which foreign functions are called. */
  readonly ffi: readonly string[];
  /** Where the workers that render may write; none are opened where there is nothing. */
  readonly render: readonly string[];
  /** What the workers that pack and unpack may read and write; none are opened without. */
  readonly archive?: ArchiverRights;
  /** The folder whose disk is looked at for room. */
  readonly room?: string;
}

/** Nothing at all. */
export const NO_RIGHTS: Rights = {
  read: [],
  write: [],
  net: [],
  run: [],
  env: [],
  sys: [],
  ffi: [],
  render: [],
};

/** Rights besides others. */
export function sum(...all: readonly Partial<Rights>[]): Rights {
  const lists = (name: Exclude<keyof Rights, "room" | "archive">) => [
    ...new Set(all.flatMap((rights) => rights[name] ?? [])),
  ];
  const room = all.find((rights) => rights.room !== undefined)?.room;
  const archive = all.find((rights) => rights.archive !== undefined)?.archive;
  return {
    read: lists("read"),
    write: lists("write"),
    net: lists("net"),
    run: lists("run"),
    env: lists("env"),
    sys: lists("sys"),
    ffi: lists("ffi"),
    render: lists("render"),
    ...(archive === undefined ? {} : { archive }),
    ...(room === undefined ? {} : { room }),
  };
}

/**
 * A path as permissions take it: absolute, and again without the links that the user's own path goes
 * through, since both ways to write it occur.
 */
export function reach(...paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => [resolve(path), withoutLinks(resolve(path))]))];
}

/** Follows the links of what exists of a path. */
function withoutLinks(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(withoutLinks(parent), path.slice(parent.length));
  }
}

/** As Deno takes them for a worker. */
export function permissionsOf(rights: Rights): Deno.PermissionOptionsObject {
  const list = (entries: readonly string[]) => entries.length === 0 ? false : [...entries];
  return {
    read: list(rights.read),
    write: list(rights.write),
    net: list(rights.net),
    run: list(rights.run),
    env: list(rights.env),
    sys: list(rights.sys),
    ffi: list(rights.ffi),
    import: false,
  };
}
