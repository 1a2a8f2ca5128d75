/**
 * The ledger of loads: the schema `redd` in the target (rulings.md#32). It says which dataset is being
 * loaded, which parts have arrived, and which indexes and keys are still to be put back.
 *
 * A part's line is written in the part's own transaction, a step's mark in the step's: what the
 * ledger says has happened, and nothing else has, wherever the loader or the server was stopped.
 */
import { createHash } from "node:crypto";
import { z } from "../../packages/zod.ts";
import { ReddError } from "../../errors.ts";
import { boundedText, mapping, trueOrFalse } from "../../fixtures/expected.ts";
import type { TableData } from "../../dataset/table_data.ts";
import { type IdMap, idMapOf, idMapText } from "../../aquamind/id_map.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { believed, count, someTables, tableName } from "./believed.ts";
import type { PartLine } from "./parts.ts";
import type { Step } from "./steps.ts";
import { hasLedger } from "./tables.ts";

/** What an unfinished load leaves and what a person can do: the remedy of every failure in it. */
export const UNDERWAY = "The load is not finished, and until it is, indexes and keys are missing " +
  "in the target: run the same command again to carry on, or take it back with --restore";

/** What a load found in the target when it began, as a rerun has to know it. */
export interface FoundInTarget {
  /** Rows of others in the dataset's tables; a table that was empty is left out. */
  readonly others: Readonly<Record<string, number>>;
  /** First and last id of the dataset's rows in the tables that have rows of others. */
  readonly ids: Readonly<Record<string, readonly [first: number, last: number]>>;
  /** Tables with master data of the target's own, into which the dataset's are merged. */
  readonly merged: readonly string[];
  /** The target's ids of users and content types; parts that are copied hold them already. */
  readonly idMap: IdMap;
}

/** A load as the ledger has it. */
export interface LoadLine extends FoundInTarget {
  /** `datasetDigest` of its manifest. */
  readonly dataset: string;
  /** The dataset's own name, for people. */
  readonly name: string;
  /** The schema of the tables. */
  readonly schema: string;
  /** Rows and parts of the whole dataset, those of tables left alone not counted. */
  readonly rows: number;
  readonly parts: number;
  /** Tables of Django's own that were left as the target had them. */
  readonly leftAlone: readonly string[];
  /** Tables that are loaded without their indexes and keys. */
  readonly rebuilt: readonly string[];
  readonly schemaCreated: boolean;
  readonly finished: boolean;
}

/**
 * The digest of what is loaded, and where: the schema, and the parts by path and sha256, in the
 * order of loading.
 */
export function datasetDigest(tableData: readonly TableData[], schema: string): string {
  const hash = createHash("sha256");
  hash.update(`${schema}\n`);
  for (const { entry } of tableData) {
    for (const { path, sha256 } of entry.parts) hash.update(`${path} ${sha256}\n`);
  }
  return hash.digest("hex");
}

/** A row of `load`, its texts taken apart. */
const lineSchema = mapping({
  dataset: z.string().regex(/^[0-9a-f]{64}$/, { error: "a sha256" }),
  name: z.string().max(1000),
  /** PostgreSQL's identifiers have 63 bytes. */
  schema: boundedText(63),
  rows: count,
  parts: count,
  leftAlone: someTables,
  rebuilt: someTables,
  schemaCreated: trueOrFalse,
  others: z.record(tableName, count),
  ids: z.record(tableName, z.tuple([count, count])),
  merged: someTables,
  idMap: z.array(z.tuple([
    tableName,
    z.array(z.tuple([count, count])),
    z.array(z.tuple([count, z.string().max(300)])),
  ])),
  finished: trueOrFalse,
});

