/** Generates the dataset of `field` into the folder it is given: in another zone, or to be killed. */
import { generate } from "../../src/generate/generate.ts";
import { leanField } from "../field_farm.ts";
import { fieldLife } from "./field_life.ts";

await generate({
  folder: Deno.args[0]!,
  schedule: fieldLife,
  fixtures: leanField,
  seed: 7,
  workers: 1,
});
