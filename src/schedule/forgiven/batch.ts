/** A batch of a file as a schedule has it, whatever its file says otherwise or leaves out. */
import { shown } from "../../fixtures/shown.ts";
import { forgivenFreshwater, forgivenSea, type Reading } from "./stays.ts";
import {
  atKey,
  dateOf,
  derived,
  freeText,
  knownKeys,
  knownName,
  noteAt,
  numberOf,
  roundedDays,
  type Spot,
  type Tree,
  treeOf,
  wholeDays,
} from "./values.ts";
import { LONGEST_LIFE, LONGEST_PURPOSE } from "../limits.ts";
import type { PlaceNames } from "../place_names.ts";
import { harvestTarget } from "../single.ts";

const BATCH_KEYS = [
  "batch_id",
  "start_date",
  "eggs",
  "duration",
  "effective_duration",
  "harvest_target_kg",
  "purpose",
  "geography",
  "station",
  "freshwater",
  "sea",
];

/** The batch of a tree; its duration is judged later, when the as-of date is known. */
export function forgivenBatch(tree: Tree, at: string, reading: Reading, remarks: Spot["remarks"]) {
  const id = tree.batch_id;
  const of = typeof id === "string" ? ` (${shown(id).slice(1, -1)})` : "";
  const place: Spot = { path: at, of, remarks };
  const { names, life, profile, seed } = reading;
  const known = knownKeys(tree, BATCH_KEYS, place);
  const freshwater = forgivenFreshwater(known.freshwater, atKey(place, "freshwater"), reading);
  const sea = forgivenSea(known.sea, atKey(place, "sea"), reading);
  const stays = [...Object.values(treeOf(freshwater) ?? {}), sea];
  const first = firstContainer(treeOf(freshwater)?.[life.halls[0]!], names);
  const placeOf = (key: "geography" | "station", ofFirst: string | undefined) => {
    const at = atKey(place, key);
    return derived(knownName(known[key], at, names[key]), ofFirst, at);
  };
  const batch: Record<string, unknown> = {
    ...known,
    start_date: dateOf(known.start_date, atKey(place, "start_date")),
    eggs: numberOf(known.eggs, atKey(place, "eggs")),
    duration: wholeDays(known.duration, atKey(place, "duration")),
    effective_duration: effectiveDuration(known.effective_duration, stays, place),
    harvest_target_kg: numberOf(known.harvest_target_kg, atKey(place, "harvest_target_kg")),
    purpose: purposeOf(known.purpose, atKey(place, "purpose")),
    geography: placeOf("geography", first?.geography),
    station: placeOf("station", first?.stationName),
    freshwater,
    sea,
  };
  if (batch.harvest_target_kg == null && typeof id === "string") {
    const target = harvestTarget(seed, id, profile);
    noteAt(atKey(place, "harvest_target_kg"), "derived", `missing, drawn as ${target}`);
    batch.harvest_target_kg = target;
  }
  return Object.fromEntries(
    BATCH_KEYS.flatMap((key) => batch[key] === undefined ? [] : [[key, batch[key]] as const]),
  );
}

/** The first container of a stay. */
function firstContainer(stay: unknown, names: PlaceNames) {
  const containers = treeOf(stay)?.containers;
  const name: unknown = Array.isArray(containers) ? containers[0] : undefined;
  return typeof name === "string" ? names.place(name) : undefined;
}

/** Days up to which places are reserved; no stay ends later. */
function effectiveDuration(value: unknown, stays: readonly unknown[], batch: Spot): unknown {
  const place = atKey(batch, "effective_duration");
  const days = roundedDays(value);
  const ends = stays.map((stay) => treeOf(stay)?.end_day).filter((end) => typeof end === "number");
  const last = Math.max(1, ...ends);
  if (days == null) return derived(days, last, place);
  if (typeof days !== "number") return days;
  if (days > LONGEST_LIFE) {
    noteAt(place, "too long", `${shown(value)}, longer than a life: read as ${LONGEST_LIFE}`);
    return LONGEST_LIFE;
  }
  if (days >= 1 && days < last) {
    noteAt(place, "wrong", `${shown(value)}, shorter than a stay: read as ${last}`);
    return last;
  }
  return wholeDays(value, place);
}

/** Why there is the batch, in one line. */
function purposeOf(value: unknown, place: Spot): string | undefined {
  const line = typeof value === "string" ? value.replaceAll(/\s+/g, " ").trim() : value;
  return freeText(line, place, LONGEST_PURPOSE);
}
