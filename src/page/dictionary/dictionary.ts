/** Every table and column, and a drawing of those around a batch. */
import type {
  DictionaryColumn,
  DictionaryFigures,
  DictionaryTable,
} from "../../report/data/dictionary.ts";
import { element, said } from "../dom.ts";
import type { PageSection } from "../section.ts";
import { relationsFigure } from "./relations_figure.ts";
import { tableElement } from "../table.ts";
import { bytesText, countText } from "../words.ts";

/** Groups of tables as they are headed. */
const GROUPS: readonly (readonly [group: string, name: string])[] = [
  ["operational", "What a farm writes from day to day"],
  ["infrastructure", "Places"],
  ["master", "Master data"],
  ["auth", "Users"],
  ["history", "Histories"],
  ["django", "Django's own"],
];

/** The address of a table on the page. */
export function tableAnchor(name: string): string {
  return `table-${name}`;
}

function keyText({ key, optional }: DictionaryColumn): string {
  const words = [
    ...key === "primary" ? ["primary key"] : key === "unique" ? ["part of a key"] : [],
    ...optional ? ["may be empty"] : [],
  ];
  return words.join(", ");
}

function columnsTable({ name, columns }: DictionaryTable): HTMLElement {
  return tableElement({
    caption: `Columns of ${name}`,
    head: ["Column", "Type", "Meaning and unit", "Key", "Refers to"],
    rows: columns.map((column) => [
      element("code", {}, column.name),
      column.type,
      said(column.meaning),
      keyText(column),
      column.of === undefined
        ? ""
        : element("a", { href: `#${tableAnchor(column.of)}` }, column.of),
    ]),
  });
}

function rowsText({ rows, bytes }: DictionaryTable): string {
  if (rows === null) return "not in this dataset";
  return rows === 0 ? "no rows" : `${countText(rows, "row")}, ${bytesText(bytes)}`;
}

/** A table, whose columns are put in when it is opened: there are many, and few are. */
function tablePart(table: DictionaryTable, referring: readonly string[]): HTMLDetailsElement {
  const { name, meaning, historyOf } = table;
  const part = element(
    "details",
    { id: tableAnchor(name), class: "entry" },
    element(
      "summary",
      {},
      element("code", {}, name),
      " ",
      element("small", {}, `${rowsText(table)}. `, said(`${meaning}.`)),
    ),
  );
  part.addEventListener("toggle", () => {
    if (!part.open || part.childElementCount > 1) return;
    const links = (names: readonly string[]) =>
      names.flatMap((one, place) => [
        place === 0 ? "" : ", ",
        element("a", { href: `#${tableAnchor(one)}` }, one),
      ]);
    part.append(
      ...historyOf === undefined
        ? []
        : [element("p", {}, "Keeps the saves of ", ...links([historyOf]), ".")],
      ...referring.length === 0
        ? []
        : [element("p", {}, "Referred to by ", ...links(referring), ".")],
      columnsTable(table),
    );
  });
  return part;
}

/** Tables of other tables by the one that they refer to; histories are too many to be named. */
function referringTo(tables: readonly DictionaryTable[]): ReadonlyMap<string, readonly string[]> {
  const pairs = tables.filter(({ historyOf }) => historyOf === undefined)
    .flatMap(({ name, columns }) =>
      [...new Set(columns.flatMap(({ of }) => of ?? []))].map((of) => ({ of, name }))
    );
  return new Map(
    Array.from(
      Map.groupBy(pairs, ({ of }) => of),
      ([of, own]) => [of, own.map(({ name }) => name)],
    ),
  );
}

/** `Places (8 tables)`. */
function groupText(group: string, tables: number): string {
  const name = GROUPS.find(([one]) => one === group)?.[1] ?? group;
  return `${name} (${countText(tables, "table")})`;
}

/** Opens the table that the address names, if it does. */
function openNamed(parts: ReadonlyMap<string, HTMLDetailsElement>): void {
  const part = parts.get(location.hash.slice(1));
  if (part === undefined) return;
  for (let one: Element | null = part; one !== null; one = one.parentElement) {
    if (!(one instanceof HTMLDetailsElement)) continue;
    one.hidden = false;
    one.open = true;
  }
  part.scrollIntoView();
  part.querySelector("summary")!.focus({ preventScroll: true });
}

/** A field that leaves the tables in which its words stand. */
function searchField(
  tables: readonly DictionaryTable[],
  parts: ReadonlyMap<string, HTMLDetailsElement>,
  groups: ReadonlyMap<string, HTMLDetailsElement>,
): HTMLElement {
  const texts = new Map(tables.map((table) => [
    table.name,
    [table.name, table.meaning, ...table.columns.flatMap(({ name, meaning }) => [name, meaning])]
      .join("\n").toLowerCase(),
  ]));
  const input = element("input", { type: "search", size: 28 });
  const found = element("output", { "aria-live": "polite" });
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const shown = tables.filter(({ name }) =>
      words.every((word) => texts.get(name)!.includes(word))
    );
    for (const { name } of tables) parts.get(tableAnchor(name))!.hidden = true;
    for (const { name } of shown) parts.get(tableAnchor(name))!.hidden = false;
    for (const [name, group] of groups) {
      const own = shown.filter((one) => one.group === name).length;
      group.hidden = own === 0;
      group.querySelector("summary strong")!.textContent = groupText(name, own);
      if (words.length > 0) group.open = !group.hidden;
    }
    found.textContent = words.length === 0 ? "" : ` ${countText(shown.length, "table")}`;
  });
  return element(
    "p",
    { class: "choice" },
    element("label", {}, "Find a table or column ", input),
    found,
  );
}

/** The section of the dictionary. */
export const dictionarySection: PageSection<DictionaryFigures> = {
  id: "dictionary",
  title: "Data dictionary",
  about: "Every table and column: type, meaning, unit, keys, and the tables that they refer to.",
  draw({ tables }, root) {
    const referring = referringTo(tables);
    const parts = new Map(tables.map((table) => [
      tableAnchor(table.name),
      tablePart(table, referring.get(table.name) ?? []),
    ]));
    const groups = new Map(GROUPS.flatMap(([group], place) => {
      const own = tables.filter((one) => one.group === group);
      if (own.length === 0) return [];
      // What has no rows comes last.
      const sorted = own.toSorted((a, b) => Number(!a.rows) - Number(!b.rows));
      const part = element(
        "details",
        { class: "group", ...place === 0 ? { open: "" } : {} },
        element(
          "summary",
          {},
          element("strong", {}, groupText(group, own.length)),
        ),
        ...sorted.map((one) => parts.get(tableAnchor(one.name))!),
      );
      return [[group, part] as const];
    }));
    root.append(relationsFigure(tables), searchField(tables, parts, groups), ...groups.values());
    addEventListener("hashchange", () => openNamed(parts));
    openNamed(parts);
  },
};
