/** All checks and laws, in the order in which they run. */
import { batchChecks } from "./batch.ts";
import type { Check } from "./check.ts";
import { databaseChecks, rowsCheck } from "./database.ts";
import { dayChecks } from "./days.ts";
import { feedChecks } from "./feed.ts";
import { financeChecks } from "./finance.ts";
import { fishChecks } from "./fish.ts";
import { harvestChecks } from "./harvest.ts";
import { healthChecks } from "./health.ts";
import { historyChecks } from "./history.ts";
import { infrastructureChecks } from "./infrastructure.ts";
import { masterChecks } from "./master.ts";
import { orderChecks } from "./order.ts";
import { recordChecks } from "./records.ts";
import { scenarioChecks } from "./scenario.ts";
import { stateChecks } from "./states.ts";
import { summaryChecks } from "./summaries.ts";
import { wholeChecks } from "./whole.ts";

/** Those that ask for tables alone: they run on a database and on files. */
export const dataChecks: readonly Check[] = [
  rowsCheck,
  ...infrastructureChecks,
  ...masterChecks,
  ...batchChecks,
  ...wholeChecks,
  ...recordChecks,
  ...feedChecks,
  ...fishChecks,
  ...scenarioChecks,
  ...stateChecks,
  ...dayChecks,
  ...summaryChecks,
  ...healthChecks,
  ...harvestChecks,
  ...financeChecks,
  ...historyChecks,
  ...orderChecks,
];

/** Those that run on PostgreSQL: the data, then the catalog. */
export const postgresChecks: readonly Check[] = [...dataChecks, ...databaseChecks];
