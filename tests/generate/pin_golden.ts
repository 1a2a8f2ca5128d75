/**
 * Writes golden.json and golden_field.json anew: `deno run -A tests/generate/pin_golden.ts`. Only where the bytes of
 * datasets are meant to change, which takes a new version of Redd once one is published.
 */
import { leanField } from "../field_farm.ts";
import { fieldLife } from "./field_life.ts";
import { digestsOfParts, GOLDEN, GOLDEN_OF_FIELD } from "./golden.ts";
import { inTempFolder } from "./files.ts";
import { fixtures } from "../small_farm.ts";
import { generateSmall } from "./small_dataset.ts";

await inTempFolder(async (folder) => {
  const { manifest } = await generateSmall(`${folder}/documented`, { fixtures });
  Deno.writeTextFileSync(GOLDEN, JSON.stringify(digestsOfParts(manifest), undefined, 2) + "\n");
  const field = await generateSmall(`${folder}/field`, {
    fixtures: leanField,
    schedule: fieldLife,
  });
  const ofField = JSON.stringify(digestsOfParts(field.manifest), undefined, 2);
  Deno.writeTextFileSync(GOLDEN_OF_FIELD, ofField + "\n");
});
