/** The small dataset of these tests: one batch of 100,000 eggs, through one transition. */
import { generate, type Generated, type GenerateOptions } from "../../src/generate/generate.ts";
import { lean, oneBatch, twoInOneArea } from "../small_farm.ts";

/** 130 days over five months. */
export const small = oneBatch({ eggs: 100_000, duration: 130, start: "2024-01-15", seed: 7 });

/** Two batches over seventeen months, to be interrupted. */
export const longer = twoInOneArea({ eggs: 100_000, duration: 480, start: "2024-01-15" }, 20);

/** Generates the small dataset, of a farm with few places and sensors, into a folder. */
export function generateSmall(
  folder: string,
  options: Partial<GenerateOptions> = {},
): Promise<Generated> {
  return generate({ folder, schedule: small, fixtures: lean, seed: 7, workers: 1, ...options });
}
