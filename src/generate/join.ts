/** Joins the bodies that the windows wrote of a small table into its one part (rulings.md#25). */
import type { Table } from "../tables/description.ts";
import { ReddError } from "../errors.ts";
import { damageOf } from "../dataset/digest.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { headerBytes, PARTIAL, PartialFile } from "./part_file.ts";
import { wholePath } from "../dataset/places.ts";
import type { WindowPart } from "./render_window.ts";

/**
 * Writes `data/<table>.csv`: the header, then the bodies in window order. The bodies stay until the
 * dataset is finished, so that an interrupted join is done again.
 */
export function joinBodies(
  folder: string,
  table: Table,
  bodies: readonly WindowPart[],
): DatasetPart {
  const path = wholePath(table);
  const file = new PartialFile(`${folder}/${path}`, headerBytes(table));
  file.begin();
  for (const body of bodies) {
    if (body.rows === 0) continue;
    // What is signed anew is compared once more while it is read.
    const damage = damageOf(folder, body, (piece) => file.write(piece));
    if (damage !== undefined) throw changed(folder, damage);
  }
  const { bytes, sha256 } = file.close();
  Deno.renameSync(`${folder}/${path}${PARTIAL}`, `${folder}/${path}`);
  return { path, rows: bodies.reduce((sum, body) => sum + body.rows, 0), bytes, sha256 };
}

function changed(folder: string, because: string): ReddError {
  return new ReddError("environment", "DATASET_CHANGED", {
    cannot: `finish the dataset ${folder}`,
    because,
    remedy: "Run the same command again: what is damaged is made anew",
  });
}
