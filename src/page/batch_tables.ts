/** What was done with a batch: transfers and treatments, as tables. */
import type { BatchFigures, BatchLife } from "../report/data/batch.ts";
import { element, isolated } from "./dom.ts";
import { emptyFigure } from "./figure.ts";
import { tableElement, type TableOf } from "./table.ts";
import { weightText, wholeText } from "./words.ts";

/** A table with a heading. */
function titled(title: string, table: TableOf): HTMLElement {
  return element(
    "figure",
    { class: "list" },
    element("figcaption", {}, element("h3", {}, title)),
    tableElement(table),
  );
}

/** Transfers of a batch. */
export function transferTable(batch: BatchLife, { lastDay }: BatchFigures): HTMLElement {
  const title = "Transfers";
  if (batch.transfers.length === 0) {
    const why = `None up to ${lastDay}: it still is where it was hatched, as ${
      isolated(batch.stage)
    }.`;
    return emptyFigure({ title, why });
  }
  return titled(title, {
    caption: "From stage to stage; a sale is one to another company",
    head: ["First day", "Last day", "From", "To", "Fish", "Deaths", "Biomass", "Moves", "Sale"],
    rows: batch.transfers.map(({ start, end, from, to, fish, deaths, biomass, moves, sale }) => [
      start ?? "",
      end ?? "goes on",
      isolated(from),
      to === null ? "" : isolated(to),
      wholeText(fish),
      wholeText(deaths),
      weightText(biomass),
      moves,
      sale ? "yes" : "no",
    ]),
  });
}

/** Treatments of a batch. */
export function treatmentTable(batch: BatchLife, { lastDay }: BatchFigures): HTMLElement {
  const title = "Treatments";
  if (batch.treatments.length === 0) {
    const why =
      `None up to ${lastDay}: vaccination comes with later stages, and lice with the sea.`;
    return emptyFigure({ title, why });
  }
  return titled(title, {
    caption: "Vaccinations and treatments, a line for all containers of a day",
    head: ["Day", "Kind", "Description", "Containers", "Withholding (days)", "Outcome"],
    rows: batch.treatments.map(({ day, type, description, containers, withholding, outcome }) => [
      day,
      isolated(type),
      isolated(description),
      containers,
      withholding,
      isolated(outcome),
    ]),
  });
}
