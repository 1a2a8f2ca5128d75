/** Checks of who made the records, and of what AquaMind lets them see. */
import { tableNamed } from "../../tables/catalog.ts";
import { madeSince, type VerifyCheck } from "../check.ts";

/** Records of earlier datasets were all made by one user, who might see none of them. */
const MADE_BY_ROLE = madeSince("0.4.0");

const OPERATOR = "operator_01";
const VET = "vet_01";
const MANAGER = "manager_01";

/** The users by the roles that they must have. */
const ROLES = [["system_admin", "ADMIN"], [MANAGER, "MGR"], [VET, "VET"], [OPERATOR, "OPR"]];

/** Who may have made the rows of a table, and in which columns it stands. */
interface Made {
  readonly table: string;
  readonly by: readonly string[];
  readonly columns: readonly string[];
}

/** What is made by one user, live rows and histories alike. */
function makes(user: string, tables: Readonly<Record<string, readonly string[]>>): Made[] {
  return Object.entries(tables).map(([table, columns]) => ({ table, by: [user], columns }));
}

const PAST = ["history_user_id"];

/** Every table whose rows say who made them. */
const MADE: readonly Made[] = [
  ...makes(VET, {
    health_licecount: ["user_id"],
    health_historicallicecount: ["user_id", ...PAST],
    health_journalentry: ["user_id"],
    health_historicaljournalentry: ["user_id", ...PAST],
    health_healthsamplingevent: ["sampled_by_id"],
    health_historicalhealthsamplingevent: ["sampled_by_id", ...PAST],
    health_treatment: ["user_id"],
    health_historicaltreatment: ["user_id", ...PAST],
  }),
  ...makes(OPERATOR, {
    batch_historicalmortalityevent: PAST,
    batch_historicalgrowthsample: PAST,
    batch_historicalindividualgrowthobservation: PAST,
    inventory_historicalfeedingevent: PAST,
    inventory_historicalfeedpurchase: PAST,
    inventory_historicalfeedcontainerstock: PAST,
    inventory_historicalcontainerfeedingsummary: PAST,
    inventory_historicalbatchfeedingsummary: PAST,
    harvest_historicalharvestevent: PAST,
    harvest_historicalharvestlot: PAST,
  }),
  ...makes(MANAGER, {
    batch_creationworkflow: ["created_by_id"],
    batch_historicalbatchcreationworkflow: ["created_by_id", ...PAST],
    batch_creationaction: ["executed_by_id"],
    batch_historicalcreationaction: ["executed_by_id", ...PAST],
    batch_batchtransferworkflow: ["initiated_by_id"],
    batch_historicalbatchtransferworkflow: ["initiated_by_id", ...PAST],
    batch_transferaction: ["executed_by_id"],
    batch_historicaltransferaction: ["executed_by_id", ...PAST],
    batch_historicalbatch: PAST,
    scenario: ["created_by_id"],
    finance_historicalfactharvest: PAST,
    finance_historicalintercompanytransaction: PAST,
  }),
  // Opened and closed by the manager, and saved with every day's work.
  { table: "batch_historicalbatchcontainerassignment", by: [MANAGER, OPERATOR], columns: PAST },
];

function makerCheck({ table, by, columns }: Made): VerifyCheck {
  const key = tableNamed(table).primaryKey.columns[0]!;
  const names = by.map((name) => `'${name}'`).join(", ");
  return {
    id: `LAW-MAKER ${table}`,
    title: `rows were made by ${by.join(" or ")}`,
    source: "domain.md#1",
    tables: [table, "auth_user"],
    basis: "version",
    sql: columns.map((column) => `
      SELECT '${column}' AS maker, r.${key} AS id, u.username FROM ${table} r
      LEFT JOIN auth_user u ON u.id = r.${column}
      WHERE u.username IS NULL OR u.username NOT IN (${names})`).join("\n      UNION ALL"),
    expects: "no rows",
    needs: [MADE_BY_ROLE],
  };
}

/** All checks of this file. */
export const makerChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-ROLE",
    title:
      "the users have the roles with which AquaMind shows them what they made: administrator, " +
      "manager, veterinarian, operator",
    source: "domain.md#3.4",
    tables: ["auth_user", "users_userprofile"],
    basis: "version",
    sql: `
      WITH wanted (username, role) AS (VALUES ${
      ROLES.map(([name, role]) => `('${name}', '${role}')`).join(", ")
    })
      SELECT w.username, w.role AS expected, p.role FROM wanted w
      LEFT JOIN auth_user u ON u.username = w.username
      LEFT JOIN users_userprofile p ON p.user_id = u.id
      WHERE p.role IS DISTINCT FROM w.role OR NOT u.is_active`,
    expects: "no rows",
    needs: [MADE_BY_ROLE],
  },
  ...MADE.map(makerCheck),
];
