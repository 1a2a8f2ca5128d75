/** Data of a page, as JSON in an element of its own that no text in it can end. */

/** Characters by which HTML or a script could take text for something else. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON that may stand within a `script` element: it means the same, and has none of `<`, `>`, `&`. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An element with data, which the page finds by its id. */
export function dataBlock(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${scriptJson(value)}</script>`;
}
