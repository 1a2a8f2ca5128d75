/**
 * Elements of the page. Text goes in as text and never as HTML; what a dataset says is put apart from
 * the words around it, so that a text from right to left turns nothing else round.
 */

/** What may stand in an element; nothing where there is nothing. */
export type Content = Node | string | undefined;

/**
 * An element.
 *
 * @param attributes Nothing of those that are undefined.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...content.filter((one) => one !== undefined));
  return made;
}

/** A text of the dataset, in HTML. */
export function said(text: string): HTMLElement {
  return element("bdi", {}, text);
}

/** A text of the dataset where there are no elements, as in a label of a drawing. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
