/** Tables of the page: the figures' other form, and lists. */
import { type Content, element } from "./dom.ts";

/** A table; cells of the first column name their rows. An element `td` is a cell itself. */
export interface TableOf {
  readonly caption: string;
  /** Names of the columns, with units. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | Node)[])[];
}

const isNumber = (cell: Content | number) =>
  typeof cell === "number" || (typeof cell === "string" && /^[-−]?[\d,.]+( \S{1,4})?$/.test(cell));

/** A table in a box that scrolls by itself, also by keyboard. */
export function tableElement({ caption, head, rows }: TableOf): HTMLElement {
  const headCells = head.map((name, place) => {
    const numeric = rows.length > 0 && rows.every((row) => isNumber(row[place]));
    return element("th", { scope: "col", class: numeric ? "number" : undefined }, name);
  });
  const made = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...headCells)),
    element(
      "tbody",
      {},
      ...rows.map((row) =>
        element(
          "tr",
          {},
          ...row.map((cell, place) => {
            if (cell instanceof HTMLTableCellElement) return cell;
            const content = typeof cell === "number" ? String(cell) : cell;
            return place === 0
              ? element("th", { scope: "row" }, content)
              : element("td", { class: isNumber(cell) ? "number" : undefined }, content);
          }),
        )
      ),
    ),
  );
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    made,
  );
}
