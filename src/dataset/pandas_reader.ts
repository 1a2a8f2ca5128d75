/** The types of a dataset's tables for pandas, and the lines of Python that read tables with them. */
import type { Column } from "../tables/description.ts";
import type { TableFiles } from "./duckdb_script.ts";

/** Types of pandas that know a missing value from any other. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["bigint", "Int64"],
  ["boolean", "boolean"],
  ["date", "datetime64[ns]"],
  ["double precision", "Float64"],
  ["integer", "Int32"],
  ["jsonb", "string"],
  ["smallint", "Int16"],
  ["text", "string"],
  ["time without time zone", "string"],
  ["timestamp with time zone", "datetime64[ns, UTC]"],
  ["uuid", "string"],
]);

/**
 * A column's type in pandas.
 *
 * @throws {RangeError} for a type that no described table has.
 */
export function pandasType(type: string): string {
  if (/^numeric\(\d+,\d+\)$/.test(type)) return "Float64";
  if (/^character varying\(\d+\)$/.test(type)) return "string";
  const found = TYPES.get(type);
  if (found === undefined) throw new RangeError(`pandas' type for ${type} is not known`);
  return found;
}

/**
 * `pandas_dtypes.json`: of every table its files and the types of its columns. pandas does not tell
 * `""` from nothing between two commas, so that it has to be told what an empty field of text is:
 * always text where a column cannot be NULL; either, as the quotes say, where fixtures fill one that
 * can; always missing in the rest, since the farm writes no empty text there (rulings.md#19).
 */
export function pandasTypes(tables: readonly TableFiles[]): string {
  const entries = tables.map(({ table, paths }) => {
    const texts = table.columns.filter(({ type }) => pandasType(type) === "string");
    const namesOf = (columns: readonly Column[]) => columns.map(({ name }) => name);
    return [table.name, {
      files: paths,
      dtypes: Object.fromEntries(table.columns.map(({ name, type }) => [name, pandasType(type)])),
      never_missing: namesOf(texts.filter(({ nullable }) => !nullable)),
      empty_or_missing: namesOf(
        texts.filter(({ nullable }) => nullable && table.kind === "static"),
      ),
    }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 1)}\n`;
}

/** `load_pandas.py`, the same in every dataset. */
export const PANDAS_READER = `\
"""Reads the tables of this dataset into pandas, with the types of AquaMind's columns:

    import runpy
    read_table = runpy.run_path("out/farm/load_pandas.py")["read_table"]
    deaths = read_table("batch_mortalityevent")

As a program it counts their rows: python3 out/farm/load_pandas.py. An import would leave a folder
__pycache__ in the dataset, where nothing but the dataset belongs.
"""
import json
import re
from pathlib import Path

import pandas

FOLDER = Path(__file__).resolve().parent
TABLES = json.loads((FOLDER / "pandas_dtypes.json").read_text(encoding="utf-8"))
FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^,\\n]*))([,\\n])')


def text_column(path, name):
    """A column of text in which "" is text and nothing is missing: pandas does not see the quotes."""
    with open(path, encoding="utf-8", newline="") as file:
        content = file.read()
    rows, row = [], []
    for field in FIELD.finditer(content):
        quoted, plain, end = field.groups()
        row.append(plain or None if quoted is None else quoted.replace('""', '"'))
        if end == "\\n":
            rows.append(row)
            row = []
    at = rows[0].index(name)
    return pandas.array([row[at] for row in rows[1:]], dtype="string")


def read_file(path, dtypes, never_missing, empty_or_missing):
    """One file of a table. Empty text is "", and what is missing pandas.NA or NaT."""
    times = [name for name, dtype in dtypes.items() if dtype.startswith("datetime64")]
    frame = pandas.read_csv(
        path,
        encoding="utf-8",
        dtype={name: "string" if name in times else dtype for name, dtype in dtypes.items()},
        float_precision="round_trip",
        keep_default_na=False,
        na_values={name: [""] for name in dtypes if name not in never_missing},
    )
    for name in times:
        utc = dtypes[name].endswith("UTC]")
        frame[name] = pandas.to_datetime(frame[name], utc=utc).astype(dtypes[name])
    for name in empty_or_missing:
        frame[name] = text_column(path, name)
    return frame


def read_table(name):
    """A table with all of its months, in the order of its rows."""
    how = dict(TABLES[name])
    files = how.pop("files")
    return pandas.concat([read_file(FOLDER / path, **how) for path in files], ignore_index=True)


if __name__ == "__main__":
    for name in TABLES:
        print(f"{name}: {len(read_table(name))} rows")
`;
