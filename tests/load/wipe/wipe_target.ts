/** Targets of a wipe: what is wiped of them, their ledger, others' sessions, and refusals. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import postgres from "postgres";
import type { Fault } from "../../../src/errors.ts";
import { recordFinished, recordLoad } from "../../../src/load/ledger/loads.ts";
import { createLedger } from "../../../src/load/ledger/tables.ts";
import { SAME_IDS } from "../../../src/aquamind/id_map.ts";
import { connect } from "../../../src/postgres/target.ts";
import { OPERATIONAL, OPERATIONAL_SINCE_2026_03 } from "../../../src/load/wipe/operational.ts";
import { wipeDatabase, type WipeOptions } from "../../../src/load/wipe/wipe.ts";
import { digestsOf } from "../rebuild/farm.ts";
import { refusal } from "../refusal.ts";
import { numberingOf } from "./full_database.ts";

/** The digests of two loads: of the schema that is wiped, and of another. */
const OWN = "a".repeat(64);
export const OTHERS = "d".repeat(64);

/** The tables that a wipe empties, of either schema. */
export const WIPED = new Set([...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03]);

/** One database for all tests that leave it as it is. */
export function steady(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => made ??= make();
}

/** Makes sure that a wipe is refused and that every row and number is as it was. */
export async function refusedUnchanged(
  url: string,
  fault: Fault,
  code: string,
  options: WipeOptions = {},
  as = url,
): Promise<string> {
  const before = [await digestsOf(url), await numberingOf(url)];
  const message = await refusal(() => wipeDatabase(as, options), fault, code);
  assertEquals([await digestsOf(url), await numberingOf(url)], before);
  return message;
}

/** Opens a session that stays open, for locks. */
export async function session(url: string): Promise<postgres.Sql & AsyncDisposable> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  await sql.unsafe("begin");
  return Object.assign(sql, { [Symbol.asyncDispose]: () => sql.end({ timeout: 0 }) });
}

/** A ledger with a load of the schema public, finished or not, and a finished one of another. */
export async function writeLedger(url: string, finished: boolean): Promise<void> {
  const target = await connect(url);
  await createLedger(target);
  const line = (dataset: string, schema: string) => ({
    dataset,
    name: "farm",
    schema,
    rows: 1,
    parts: 1,
    leftAlone: [],
    rebuilt: [],
    schemaCreated: false,
    others: {},
    ids: {},
    merged: [],
    idMap: SAME_IDS,
  });
  const part = { table: "batch_batch", path: "a.csv", rows: 1, bytes: 2, sha256: "" };
  await recordFinished(target, line(OTHERS, "other"), [part]);
  if (finished) await recordFinished(target, line(OWN, "public"), [part]);
  else await recordLoad(target, line(OWN, "public"), []);
  await target.close();
}
