/** Room on the disk. */
import { statfsSync, type StatsFs } from "node:fs";
import { dirname } from "node:path";

/** Free bytes where a folder is or will be; undefined where that cannot be told. */
export function freeBytes(folder: string): number | undefined {
  const found = diskOf(folder);
  return found && found.bavail * found.bsize;
}

/** Linux's numbers of file systems whose files never share blocks: ext2 to ext4, and tmpfs. */
const PLAIN = [0xef53, 0x01021994];

/** Is it known of the file system where a folder is or will be that its files share no blocks? */
export function sharesNoBlocks(folder: string): boolean {
  return Deno.build.os === "linux" && PLAIN.includes(diskOf(folder)?.type ?? 0);
}

function diskOf(folder: string): StatsFs | undefined {
  for (let path = folder;; path = dirname(path)) {
    try {
      return statfsSync(path);
    } catch (cause) {
      const missing = (cause as { code?: unknown }).code === "ENOENT";
      if (!missing || path === dirname(path)) return undefined;
    }
  }
}
