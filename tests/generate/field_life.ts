/** A life under `field`, through all its moves and its slaughter. */
import { fieldBatch } from "../field_farm.ts";

export const fieldLife = fieldBatch({ eggs: 110_000, duration: 900, start: "2023-05-10" });
