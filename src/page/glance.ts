/** The farm at a glance. */
import type { GlanceFigures, NamedCount } from "../report/data/glance.ts";
import { type Content, element, said } from "./dom.ts";
import type { PageSection } from "./section.ts";
import { bytesText, countText, weightText, wholeText } from "./words.ts";

/** `12 Scotland, 8 Faroe Islands`. */
function listed(counts: readonly NamedCount[]): Content {
  const words = counts.filter(({ count }) => count > 0).flatMap(({ name, count }, place) => [
    `${place === 0 ? "" : ", "}${wholeText(count)} `,
    said(name),
  ]);
  return element("span", {}, ...words);
}

/** A large number and what it is of. */
function tile(number: string, of: string, more?: Content): HTMLElement {
  return element(
    "div",
    { class: "tile" },
    element("dt", {}, of),
    element("dd", {}, element("strong", {}, number), more === undefined ? "" : " ", more),
  );
}

function fact(name: string, ...content: readonly Content[]): HTMLElement {
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...content));
}

/** Days from one to another, both countText. */
function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

/** `193 passed, 0 failed, 6 skipped`. */
function checksText({ checks }: GlanceFigures): string {
  if (checks === null) return "Not verified: this page was made of the files as they are";
  const { passed, failed, skipped, broken } = checks;
  const more = broken === 0 ? "" : `, ${wholeText(broken)} broken`;
  return `${wholeText(passed)} passed, ${wholeText(failed)} failed, ${
    wholeText(skipped)
  } skipped${more}`;
}

function drawGlance(data: GlanceFigures, root: HTMLElement): void {
  const { batches, containers, firstDay, lastDay } = data;
  root.append(
    element(
      "dl",
      { class: "tiles" },
      tile(
        wholeText(batches.all),
        batches.all === 1 ? "batch" : "batches",
        listed(data.geographies),
      ),
      tile(
        wholeText(daysFrom(firstDay, lastDay)),
        firstDay === lastDay ? "day" : "days",
        `${firstDay} to ${lastDay}`,
      ),
      tile(wholeText(data.fish), "fish on the last day", `of ${wholeText(data.eggs)} eggs`),
      tile(weightText(data.biomass), "biomass on the last day"),
      tile(
        weightText(data.harvestedKg),
        "harvested",
        countText(data.harvestedFish, "fish", "fish"),
      ),
      tile(
        wholeText(data.rows),
        data.rows === 1 ? "row" : "rows",
        `${countText(data.tables, "table")}, ${bytesText(data.bytes)}`,
      ),
    ),
    element(
      "dl",
      { class: "facts" },
      fact(
        "Batches",
        `${wholeText(batches.completed)} completed, ${wholeText(batches.active)} active`,
      ),
      fact("Active by stage", batches.active === 0 ? "none" : listed(data.stages)),
      fact(
        "Containers",
        `${wholeText(containers.occupied)} hold fish on the last day, ` +
          `${wholeText(containers.everUsed)} ever did, of ${wholeText(containers.all)}`,
      ),
      fact("Feed eaten", weightText(data.feedKg)),
      fact("Deaths", countText(data.deaths, "fish", "fish")),
      fact("Seed", String(data.seed)),
      fact("Profile", said(data.profile)),
      fact("Made by", `Redd ${data.version}, for AquaMind's schema of ${data.schema}`),
      fact("Checks", checksText(data)),
      fact("Files", countText(data.files, "CSV file")),
      fact(
        "Digest",
        element("code", {}, data.digest),
        element("small", {}, " the dataset's lasting name, for --expect"),
      ),
    ),
  );
}

/** The first section. */
export const glanceSection: PageSection<GlanceFigures> = {
  id: "glance",
  title: "The farm at a glance",
  about: "What this dataset is, and how much of everything it has.",
  draw: drawGlance,
};
