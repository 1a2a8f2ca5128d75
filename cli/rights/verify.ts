/** The rights of `redd verify`. */
import { dirname } from "node:path";
import type { Surroundings } from "../../src/postgres/connection/resolve.ts";
import { duckdbFile } from "../../src/packages/duckdb.ts";
import { marksAround } from "../../src/schedule/marks.ts";
import type { Given } from "../command.ts";
import { connectionFor } from "../database.ts";
import { verifiedBy } from "../verify_line.ts";
import { filedRights } from "./archive.ts";
import { databaseRights, serverRights } from "./database.ts";
import { NO_RIGHTS, reach, type Rights, sum } from "./rights.ts";

/**
 * The rights of a line of `redd verify`: to read a dataset, through DuckDB's one library where files
 * are checked, to reach a database where one is, and to write the file of `--junit`.
 */
export async function verifyRights(given: Given, surroundings: Surroundings): Promise<Rights> {
  const [dataset] = given.operands;
  if (given.on("list") || given.text("explain") !== undefined) return NO_RIGHTS;
  const { files, database } = verifiedBy(given);
  // Without a dataset, files cannot be checked: the line is refused.
  if (dataset === undefined && files) return NO_RIGHTS;
  const junit = given.text("junit");
  return sum(
    junit === undefined ? {} : {
      // The folder is read to have a new name in it reach the disk.
      read: [...reach(dirname(junit)), ...marksAround(junit)],
      write: reach(junit, `${junit}.partial`),
    },
    files ? sum(filedRights(dataset!), { ffi: [await duckdbFile()] }) : {},
    database ? await databaseRights("verify", given, surroundings, dataset) : {},
    database && dataset === undefined && await isEmbedded(given, surroundings)
      ? await serverRights(given)
      : {},
  );
}

async function isEmbedded(given: Given, surroundings: Surroundings): Promise<boolean> {
  return await connectionFor("verify", given, surroundings) === undefined;
}
