/** What DuckDB says of a file that it cannot read, in Redd's words. */
import { quoted } from "../quoted.ts";
import type { Table } from "../tables/description.ts";

/** Sentences of DuckDB's, and what is wrong with the line. */
const FAULTS: readonly (readonly [RegExp, (found: string[], table: Table) => string])[] = [
  [
    /^Error when converting column "(\w+)"\. Could not convert string "(.*)" to '\w+'$/ms,
    ([, name, value], { columns }) => {
      const type = columns.find((column) => column.name === name)?.type;
      return `${name} is ${quoted(value!)}, expected ${type ?? "another type"}`;
    },
  ],
  [
    /^Expected Number of Columns: (\d+) Found: (\d+)$/m,
    ([, expected, found]) => `it has ${found} columns, expected ${expected}`,
  ],
  [/^Value with unterminated quote found\.$/m, () => "a quote is opened and not closed"],
  [/^Invalid unicode /m, () => "it is not UTF-8"],
];

/**
 * What is wrong with a part of a table.
 *
 * @param message DuckDB's, which goes on with advice about its own settings.
 */
export function lineFault(message: string, table: Table): string {
  const line = /^.*CSV Error on Line: (\d+)$/m.exec(message)?.[1];
  const at = line === undefined ? "" : `line ${line}: `;
  for (const [sentence, say] of FAULTS) {
    const found = sentence.exec(message);
    if (found !== null) return at + say(found, table);
  }
  return at + quoted(message.split("\n")[0]!);
}
