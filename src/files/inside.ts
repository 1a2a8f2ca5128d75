/** Paths inside a folder that somebody else may have made: no step of them is a link. */
import { kindOf, NotRegular, openRegular, readRegular, readRegularText } from "./regular.ts";

/**
 * The path of a file inside a folder, every folder on the way being a real one. The file itself is
 * not looked at.
 *
 * @param root The folder; that it is reached through links is its user's business.
 * @param path Relative, with / between its steps; none of them is empty, `.` or `..`.
 * @throws {NotRegular} for a step that is a link or no folder; what Deno throws where one is missing.
 */
export function pathInside(root: string, path: string): string {
  const steps = path.split("/");
  if (steps.some((step) => step === "" || step === "." || step === ".." || step.includes("\0"))) {
    throw new NotRegular(path, "no path inside a folder");
  }
  let at = root;
  for (const step of steps.slice(0, -1)) {
    at += `/${step}`;
    const info = Deno.lstatSync(at);
    if (!info.isDirectory) throw new NotRegular(at, kindOf(info), "a folder");
  }
  return `${at}/${steps.at(-1)}`;
}

/**
 * The path of a regular file inside a folder, for whoever opens it by that.
 *
 * @throws {NotRegular} for anything else, a link to a regular file too.
 */
export function regularInside(root: string, path: string): string {
  const at = pathInside(root, path);
  const info = Deno.lstatSync(at);
  if (!info.isFile) throw new NotRegular(at, kindOf(info));
  return at;
}

/** Opens a regular file inside a folder for reading, as {@linkcode openRegular}. */
export function openInside(root: string, path: string): Deno.FsFile {
  return openRegular(pathInside(root, path));
}

/** Reads a regular file inside a folder, as {@linkcode readRegular}. */
export function readInside(root: string, path: string, cap: number): Uint8Array {
  return readRegular(pathInside(root, path), cap);
}

/** Reads a regular file inside a folder as text, as {@linkcode readRegularText}. */
export function readTextInside(root: string, path: string, cap: number): string {
  return readRegularText(pathInside(root, path), cap);
}
