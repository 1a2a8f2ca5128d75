/** Foreign texts in messages. */

/** How much of a text a message shows, in characters. */
const SHOWN = 60;

/**
 * A text of somebody else's for a message: in quotes, cut if long, with characters escaped that could not
 * be seen or would move a terminal's cursor.
 *
 * @param most The most characters that are shown.
 */
export function quoted(text: string, most = SHOWN): string {
  const cut = text.length <= most ? text : `${text.slice(0, most)}…`;
  return JSON.stringify(cut).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`,
  );
}
