/** A choice of one of many, as a list that opens. */
import { element, isolated } from "./dom.ts";

/** Options that stand together under a heading. */
export interface PickGroup {
  readonly name: string;
  readonly options: readonly { readonly name: string; readonly place: number }[];
}

/** What is picked from. */
export interface Pick {
  /** What it is: `Silo or barge`. */
  readonly name: string;
  readonly groups: readonly PickGroup[];
  /** The place that is picked at the start. */
  readonly first: number;
  /** Called with the place of the option that is picked; not for the first. */
  readonly onPick: (place: number) => void;
}

/** The list with its label. */
export function pick({ name, groups, first, onPick }: Pick): HTMLElement {
  const list = element(
    "select",
    {},
    ...groups.map((group) =>
      element(
        "optgroup",
        { label: isolated(group.name) },
        ...group.options.map((option) =>
          element(
            "option",
            { value: option.place, ...option.place === first ? { selected: "" } : {} },
            option.name,
          )
        ),
      )
    ),
  );
  list.addEventListener("change", () => onPick(Number(list.value)));
  return element("p", { class: "choice" }, element("label", {}, `${name} `, list));
}
