/** All sections in the order of the page; `data/all.ts` has their figures. */
import { batchSection } from "./batch.ts";
import { dictionarySection } from "./dictionary/dictionary.ts";
import { environmentSection } from "./environment/environment.ts";
import { feedSection } from "./feed/feed.ts";
import { glanceSection } from "./glance.ts";
import { harvestSection } from "./harvest/harvest.ts";
import { occupancySection } from "./occupancy.ts";
import { qualitySection } from "./quality.ts";
import { realismSection } from "./realism.ts";
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
  of(feedSection),
  of(environmentSection),
  of(harvestSection),
  of(realismSection),
  of(qualitySection),
  of(dictionarySection),
];
