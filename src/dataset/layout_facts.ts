/** The schema of what a manifest says of the layout, and its digest. */
import { createHash } from "node:crypto";
import { z } from "../packages/zod.ts";
import { canonicalJson } from "../fixtures/canonical_json.ts";
import {
  boundedText,
  decimalNumber,
  list,
  listOrNone,
  mapping,
  whole,
} from "../fixtures/expected.ts";
import type { LayoutFacts } from "./layout_facts_type.ts";

export type * from "./layout_facts_type.ts";

const count = whole(0, 1_000_000);
const each = whole(0, 1000);
const kilograms = decimalNumber(0, 99_999_999, 2);
const LETTER = { error: "a capital letter" };

/** The `redd.layout` key. */
export const layoutFactsSchema = mapping({
  places: mapping({
    geographies: count,
    stations: count,
    halls: count,
    tanks: count,
    areas: count,
    rings: count,
    feedContainers: count,
    sensors: count,
  }),
  hall: mapping({
    tanks: each,
    sensors: each,
    silos: list(
      mapping({ hall: z.string(LETTER).regex(/^[A-Z]$/, LETTER), capacityKg: kilograms }),
    ),
  }),
  area: mapping({ rings: each, sensors: each, barges: each, bargeCapacityKg: kilograms }),
  spare: mapping({
    halls: listOrNone(mapping({ name: boundedText(60), siloCapacityKg: kilograms.optional() })),
    areas: listOrNone(boundedText(60)),
  }),
  master: mapping({
    stages: each,
    parameters: each,
    feeds: list(boundedText(100)),
    healthParameters: each,
    mortalityReasons: each,
    sampleTypes: each,
    vaccines: each,
    grades: each,
  }),
  models: mapping({
    temperatureDays: list(whole(1, 3000)),
    growth: each,
    growthStages: each,
    conversionStages: each,
    constraints: each,
  }),
  trade: mapping({
    companies: count,
    sites: count,
    policies: count,
    freshwater: boundedText(10),
    farming: boundedText(10),
  }),
}) satisfies z.ZodType<LayoutFacts>;

/** sha256 of the facts, in 64 hexadecimal digits; the order of keys does not matter. */
export function layoutDigest(facts: LayoutFacts): string {
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}
