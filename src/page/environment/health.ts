/** How fish were found, and of what they died. */
import type { EnvironmentFigures } from "../../report/data/environment.ts";
import { lyingBars } from "../lying_bars.ts";
import { seriesColour, stageColour } from "../colours.ts";
import { emptyFigure } from "../figure.ts";
import { countText } from "../words.ts";

/** Colours of scores from good to bad. */
const SCORE_COLOURS = [2, 0, 4, 1, 3, 5].map(seriesColour);

/** Scores of the fish of health samplings. */
export function scoresFigure({ scores }: EnvironmentFigures): HTMLElement {
  const title = "Health scores of sampled fish";
  if (scores.parameters.length === 0) {
    return emptyFigure({
      title,
      why: "No fish was sampled: health samplings begin with Post-Smolt, after 360 days.",
    });
  }
  return lyingBars({
    title,
    description: `${countText(scores.samplings, "sampling")} of ${
      countText(scores.fish, "fish", "fish")
    }, each scored in all that is named here; 0 is best.`,
    label: "% of the fish",
    shares: true,
    parts: scores.labels.map((name, place) => ({
      name,
      colour: SCORE_COLOURS[place % SCORE_COLOURS.length]!,
    })),
    bars: scores.parameters.map(({ name, fish }) => ({ name, values: fish })),
    say: (n) => countText(n, "fish", "fish"),
  });
}

/** Deaths by what is recorded as their cause, and stage. */
export function deathsFigure({ deaths, stages }: EnvironmentFigures): HTMLElement {
  const title = "Deaths by recorded cause and stage";
  if (deaths.length === 0) return emptyFigure({ title, why: "No fish has died yet." });
  return lyingBars({
    title,
    description: deaths.length === 1
      ? "One cause is recorded for all deaths."
      : "The most frequent cause first.",
    label: "Fish",
    parts: stages.map((name, place) => ({ name, colour: stageColour(place) })),
    bars: deaths.map(({ cause, fish }) => ({ name: cause, values: fish })),
    say: (n) => countText(n, "fish", "fish"),
  });
}
