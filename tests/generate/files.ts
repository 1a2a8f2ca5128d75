/** Files of a dataset folder, for the tests beside. */
import { createHash } from "node:crypto";

/** What a file is: its path in the folder, the digest of its bytes, and when it was written. */
export interface FileFacts {
  readonly sha256: string;
  readonly bytes: number;
  readonly mtime: number;
}

/** Every file below a folder by its path in it, in the order of names. */
export function filesIn(folder: string): Map<string, FileFacts> {
  const files: [string, FileFacts][] = [];
  const walk = (path: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${path}`)) {
      const inside = path === "" ? name : `${path}/${name}`;
      if (isDirectory) {
        walk(inside);
        continue;
      }
      const bytes = Deno.readFileSync(`${folder}/${inside}`);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const mtime = Deno.statSync(`${folder}/${inside}`).mtime!.getTime();
      files.push([inside, { sha256, bytes: bytes.length, mtime }]);
    }
  };
  walk("");
  return new Map(files.sort(([a], [b]) => a < b ? -1 : 1));
}

/** Digest of every file by path. */
export function digestsIn(folder: string): Record<string, string> {
  return Object.fromEntries([...filesIn(folder)].map(([path, { sha256 }]) => [path, sha256]));
}

/** Copies all files of a folder into another. */
export function copyTree(from: string, to: string): void {
  for (const path of filesIn(from).keys()) {
    Deno.mkdirSync(`${to}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.copyFileSync(`${from}/${path}`, `${to}/${path}`);
  }
}

/** Runs a test in a folder of its own that is gone afterwards. */
export async function inTempFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "redd_generate_" });
  try {
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
