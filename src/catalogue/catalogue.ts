/** All checks and laws, in the order in which they run. */
import { anyFarmChecks } from "./checks/any_farm.ts";
import { batchChecks } from "./checks/batch.ts";
import type { VerifyCheck } from "./check.ts";
import { databaseChecks, rowsCheck } from "./checks/database.ts";
import { dateChecks } from "./checks/dates.ts";
import { dayChecks } from "./checks/days.ts";
import { feedChecks } from "./checks/feed.ts";
import { financeChecks } from "./checks/finance.ts";
import { fishChecks } from "./checks/fish.ts";
import { harvestChecks } from "./checks/harvest.ts";
import { healthChecks } from "./checks/health.ts";
import { historyChecks } from "./checks/history.ts";
import { infrastructureChecks } from "./checks/infrastructure.ts";
import { keepingChecks } from "./checks/keeping.ts";
import { keepingHealthChecks } from "./checks/keeping_health.ts";
import { makerChecks } from "./checks/makers.ts";
import { masterChecks } from "./checks/master.ts";
import { orderChecks } from "./checks/order.ts";
import { recordChecks } from "./checks/records.ts";
import { scenarioChecks } from "./checks/scenario.ts";
import { setUpChecks } from "./checks/set_up.ts";
import { stateChecks } from "./checks/states.ts";
import { summaryChecks } from "./checks/summaries.ts";
import { wholeChecks } from "./checks/whole.ts";

/** Those that ask for tables alone: they run on a database and on files. */
export const dataChecks: readonly VerifyCheck[] = [
  rowsCheck,
  ...infrastructureChecks,
  ...masterChecks,
  ...setUpChecks,
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
  ...keepingChecks,
  ...keepingHealthChecks,
  ...financeChecks,
  ...makerChecks,
  ...historyChecks,
  ...orderChecks,
  ...dateChecks,
  ...anyFarmChecks,
];

/** All of them: those of the data, then those of a database that holds it. */
export const allChecks: readonly VerifyCheck[] = [...dataChecks, ...databaseChecks];
