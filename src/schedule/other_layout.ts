/** Schedules of farms that are no farm of Redd's: their stations and halls have names of their own. */
import { pathText, shown } from "../fixtures/shown.ts";
import type { PlaceNames } from "./place_names.ts";

/** Keys whose text is the name of a place. */
const PLACE_KEYS = /^(?:station|hall|area|sea_area|site)(?:_name)?$/;

/** A hall that is called by its letter alone. */
const LETTER = /^(?:hall[\s_-]*)?[a-z]$/i;

/** Where and how a file names a place that is none of the layout's, nor has the form of its names. */
export function foreignPlace(tree: unknown, names: PlaceNames): string | undefined {
  const path: PropertyKey[] = [];

  function isForeign(key: string, name: string): boolean {
    if (!PLACE_KEYS.test(key) || name.trim() === "") return false;
    if (/^hall/.test(key) && LETTER.test(name.trim())) return false;
    const known = names.station(name) ?? names.hall(name) ?? names.area(name);
    return known === undefined && !names.isOfLayout(name);
  }

  function visit(value: unknown): string | undefined {
    if (typeof value !== "object" || value === null) return undefined;
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, child] of entries) {
      path.push(key);
      const foreign = typeof key === "string" && typeof child === "string" && isForeign(key, child)
        ? `${pathText(path)} is ${shown(child)}`
        : visit(child);
      if (foreign !== undefined) return foreign;
      path.pop();
    }
    return undefined;
  }

  return visit(tree);
}
