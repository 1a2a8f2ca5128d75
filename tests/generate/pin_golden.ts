/**
 * Writes golden.json anew: `deno run -A tests/generate/pin_golden.ts`. Only where the bytes of
 * datasets are meant to change, which takes a new version of Redd once one is published.
 */
import { digestsOfParts, GOLDEN } from "./golden.ts";
import { inTempFolder } from "./files.ts";
import { fixtures } from "../small_farm.ts";
import { generateSmall } from "./small_dataset.ts";

await inTempFolder(async (folder) => {
  const { manifest } = await generateSmall(folder, { fixtures });
  Deno.writeTextFileSync(GOLDEN, JSON.stringify(digestsOfParts(manifest), undefined, 2) + "\n");
});
