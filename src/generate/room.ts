/** Room on the disk. */
import { statfsSync } from "node:fs";
import { dirname } from "node:path";

/** Free bytes where a folder is or will be; undefined where that cannot be told. */
export function freeBytes(folder: string): number | undefined {
  for (let path = folder;; path = dirname(path)) {
    try {
      const { bavail, bsize } = statfsSync(path);
      return bavail * bsize;
    } catch (cause) {
      const missing = (cause as { code?: unknown }).code === "ENOENT";
      if (!missing || path === dirname(path)) return undefined;
    }
  }
}