/** The loads of the ledger, the oldest first; none where there is no ledger. */
export async function readLoads(target: Target): Promise<readonly LoadLine[]> {
  if (!await hasLedger(target)) return [];
  const rows = await target.query<{ json: string }>(
    `select json_build_object('dataset', dataset, 'name', name, 'schema', schema, 'rows', rows,
       'parts', parts, 'leftAlone', array_remove(string_to_array(left_alone, ','), ''),
       'rebuilt', array_remove(string_to_array(rebuilt, ','), ''),
       'schemaCreated', schema_created, 'others', others::json, 'ids', ids::json,
       'merged', array_remove(string_to_array(merged, ','), ''), 'idMap', own_ids,
       'finished', finished is not null)::text as json
     from ${LEDGER}.load order by begun`,
  );
  const lines = rows.map(({ json }) => {
    const line = JSON.parse(json) as { idMap: string };
    return { ...line, idMap: JSON.parse(line.idMap) };
  });
  return believed(target, lines, z.array(lineSchema)).map((line) => ({
    ...line,
    idMap: idMapOf(line.idMap),
  }));
}

/**
 * Makes sure that no load stands unfinished, whose tables lack their indexes and keys.
 *
 * @param deed What cannot be done otherwise, as in `Cannot <deed> <target>`.
 * @throws {ReddError} input, when one does.
 */
export async function refuseUnfinished(target: Target, deed = "load into"): Promise<void> {
  const line = (await readLoads(target)).find(({ finished }) => !finished);
  if (line !== undefined) throw unfinished(target, line, deed);
}

/** What is said to whoever would load something else over an unfinished load. */
export function unfinished(
  target: Target,
  { name, dataset }: LoadLine,
  deed = "load into",
): ReddError {
  return new ReddError("input", "LOAD_UNFINISHED", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because: `a load of the dataset ${name} (${dataset.slice(0, 12)}) in the rebuild way is not ` +
      "finished there, and until it is, indexes and keys are missing",
    remedy: "Load that dataset again with --method rebuild to finish it, or take it back with " +
      "--restore",
  });
}

/** Writes a load that begins, with the steps that will end it. */
export async function recordLoad(
  target: Target,
  line: Omit<LoadLine, "finished">,
  steps: readonly Step[],
): Promise<void> {
  await target.query(`delete from ${LEDGER}.load where dataset = $1`, [line.dataset]);
  await target.query(
    `insert into ${LEDGER}.load
       (dataset, name, schema, rows, parts, left_alone, rebuilt, schema_created, others,
        ids, merged, own_ids)
     values ($1, $2, $3, $4::text::bigint, $5::text::integer, $6, $7, $8::text::boolean, $9, $10,
       $11, $12)`,
    [
      line.dataset,
      line.name,
      line.schema,
      `${line.rows}`,
      `${line.parts}`,
      line.leftAlone.join(","),
      line.rebuilt.join(","),
      `${line.schemaCreated}`,
      JSON.stringify(line.others),
      JSON.stringify(line.ids),
      line.merged.join(","),
      idMapText(line.idMap),
    ],
  );
  await target.query(
    `insert into ${LEDGER}.step (place, stage, relation, name, sql, tablespace)
     select place, stage, relation, name, sql, tablespace from json_to_recordset($1::text::json)
       as steps (place int, stage text, relation text, name text, sql text, tablespace text)`,
    [JSON.stringify(steps)],
  );
}

/** Writes a load that is finished, with its parts. */
export async function recordFinished(
  target: Target,
  line: Omit<LoadLine, "finished">,
  parts: readonly PartLine[],
): Promise<void> {
  await recordLoad(target, line, []);
  await target.query(
    `insert into ${LEDGER}.part (dataset, "table", path, rows, bytes, sha256)
     select $1, "table", path, rows, bytes, sha256 from json_to_recordset($2::text::json)
       as parts ("table" text, path text, rows bigint, bytes bigint, sha256 text)`,
    [line.dataset, JSON.stringify(parts)],
  );
  await target.query(`update ${LEDGER}.load set finished = now() where dataset = $1`, [
    line.dataset,
  ]);
}

/** Writes that a load is finished. */
export async function recordEnd(target: Target, dataset: string): Promise<void> {
  await target.query(`delete from ${LEDGER}.step`);
  await target.query(`update ${LEDGER}.load set finished = now() where dataset = $1`, [dataset]);
}

/** Removes a load that was taken back. */
export async function removeLoad(target: Target, dataset: string): Promise<void> {
  await target.query(`delete from ${LEDGER}.step`);
  await target.query(`delete from ${LEDGER}.load where dataset = $1`, [dataset]);
}
