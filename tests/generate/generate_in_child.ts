/** Generates the longer dataset into the folder it is given: a process that a test can kill. */
import { generate } from "../../src/generate/generate.ts";
import { lean } from "../small_farm.ts";
import { longer } from "./small_dataset.ts";

await generate({ folder: Deno.args[0]!, schedule: longer, fixtures: lean, seed: 7, workers: 1 });
