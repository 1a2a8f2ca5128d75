/** A small dataset and its archive. */
import { join } from "node:path";
import { archiveDataset } from "../../src/archive/pack.ts";
import { generateSmall } from "../generate/small_dataset.ts";

/** A folder of this process, its dataset `farm` and the archive `farm.redd.tar` beside it. */
export const place = Deno.makeTempDirSync({ prefix: "redd-archive-" });
export const farm = join(place, "farm");
export const { manifest } = await generateSmall(farm);
export const archived = await archiveDataset(farm, { workers: 0 });

/** Removes all of it. */
export function removePlace(): void {
  Deno.removeSync(place, { recursive: true });
}
