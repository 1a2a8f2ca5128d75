/** Generates the longer dataset into the folder it is given: a process that a test can kill. */
import { generate } from "../../src/generate/generate.ts";
import { fixtures } from "../small_farm.ts";
import { longer } from "./small_dataset.ts";

await generate({ folder: Deno.args[0]!, schedule: longer, fixtures, seed: 7, workers: 1 });
