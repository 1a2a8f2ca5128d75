/** The life of a batch, chosen from a list. */
import type { BatchFigures, BatchLife } from "../report/data/batch.ts";
import { batchAddress, batchOfAddress } from "./address.ts";
import { batchFacts } from "./batch_facts.ts";
import { batchFeedFigures } from "./batch_feed.ts";
import { growthFigure } from "./batch_growth.ts";
import { batchHarvestFigures } from "./batch_harvest.ts";
import { populationFigures } from "./batch_population.ts";
import { transferTable, treatmentTable } from "./batch_tables.ts";
import { element, isolated, said } from "./dom.ts";
import { keepBatch, keptBatch } from "./kept.ts";
import { landOn } from "./landing.ts";
import type { PageSection } from "./section.ts";

/** Everything that is shown of a batch. */
function shown(batch: BatchLife, data: BatchFigures): HTMLElement[] {
  const pair = (figures: readonly HTMLElement[]) => element("div", { class: "pair" }, ...figures);
  return [
    batchFacts(batch, data),
    growthFigure(batch, data),
    pair(populationFigures(batch)),
    pair(batchFeedFigures(batch, data)),
    transferTable(batch, data),
    treatmentTable(batch, data),
    ...batchHarvestFigures(batch, data),
  ];
}

function optionsOf(batches: readonly BatchLife[]): HTMLElement[] {
  const option = ({ number, start, status }: BatchLife) =>
    element(
      "option",
      { value: number },
      `${isolated(number)}, from ${start}, ${isolated(status.toLowerCase())}`,
    );
  const groups = Map.groupBy(batches, ({ geography }) => geography ?? "No geography");
  return Array.from(
    groups,
    ([name, own]) => element("optgroup", { label: name }, ...own.map(option)),
  );
}

/** The batch that is shown at first: the first that has been harvested, which has something of all. */
function firstOf({ batches }: BatchFigures): BatchLife | undefined {
  return batches.find(({ harvests }) => harvests.length > 0) ?? batches[0];
}

function drawBatch(data: BatchFigures, root: HTMLElement): void {
  const { batches } = data;
  const first = firstOf(data);
  if (first === undefined) {
    root.append(element("p", { class: "empty" }, "This dataset has no batch."));
    return;
  }
  const select = element("select", { id: "batch-choice" }, ...optionsOf(batches));
  const numbers = new Set(batches.map(({ number }) => number));
  // Which batch it is now is read out, and not all that is shown of it.
  const heading = element("h3", { class: "batch", "aria-live": "polite" });
  const place = element("div", { id: "batch-shown" });
  const order = [...select.options].map(({ value }) => value);
  let current: string | undefined;
  const step = (by: number) => {
    const next = order[order.indexOf(current!) + by];
    if (next !== undefined) location.hash = batchAddress(next);
  };
  const before = element("button", { type: "button" }, "Previous");
  const after = element("button", { type: "button" }, "Next");
  before.addEventListener("click", () => step(-1));
  after.addEventListener("click", () => step(1));
  const show = (number: string) => {
    if (number === current) return;
    const batch = batches.find((one) => one.number === number);
    if (batch === undefined) {
      // No batch is chosen, so that each may be; the first is the next.
      current = undefined;
      select.selectedIndex = -1;
      before.ariaDisabled = "true";
      after.ariaDisabled = "false";
      heading.replaceChildren("This dataset has no batch ", said(number));
      place.replaceChildren(element("p", {}, "Choose one from the list."));
      return;
    }
    current = number;
    select.value = number;
    // A button that is disabled would lose the keyboard.
    before.ariaDisabled = String(order[0] === number);
    after.ariaDisabled = String(order.at(-1) === number);
    heading.replaceChildren(said(number));
    place.replaceChildren(...shown(batch, data));
  };
  select.addEventListener("change", () => location.hash = batchAddress(select.value));
  const follow = () => {
    const number = batchOfAddress(location.hash);
    if (number === undefined) {
      const was = keptBatch();
      const bare = location.hash.length < 2 ? first.number : current ?? first.number;
      const now = was !== undefined && numbers.has(was) ? was : bare;
      show(now);
      return keepBatch(now);
    }
    show(number);
    // Who chooses here stays here; who comes by a link is brought here.
    if (root.contains(document.activeElement)) return;
    landOn(root);
    root.querySelector("h2")?.focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  root.append(
    element(
      "div",
      { class: "choice" },
      element("label", { for: "batch-choice" }, "Batch"),
      select,
      ...batches.length > 1 ? [before, after] : [],
    ),
    heading,
    place,
  );
  follow();
}

/** The life of a batch. */
export const batchSection: PageSection<BatchFigures> = {
  id: "batch",
  title: "A batch",
  about:
    "One batch from its eggs to its harvest. The address of the page names it, and can be kept.",
  draw: drawBatch,
};
