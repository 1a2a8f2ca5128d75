/** Colours of the page, by what they are of; `styles.css` has them for light and dark. */

/** The colour of a stage by its place in life, from 0. */
export function stageColour(place: number): string {
  return `var(--stage-${place % 6 + 1})`;
}

/** The colour of a series that is no stage, by its place, from 0. */
export function seriesColour(place: number): string {
  return `var(--series-${place % 6 + 1})`;
}
