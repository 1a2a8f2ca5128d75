/** The stays of a batch in halls and at sea, whatever its file says otherwise or leaves out. */
import type { Container, Infrastructure } from "../../farm/ground/places.ts";
import type { Profile } from "../../fixtures/profile.ts";
import { shown } from "../../fixtures/shown.ts";
import { stageKey } from "../../fixtures/stage_key.ts";
import { LONGEST_NOTE } from "../limits.ts";
import {
  atKey,
  derived,
  freeText,
  isNothing,
  knownKeys,
  knownName,
  noteAt,
  roundedDays,
  type Spot,
  treeOf,
  wholeDays,
} from "./values.ts";
import type { Life } from "../life.ts";
import type { PlaceNames } from "../place_names.ts";

/** What is known when a file is read. */
export interface Reading {
  readonly profile: Profile;
  readonly life: Life;
  readonly infrastructure: Infrastructure;
  readonly names: PlaceNames;
  /** Draws the harvest targets that a file does not have. */
  readonly seed: number;
}

const HALL_KEYS = ["hall", "containers", "start_day", "end_day"];
const SEA_KEYS = ["area", "rings", "rings_count", "start_day", "end_day", "note"];

/** A stay as it is read: a hall's or the sea's. */
interface StayKind {
  /** `hall` or `area`, and the list of what it has. */
  readonly home: "hall" | "area";
  readonly list: "containers" | "rings";
  readonly keys: readonly string[];
  /** The days of its stage. */
  readonly from: number;
  readonly to: number;
}

/** The stays in halls by the keys of their stages; those without a container are none. */
export function forgivenFreshwater(value: unknown, place: Spot, reading: Reading): unknown {
  const tree = treeOf(value);
  if (tree === undefined) return value;
  const { halls, stays: planned } = reading.life;
  const stays: [string, unknown][] = [];
  const named = Object.entries(tree).filter(([written, stay]) => {
    const isStage = halls.includes(stageKey(written));
    if (isNothing(stay) && !isStage) {
      noteAt(atKey(place, shown(written).slice(1, -1)), "unknown", "unknown, empty and left out");
    }
    return !isNothing(stay);
  });
  const given = new Set(named.map(([written]) => written));
  for (const [written, stay] of named) {
    const key = halls.includes(stageKey(written)) ? stageKey(written) : written;
    const stage = halls.indexOf(key);
    // What is there twice stays as it is written, and is refused.
    const twice = key !== written && given.has(key);
    const at = atKey(place, key);
    const forgiven = stage < 0 || twice ? stay : forgivenStay(stay, at, reading, {
      home: "hall",
      list: "containers",
      keys: HALL_KEYS,
      ...planned[stage]!,
    });
    if (forgiven !== undefined) stays.push([twice ? written : key, forgiven]);
  }
  return Object.fromEntries(stays);
}

/** The stay at sea; null where there is none. */
export function forgivenSea(value: unknown, place: Spot, reading: Reading): unknown {
  const { stays: planned } = reading.life;
  const stay = forgivenStay(value, place, reading, {
    home: "area",
    list: "rings",
    keys: SEA_KEYS,
    ...planned.at(-1)!,
  });
  const tree = treeOf(stay);
  if (tree === undefined) return stay ?? null;
  const { note: written, ...rest } = tree;
  const note = freeText(written, atKey(place, "note"), LONGEST_NOTE);
  const noted = note === undefined ? rest : { ...rest, note };
  const rings = Array.isArray(tree.rings) ? tree.rings.length : undefined;
  if (rings === undefined || rings === tree.rings_count) return noted;
  if (tree.rings_count != null) {
    const at = atKey(place, "rings_count");
    noteAt(at, "wrong", `${shown(tree.rings_count)}, expected ${rings}, the number of its rings`);
  }
  return { ...noted, rings_count: rings };
}

/** A stay; undefined where it names no container at all. */
function forgivenStay(value: unknown, place: Spot, reading: Reading, kind: StayKind): unknown {
  if (isNothing(value)) return undefined;
  const tree = treeOf(value);
  if (tree === undefined) return value;
  const { home, list, keys, from, to } = kind;
  const given = listOf(tree[list], atKey(place, list));
  if (given == null || (Array.isArray(given) && given.length === 0)) return undefined;
  const known = knownKeys(tree, keys, place);
  const { names } = reading;
  const homeAt = atKey(place, home);
  noteMapping(known[home], homeAt);
  const homeName = homeOf(writtenName(known[home]), given, homeAt, names, kind);
  const containers = Array.isArray(given)
    ? given.map((one) => containerOf(one, atKey(place, list), names, homeName))
    : given;
  const startAt = atKey(place, "start_day");
  const start = derived(wholeDays(known.start_day, startAt), from, startAt);
  const end = endOf(known.end_day, atKey(place, "end_day"), to, reading.life.isFlexible);
  return { ...known, [home]: homeName, [list]: containers, start_day: start, end_day: end };
}

/** The day to which a stay is reserved, no later than its stage ends, where that is fixed. */
function endOf(value: unknown, place: Spot, to: number, isFlexible: boolean): unknown {
  const end = roundedDays(value);
  if (isFlexible || typeof end !== "number" || end <= to) {
    return derived(wholeDays(value, place), to, place);
  }
  noteAt(place, "too long", `${shown(value)}, after the stage: read as ${to}`);
  return to;
}

/** A list that may be a mapping from its positions: `{0: Ring-01, 1: Ring-02}`. */
function listOf(value: unknown, place: Spot): unknown {
  const tree = treeOf(value);
  if (tree === undefined) return value;
  const keys = Object.keys(tree);
  const first = Number(keys[0]);
  const isCounted = (first === 0 || first === 1) &&
    keys.every((key, i) => key === String(first + i));
  if (!isCounted) return value;
  noteAt(place, "another form", "a mapping of positions, read as a list");
  return Object.values(tree);
}

/** The hall or area of a stay: as it is named, or as its containers say. */
function homeOf(
  value: unknown,
  given: unknown,
  place: Spot,
  names: PlaceNames,
  { home }: StayKind,
): unknown {
  const named = knownName(value, place, names[home]);
  if (typeof named === "string" && names[home](named) !== undefined) return named;
  if (!Array.isArray(given)) return named;
  const homes = new Set(given.map((one) => {
    const written = writtenName(one);
    const found = typeof written === "string" ? names.container(written, undefined) : undefined;
    const { hallName, areaName } = found === undefined
      ? {} as Partial<Container>
      : names.place(found)!;
    return home === "hall" ? hallName : areaName;
  }));
  const [only] = homes;
  if (homes.size !== 1 || only === undefined) return named;
  if (named == null) return derived(named, only, place);
  // `Hall-A` of containers that are all in FI-FW-01-Hall-A.
  return knownName(named, place, (name) => {
    const meant = names[home](only.slice(0, -name.length) + name);
    return meant === only ? only : undefined;
  });
}

/** A container by its name, or by a mapping that has it. */
function writtenName(value: unknown): unknown {
  return treeOf(value)?.name ?? value;
}

/** A place may be a mapping of more than its name. */
function noteMapping(value: unknown, place: Spot): void {
  if (treeOf(value)?.name === undefined) return;
  noteAt(place, "mapping", `${shown(value)}, read as its name`);
}

function containerOf(value: unknown, place: Spot, names: PlaceNames, home: unknown): unknown {
  noteMapping(value, place);
  return knownName(
    writtenName(value),
    place,
    (name) => names.container(name, typeof home === "string" ? home : undefined),
  );
}
