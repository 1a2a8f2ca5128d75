/** Mutations of lice counts, health samplings, treatments and journal entries. */
import { first, last, type Mutation } from "./mutation.ts";

const COUNT = "health_licecount";
const JOURNAL = "health_journalentry";
const SAMPLING = "health_healthsamplingevent";
const FISH = "health_individualfishobservation";
const SCORE = "health_fishparameterscore";
const TREATMENT = "health_treatment";

export const healthMutations: readonly Mutation[] = [
  { check: "C-06-HEALTH", sql: `DELETE FROM ${JOURNAL} WHERE ${last(JOURNAL)}` },
  { check: "C-06-HEALTH", sql: `DELETE FROM ${TREATMENT} WHERE ${last(TREATMENT)}` },
  {
    check: "C-06-HEALTH",
    on: "pair",
    sql: `DELETE FROM ${COUNT}
      WHERE container_id = (SELECT container_id FROM ${COUNT} WHERE ${first(COUNT)})
        AND count_date = (SELECT min(count_date) FROM ${COUNT})`,
  },
  {
    check: "C-35-HEALTH",
    on: "pair",
    sql: `UPDATE ${SAMPLING} SET sampling_date = sampling_date - 1 WHERE ${first(SAMPLING)}`,
  },
  {
    check: "C-35-HEALTH",
    sql: `UPDATE ${TREATMENT} SET treatment_date = treatment_date - interval '1 day'
      WHERE ${first(TREATMENT)}`,
    also: ["B-12"],
  },
  { check: "B-11", on: "pair", sql: `DELETE FROM ${SCORE} WHERE ${last(SCORE)}` },
  { check: "B-11", on: "pair", sql: `DELETE FROM ${FISH} WHERE ${last(FISH)}` },
  {
    check: "B-11",
    on: "pair",
    sql: `UPDATE ${FISH} SET weight_g = weight_g + 10 WHERE ${first(FISH)}`,
  },
  {
    check: "B-11",
    on: "pair",
    sql: `UPDATE ${SAMPLING} SET avg_k_factor = avg_k_factor + 0.0002 WHERE ${first(SAMPLING)}`,
  },
  {
    check: "B-12",
    sql: `UPDATE ${TREATMENT} SET withholding_period_days = 20 WHERE ${first(TREATMENT)}`,
  },
  { check: "B-12", sql: `UPDATE ${TREATMENT} SET vaccination_type_id = NULL WHERE id = 2` },
  {
    check: "B-12",
    on: "life",
    sql: `UPDATE ${TREATMENT} SET duration_days = 8 WHERE ${last(TREATMENT)}`,
  },
  {
    check: "B-13",
    on: "pair",
    sql: `UPDATE ${COUNT} SET fish_sampled = 19 WHERE ${first(COUNT)}`,
  },
  {
    check: "B-13",
    on: "pair",
    sql: `UPDATE ${COUNT} SET juvenile_count = 1 WHERE ${last(COUNT)}`,
  },
  { check: "C-39", on: "pair", sql: `UPDATE ${SCORE} SET score = 3 WHERE score = 2` },
  {
    check: "LAW-PLACE-HEALTH",
    on: "pair",
    sql: `UPDATE ${COUNT} SET assignment_id = NULL WHERE ${first(COUNT)}`,
  },
  {
    check: "LAW-PLACE-HEALTH",
    on: "pair",
    sql: `UPDATE ${COUNT} SET container_id = NULL WHERE ${first(COUNT)}`,
    also: ["C-06-HEALTH"],
  },
  {
    check: "LAW-PLACE-HEALTH",
    sql: `UPDATE ${TREATMENT} SET batch_assignment_id = batch_assignment_id + 1
      WHERE ${first(TREATMENT)}`,
  },
  {
    check: "LAW-PLACE-HEALTH",
    sql: `UPDATE ${JOURNAL} SET container_id = container_id + 100 WHERE ${first(JOURNAL)}`,
  },
  {
    check: "LAW-PLACE-HEALTH",
    sql: `UPDATE ${JOURNAL} SET container_id =
        (SELECT container_id FROM ${JOURNAL} WHERE ${last(JOURNAL)}) WHERE ${first(JOURNAL)}`,
  },
  {
    check: "LAW-SEA-HEALTH",
    on: "pair",
    sql: `UPDATE ${COUNT} SET container_id = 1, assignment_id = 1 WHERE ${first(COUNT)}`,
    also: ["C-06-HEALTH", "C-35-HEALTH"],
  },
  {
    check: "LAW-SEA-HEALTH",
    on: "life",
    sql: `UPDATE ${TREATMENT} SET treatment_type = 'vaccination' WHERE ${last(TREATMENT)}`,
    also: ["B-12"],
  },
];
