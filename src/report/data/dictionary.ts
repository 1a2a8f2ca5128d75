/** Every table and column of a dataset, in words. */
import { allTables } from "../../tables/catalog.ts";
import type { Column, Table } from "../../tables/description.ts";
import type { ReportSource, SectionFigures } from "./section.ts";

/** A column. */
export interface DictionaryColumn {
  readonly name: string;
  readonly type: string;
  /** With the unit. */
  readonly meaning: string;
  /** May it be without a value? */
  readonly optional?: true;
  /** Part of the primary key, or of another key that no two rows share. */
  readonly key?: "primary" | "unique";
  /** The table whose rows it names. */
  readonly of?: string;
}

/** A table. */
export interface DictionaryTable {
  readonly name: string;
  readonly group: string;
  readonly meaning: string;
  /** Rows of the dataset; null of a table that it does not have. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Of a history: the table whose saves it keeps. */
  readonly historyOf?: string;
  readonly columns: readonly DictionaryColumn[];
}

/** What the section of the dictionary shows. */
export interface DictionaryFigures {
  readonly tables: readonly DictionaryTable[];
}

function columnOf(column: Column, { primaryKey, unique }: Table): DictionaryColumn {
  const { name, type, meaning, nullable, references } = column;
  const isUnique = unique.some(({ columns }) => columns.includes(name));
  return {
    name,
    type,
    meaning,
    ...nullable ? { optional: true as const } : {},
    ...primaryKey.columns.includes(name)
      ? { key: "primary" as const }
      : isUnique
      ? { key: "unique" as const }
      : {},
    ...references === undefined ? {} : { of: references.table },
  };
}

/** The section of the dictionary. */
export const dictionaryFigures: SectionFigures<DictionaryFigures> = {
  id: "dictionary",
  reads: {},
  figures: ({ manifest }: ReportSource) =>
    Promise.resolve({
      tables: allTables.map((table) => {
        const { name, group, meaning, historyOf } = table;
        const entry = manifest.tables[name];
        return {
          name,
          group,
          meaning,
          rows: entry?.rows ?? null,
          bytes: entry?.bytes ?? 0,
          ...historyOf === undefined ? {} : { historyOf },
          columns: table.columns.map((column) => columnOf(column, table)),
        };
      }),
    }),
};
