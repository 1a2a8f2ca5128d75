/** What companies of the farm sell each other. */
import type { HarvestFigures } from "../../report/data/harvest.ts";
import type { MoneyBetween } from "../../report/data/money.ts";
import { seriesColour } from "../colours.ts";
import { columnsFigure, monthColumns } from "../columns.ts";
import { element } from "../dom.ts";
import { emptyFigure } from "../figure.ts";
import { tableElement } from "../table.ts";
import { countText, decimalText, shortText } from "../words.ts";

function moneyTable(money: readonly MoneyBetween[]): HTMLElement {
  return tableElement({
    caption: "Sales between companies",
    head: ["Seller", "Buyer", "Of", "Price", "Sales", "With an amount", "Amount", "Currency"],
    rows: money.map((one) => [
      ...[one.seller, one.buyer, one.goods, one.method].map((text) => element("bdi", {}, text)),
      one.sales,
      one.priced,
      one.priced === 0 ? "none" : decimalText(one.amount, 2),
      element("bdi", {}, one.currency),
    ]),
  });
}

/** A figure for each currency, since they do not add up, and all sales as a table. */
export function moneyParts({ money, months }: HarvestFigures): HTMLElement[] {
  const title = "Money between companies";
  if (money.length === 0) {
    return [emptyFigure({
      title,
      why:
        "No company has sold anything yet: the first sale is when fish go to sea, after 450 days.",
    })];
  }
  const currencies = [...new Set(months.map(({ currency }) => currency))];
  const figures = currencies.map((currency, place) =>
    columnsFigure({
      title: `Sales between companies by month, ${currency}`,
      description: "Sales that have an amount, by the month in which they were posted.",
      label: `Amount (${currency})`,
      parts: [{ name: currency, colour: seriesColour(place) }],
      ...monthColumns(
        months.filter((one) => one.currency === currency)
          .map(({ month, amount }) => ({ month: month.slice(0, 7), part: 0, value: amount })),
      ),
      say: (amount) => `${shortText(amount)} ${currency}`,
    })
  );
  const unpriced = money.reduce((sum, { sales, priced }) => sum + sales - priced, 0);
  return [
    ...figures.length === 0
      ? [emptyFigure({ title, why: "No sale has an amount." })]
      : [element("div", { class: "pair" }, ...figures)],
    element("h3", {}, title),
    ...unpriced === 0 ? [] : [element(
      "p",
      { class: "about" },
      `${countText(unpriced, "sale")} without an amount: they wait for their approval.`,
    )],
    moneyTable(money),
  ];
}
