/** A choice of one of a few, as radio buttons. */
import { element } from "./dom.ts";

/** What is chosen from. */
export interface Choice {
  /** What it is: `Geography`. */
  readonly name: string;
  readonly options: readonly string[];
  /** Called with the place of the option that is chosen; not for the first, which is at the start. */
  readonly onChoose: (place: number) => void;
}

let groups = 0;

/** The buttons. */
export function choice({ name, options, onChoose }: Choice): HTMLElement {
  const group = `choice-${++groups}`;
  return element(
    "fieldset",
    { class: "choice" },
    element("legend", {}, name),
    ...options.map((option, place) => {
      const input = element("input", { type: "radio", name: group });
      input.checked = place === 0;
      input.addEventListener("change", () => onChoose(place));
      return element("label", {}, input, " ", element("bdi", {}, option));
    }),
  );
}
