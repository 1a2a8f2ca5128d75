/** CSV taken apart as it stands in a file, quotes and all: what is NULL and what is empty text. */

/** A field: NULL where nothing stands between the commas. */
export type Field = string | null;

/** The rows of a CSV text below its header, and the header. */
export function fieldsOf(text: string): { readonly header: string[]; readonly rows: Field[][] } {
  const rows: Field[][] = [];
  let row: Field[] = [];
  for (let at = 0; at < text.length;) {
    let end: number;
    if (text[at] === '"') {
      end = at + 1;
      while (text[end] !== '"' || text[end + 1] === '"') end += text[end] === '"' ? 2 : 1;
      row.push(text.slice(at + 1, end++).replaceAll('""', '"'));
    } else {
      end = at;
      while (text[end] !== "," && text[end] !== "\n") end++;
      row.push(end === at ? null : text.slice(at, end));
    }
    if (text[end] === "\n") {
      rows.push(row);
      row = [];
    }
    at = end + 1;
  }
  const [header = [], ...rest] = rows;
  return { header: header.map(String), rows: rest };
}
