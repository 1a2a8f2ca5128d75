/** One part of a table on its way from the dataset into the server. */
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import type { Table } from "../tables/description.ts";
import { rowsOfPart, rowValues } from "../dataset/records.ts";
import { namingActors, requireTaken } from "../postgres/acting.ts";
import type { CopyIn } from "../postgres/copy_in.ts";
import { loadFailure } from "../postgres/failure.ts";
import { identityColumn, type IdRange } from "../dataset/ids.ts";
import { qualified, quoteIdent, quoteIdents } from "../postgres/identifier.ts";
import { PartChanged, partChanged } from "../dataset/part_file.ts";
import { CATALOG_ALONE } from "../postgres/session.ts";
import type { Target } from "../postgres/target.ts";

/** Bytes handed to the server at once; larger chunks are no faster. */
const CHUNK = 256 * 1024;

const NEWLINE = 10;

/** How a part is copied. */
export interface CopyOptions {
  /** Are the rows frozen, as they may be in a table that this transaction has made? */
  readonly freeze: boolean;
  /** Called with the number of bytes of every chunk that was sent. */
  readonly onBytes?: (bytes: number) => void;
  /** What a person can do when it fails, where that is not to load again from the start. */
  readonly remedy?: string;
  /** A relation of the same columns, quoted, that takes the rows instead of the table. */
  readonly into?: string;
  /** The beginning of the file that has been copied before: its rows do not come again. */
  readonly after?: Pick<DatasetPart, "rows" | "bytes" | "sha256">;
  /** The ids that its rows must have: the server takes no others, and they are missed then. */
  readonly ids?: IdRange;
  /** The triggers and rules of the table, in words: what it does to rows is not the file's doing. */
  readonly acting?: readonly string[];
}

/**
 * The COPY of a table. From PostgreSQL 15 on the server itself compares the header with the columns;
 * before, the loader's own comparison has to do.
 *
 * @param ids Rows with another id are left out, and counted as missing when the copy is done.
 */
export function copyStatement(
  table: Table,
  relation: string,
  version: number,
  freeze: boolean,
  ids?: IdRange,
): string {
  const options = ["FORMAT csv", `HEADER ${version >= 150000 ? "MATCH" : "true"}`];
  if (freeze) options.push("FREEZE");
  const columns = quoteIdents(table.columns.map((column) => column.name));
  return `COPY ${relation} (${columns}) FROM STDIN ` +
    `WITH (${options.join(", ")}, ENCODING 'UTF8')${idCondition(table, ids)}`;
}

function idCondition(table: Table, ids: IdRange | undefined): string {
  const identity = identityColumn(table);
  if (ids === undefined || identity === undefined) return "";
  // COPY runs on the users' own search path, where these could be operators of anybody's.
  const compared = (operator: string, id: number) =>
    `${quoteIdent(identity)} OPERATOR(pg_catalog.${operator}) ${id}`;
  return ` WHERE ${compared(">=", ids.first)} AND ${compared("<=", ids.last)}`;
}

/**
 * Streams a part into its table and returns the number of rows that the server took. Length and
 * digest are taken on the way and compared with the manifest before the server hears of the end.
 *
 * @throws {ReddError} input, when the server refuses a row (with line, column and value where it
 *   tells them), or the file or its rows are not those of the manifest; environment, when the
 *   connection is lost.
 */
export async function copyPart(
  target: Target,
  dataset: Dataset,
  table: Table,
  part: DatasetPart,
  options: CopyOptions,
): Promise<number> {
  const cannot = `load ${dataset.whereIs(part)}`;
  const { remedy, freeze, ids, acting = [], into = qualified(target.schema, table.name) } = options;
  const itself = options.into === undefined;
  const before = options.after?.rows ?? 0;
  let copy: CopyIn | undefined;
  try {
    // A trigger of the table's looks for names where its users do; COPY names its operators in full.
    if (itself) await setPath(target, target.path);
    copy = await target.copy(copyStatement(table, into, target.version, freeze, ids));
    await sendFile(copy, dataset, part, options);
    const rows = before + await copy.finish();
    if (itself) await setPath(target, CATALOG_ALONE);
    if (rows !== part.rows) {
      if (acting.length > 0) requireAllTaken(dataset, table, part, { ...options, rows, cannot });
      const all = ids === undefined ? "" : ` with ids from ${ids.first} to ${ids.last}`;
      throw new PartChanged(`it has ${rows} rows, expected ${part.rows}${all}`);
    }
    return rows - before;
  } catch (error) {
    await copy?.cancel();
    if (error instanceof PartChanged) throw partChanged(cannot, error, remedy);
    const failure = loadFailure(error, {
      cannot,
      url: target.url,
      brings: true,
      skipped: before,
      ...(remedy === undefined ? {} : { remedy }),
    });
    throw namingActors(failure, table.name, acting, remedy);
  }
}

/**
 * Makes sure that a table took all rows that were sent. What the file has is counted once more, so
 * that its own fault is not blamed on a trigger.
 *
 * @throws {ReddError} environment, naming triggers and rules.
 */
function requireAllTaken(
  dataset: Dataset,
  table: Table,
  part: DatasetPart,
  { rows, cannot, ids, acting = [], after, remedy }: CopyOptions & {
    readonly rows: number;
    readonly cannot: string;
  },
): void {
  const at = table.columns.findIndex(({ name }) => name === identityColumn(table));
  const isOwn = (bytes: Uint8Array) => {
    if (ids === undefined || at < 0) return true;
    const id = Number(rowValues(bytes)[at]);
    return id >= ids.first && id <= ids.last;
  };
  const before = after?.rows ?? 0;
  let [seen, sent] = [0, before];
  for (const { bytes } of rowsOfPart(dataset, part, "load")) {
    if (++seen > before && isOwn(bytes)) sent++;
  }
  requireTaken({
    cannot,
    table: table.name,
    sent: sent - before,
    taken: rows - before,
    acting,
    remedy,
  });
}

/** Sets the search path for the rest of the transaction. */
async function setPath(target: Target, path: string): Promise<void> {
  await target.query("select pg_catalog.set_config('search_path', $1, true)", [path]);
}

/**
 * Sends the file's bytes, or its header and what follows the beginning that is there.
 *
 * @throws {PartChanged} when they are not those of the manifest.
 */
async function sendFile(
  copy: CopyIn,
  dataset: Dataset,
  part: DatasetPart,
  { after, onBytes }: CopyOptions,
): Promise<void> {
  using file = dataset.open(part);
  const buffer = new Uint8Array(CHUNK);
  const send = async (bytes: Uint8Array) => {
    await copy.write(bytes);
    onBytes?.(bytes.length);
  };
  let begun = false;
  let there = after?.bytes ?? 0;
  for (;;) {
    // What was loaded before is read by itself, so that its digest can be compared.
    const room = there > 0 ? buffer.subarray(0, Math.min(there, CHUNK)) : buffer;
    const length = await file.read(room);
    if (length === undefined) break;
    const bytes = buffer.subarray(0, length);
    if (there === 0) await send(bytes);
    else {
      if (!begun) await send(bytes.subarray(0, bytes.indexOf(NEWLINE) + 1));
      there -= length;
      if (there === 0 && file.digest() !== after?.sha256) {
        throw new PartChanged(
          `it does not begin with the ${after?.bytes} bytes that were loaded before`,
        );
      }
    }
    begun = true;
  }
  file.requireSigned();
}
