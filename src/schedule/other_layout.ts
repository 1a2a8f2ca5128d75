/** Schedules of farms that are no farm of Redd's: their stations and halls have names of their own. */
import { pathText, shown } from "../fixtures/shown.ts";
import type { PlaceNames } from "./place_names.ts";

/** Keys whose text is the name of a place. */
const PLACE_KEYS = /^(?:station|hall|area|sea_area|site)(?:_name)?$/;

/** Keys of what lists places by their names, as texts, as mappings with a name, or as keys. */
const PLACE_LISTS = /^(?:stations|halls|areas|sea_areas|sites)$/;

/** Keys of what lists containers by their names. */
const CONTAINER_LISTS = /^(?:containers|rings|tanks|trays|pens|cages)$/;

/** A container that is called by its number, with a letter or a kind before it. */
const NUMBERED = /^(?:container|tank|tray|ring|pen|cage)?[\s_-]*[a-z]?[\s_-]*\d+$/i;

/** Names in a list, or in a mapping by name. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const all = Array.isArray(value)
    ? value.map((one) => (one as { name?: unknown } | null)?.name ?? one)
    : Object.keys(value).filter((key) => key !== "name" && !/^\d+$/.test(key));
  return all.filter((one) => typeof one === "string" && one.trim() !== "") as string[];
}

/** A hall that is called by its letter alone. */
const LETTER = /^(?:hall[\s_-]*)?[a-z]$/i;

/** Where and how a file names a place that is none of the layout's, nor has the form of its names. */
export function foreignPlace(tree: unknown, names: PlaceNames): string | undefined {
  const path: PropertyKey[] = [];

  function isForeign(key: string, name: string): boolean {
    if (name.trim() === "") return false;
    if (/^hall/.test(key) && LETTER.test(name.trim())) return false;
    const known = names.station(name) ?? names.hall(name) ?? names.area(name);
    return known === undefined && !names.isOfLayout(name);
  }

  /** Of a list whose names are all foreign the first: one of many is a slip of the pen. */
  function foreignIn(key: string, value: unknown): string | undefined {
    const names = namesIn(value);
    if (PLACE_LISTS.test(key)) {
      const singular = key.slice(0, -1);
      return names.every((name) => isForeign(singular, name)) ? names[0] : undefined;
    }
    if (!CONTAINER_LISTS.test(key)) return undefined;
    return names.every((name) => !NUMBERED.test(name.trim()) && isForeignContainer(name))
      ? names[0]
      : undefined;
  }

  function isForeignContainer(name: string): boolean {
    return names.container(name, undefined) === undefined && isForeign("container", name);
  }

  function visit(value: unknown): string | undefined {
    if (typeof value !== "object" || value === null) return undefined;
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, child] of entries) {
      path.push(key);
      const foreign = typeof key === "string"
        ? foreignAt(key, child) ?? visit(child)
        : visit(child);
      if (foreign !== undefined) return foreign;
      path.pop();
    }
    return undefined;
  }

  function foreignAt(key: string, child: unknown): string | undefined {
    if (typeof child !== "string") {
      const name = foreignIn(key, child);
      return name === undefined ? undefined : `${pathText(path)} has ${shown(name)}`;
    }
    if (!PLACE_KEYS.test(key) || !isForeign(key, child)) return undefined;
    return `${pathText(path)} is ${shown(child)}`;
  }

  return visit(tree);
}
