/** What checks ask of a layout: numbers that the dataset was made with. */
import { documentedLayout } from "../dataset/documented_layout.ts";
import type { LayoutFacts } from "../dataset/layout_facts.ts";
import type { ReddManifest } from "../dataset/manifest.ts";

/** The facts of a dataset's layout; those of Redd's own where its manifest is from before 0.4.0. */
export function layoutOf(manifest: ReddManifest): LayoutFacts {
  return manifest.layout ?? documentedLayout(manifest);
}
