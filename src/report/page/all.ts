/** All sections in the order of the page; `data/all.ts` has their figures. */
import { batchSection } from "./batch.ts";
import { glanceSection } from "./glance.ts";
import { occupancySection } from "./occupancy.ts";
import type { PageSection } from "./section.ts";
import { stockSection } from "./stock.ts";

/** A section whose data only it knows. */
const of = <Data>(section: PageSection<Data>) => section as PageSection<unknown>;

/** All sections. */
export const allSections: readonly PageSection<unknown>[] = [
  of(glanceSection),
  of(occupancySection),
  of(batchSection),
  of(stockSection),
];
