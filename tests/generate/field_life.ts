/** A life under `field`, through all its moves, an outbreak and its slaughter. */
import { fieldBatch } from "../field_farm.ts";

const batch = fieldBatch({ eggs: 110_000, duration: 900, start: "2023-05-10" });

export const fieldLife: typeof batch = {
  ...batch,
  metadata: {
    ...batch.metadata,
    outbreaks: [{ disease: "pd", site: batch.batches[0]!.sea!.area, date: "2024-09-21" }],
  },
};
