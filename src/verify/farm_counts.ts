/** How many places the farm of a dataset has: the base, or the documented totals (D-01). */
import type { ReddManifest } from "../dataset/manifest.ts";

const BASE = {
  geographies: 2,
  stations: 22,
  halls: 110,
  tanks: 1100,
  areas: 42,
  rings: 840,
  feed_containers: 236,
  sensors: 11060,
  sites: 64,
} as const;

const TOTALS = {
  geographies: 3,
  stations: 25,
  halls: 120,
  tanks: 1157,
  areas: 43,
  rings: 860,
  feed_containers: 245,
  sensors: 11140,
  sites: 65,
} as const;

/** Up to Redd 0.3.0 the area of the totals had no barge, no sensor and no site. */
const BARE_TOTALS = { ...TOTALS, feed_containers: 242, sensors: 11060, sites: 64 } as const;

/** The counts of a dataset's farm; those of the totals as its manifest tells that they were made. */
export function farmCounts({ documentedTotals, tables }: ReddManifest): Record<
  keyof typeof BASE,
  number
> {
  if (!documentedTotals) return BASE;
  return tables.finance_dimsite?.rows === BARE_TOTALS.sites ? BARE_TOTALS : TOTALS;
}
