/** Two reports of the same rows, held against each other. */
import type { Status } from "./judge.ts";
import type { VerifyReport } from "./report.ts";

/** A check that has ended in two ways. */
export interface VerdictDifference {
  /** Its id. */
  readonly id: string;
  /** How it ended on the files. */
  readonly files: Status;
  /** How it ended on the database. */
  readonly database: Status;
}

/** The checks that both were asked and that they have not answered alike. */
export function verdictDifferences(
  files: VerifyReport,
  database: VerifyReport,
): readonly VerdictDifference[] {
  const ends = new Map(database.results.map(({ check, status }) => [check.id, status]));
  return files.results.flatMap(({ check: { id, asks }, status }) => {
    const other = ends.get(id);
    // What only a database can be asked is skipped on files.
    if (asks !== undefined || other === undefined || other === status) return [];
    return [{ id, files: status, database: other }];
  });
}
