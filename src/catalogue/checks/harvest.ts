/** Checks of harvests, and the law of eggs until then (acceptance C-08 to C-29). */
import type { VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";
import { GRADUAL, GRADUAL_TABLES, wide } from "./fragments.ts";
import {
  feedConversion,
  longest,
  seaStart,
  stageStarts,
  survival,
  survivalTolerance,
  values,
} from "./life.ts";

/** The share of some fish that live until a day at sea, given the share that goes to sea. */
function livingAtSea(share: number, { life, deaths }: CheckRates<"life" | "deaths">): string {
  return `${share} * power(CAST(${1 - deaths.perDay.at(-1)!} AS float8), days - ${seaStart(life)})`;
}

/** All checks of this file. */
export const harvestChecks: readonly VerifyCheck[] = [
  {
    id: "C-08",
    title: "as many eggs and fed fish live until harvest as their mortality leaves, " +
      "70 to 85 % and 83 to 90 % as documented",
    source: "Guides v1.0 and v6.0 (D-07)",
    tables: [
      "batch_batch",
      "harvest_harvestevent",
      "batch_creationworkflow",
      "batch_mortalityevent",
      ...GRADUAL_TABLES,
    ],
    ...sqlBy(["life", "deaths"], (rates) => {
      const [fed, sea] = [stageStarts(rates.life)[1]!, seaStart(rates.life)];
      return `
      WITH ${GRADUAL}, harvested AS (
        SELECT batch_id, min(CAST(event_date AS date)) AS day FROM harvest_harvestevent
        WHERE batch_id NOT IN (SELECT batch_id FROM gradual) GROUP BY batch_id
      ), lives AS (
        SELECT b.batch_number, h.day - b.start_date AS days, w.total_eggs_received AS eggs,
          coalesce(sum(m.count), 0) AS deaths,
          coalesce(sum(CASE WHEN m.event_date < b.start_date + ${fed} THEN m.count END), 0)
            AS egg_deaths
        FROM batch_batch b JOIN harvested h ON h.batch_id = b.id
        JOIN batch_creationworkflow w ON w.batch_id = b.id
        LEFT JOIN batch_mortalityevent m ON m.batch_id = b.id
        GROUP BY b.id, b.batch_number, b.start_date, h.day, w.total_eggs_received
      ), shares AS (
        SELECT *, ${livingAtSea(survival(rates, 0, sea), rates)} AS of_eggs,
          ${livingAtSea(survival(rates, fed, sea), rates)} AS of_fed
        FROM lives
      )
      SELECT batch_number, eggs, egg_deaths, deaths, of_eggs, of_fed FROM shares
      WHERE abs(1.0 * (eggs - deaths) / nullif(eggs, 0) - of_eggs) > ${
        survivalTolerance("of_eggs", "eggs")
      }
        OR abs(1.0 * (eggs - deaths) / nullif(eggs - egg_deaths, 0) - of_fed)
          > ${survivalTolerance("of_fed", "(eggs - egg_deaths)")}`;
    }),
    expects: "no rows",
  },
  {
    id: "C-09",
    title: "completed batches ate as much for every kg they grew as their rates give, " +
      "0.9 to 3.0 kg as documented",
    source: "Guide v6.0, README v3.0; within 5 %",
    tables: [
      "batch_batch",
      "inventory_feedingevent",
      "batch_batchcontainerassignment",
      "harvest_harvestevent",
      "batch_mortalityevent",
    ],
    ...sqlBy(["life", "growth", "deaths", "feeding"], (rates) => `
      WITH usual (days, kg) AS (
        VALUES ${values(feedConversion(rates).map(([days, kg]) => [days, Number(kg.toFixed(6))]))}
      ), fed AS (
        SELECT batch_id, sum(amount_kg) AS kg FROM inventory_feedingevent GROUP BY batch_id
      ), harvested AS (
        SELECT a.batch_id, min(CAST(e.event_date AS date)) AS day,
          sum(${wide("a.population_count", 0)} * a.avg_weight_g / 1000) AS kg
        FROM batch_batchcontainerassignment a JOIN harvest_harvestevent e ON e.assignment_id = a.id
        GROUP BY a.batch_id
      ), dead AS (
        SELECT batch_id, sum(biomass_kg) AS kg FROM batch_mortalityevent GROUP BY batch_id
      )
      SELECT b.batch_number, f.kg AS fed_kg, h.kg AS harvested_kg, d.kg AS dead_kg, u.kg AS usual
      FROM batch_batch b JOIN harvested h ON h.batch_id = b.id
      LEFT JOIN fed f ON f.batch_id = b.id LEFT JOIN dead d ON d.batch_id = b.id
      LEFT JOIN usual u ON u.days = h.day - b.start_date
      WHERE b.status = 'COMPLETED' AND (u.kg IS NULL
        OR abs(coalesce(f.kg, 0) - u.kg * (h.kg + coalesce(d.kg, 0)))
          > 0.05 * u.kg * (h.kg + coalesce(d.kg, 0)))`),
    expects: "no rows",
  },
  {
    id: "C-15",
    title: "harvested fish have reached a target weight or the end of their last stage, and not " +
      "long ago; 4.5 to 6.7 kg as documented",
    source: "Guide v6.0, rulings",
    tables: ["batch_batch", "harvest_harvestlot", "harvest_harvestevent"],
    ...sqlBy(["life", "growth", "harvest"], ({ life, growth, harvest }) => {
      const [least, most] = harvest.targetKg.map((kg) => kg * harvest.weightFactor);
      const daily = (Math.cbrt(harvest.targetKg[1] * 1000) + growth.stages.at(-1)!.step) ** 3 /
        (harvest.targetKg[1] * 1000);
      return `
      WITH lots AS (
        SELECT e.batch_id, min(CAST(e.event_date AS date)) AS day,
          sum(l.live_weight_kg) / nullif(sum(l.unit_count), 0) AS kg
        FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
        GROUP BY e.batch_id
      )
      SELECT b.batch_number, l.day, l.kg FROM lots l JOIN batch_batch b ON b.id = l.batch_id
      WHERE l.kg > 1.002 * ${Math.max(most! * daily, most!)}
        OR (l.kg < 0.998 * ${least} AND l.day < b.start_date + ${longest(life)})`;
    }),
    expects: "no rows",
  },
  {
    id: "C-16-HARVEST",
    title: "batches of which all fish are harvested, and only they, are completed, on the last day",
    source: "Guide v6.0 (B-04)",
    defects: ["B-04"],
    wholeFarm: true,
    tables: ["batch_batch", "harvest_harvestevent", "batch_batchcontainerassignment"],
    sql: `
      WITH harvested AS (
        SELECT batch_id, max(CAST(event_date AS date)) AS last_day
        FROM harvest_harvestevent GROUP BY batch_id
      ), swimming AS (
        SELECT DISTINCT batch_id FROM batch_batchcontainerassignment WHERE is_active
      )
      SELECT b.batch_number, b.status, b.actual_end_date, h.last_day, s.batch_id AS swimming
      FROM batch_batch b LEFT JOIN harvested h ON h.batch_id = b.id
      LEFT JOIN swimming s ON s.batch_id = b.id
      WHERE (b.status = 'COMPLETED') <> (h.batch_id IS NOT NULL AND s.batch_id IS NULL)
        OR (b.status = 'COMPLETED' AND h.last_day IS DISTINCT FROM b.actual_end_date)`,
    expects: "no rows",
  },
  {
    id: "C-29",
    title: "a harvest takes all fish of its ring, and the fish leave that day",
    source: "integrity rule (B-22, B-32)",
    defects: ["B-22", "B-32"],
    wholeFarm: true,
    tables: ["harvest_harvestevent", "harvest_harvestlot", "batch_batchcontainerassignment"],
    sql: `
      WITH lots AS (
        SELECT event_id, sum(unit_count) AS fish FROM harvest_harvestlot GROUP BY event_id
      )
      SELECT e.document_ref, l.fish AS in_lots, a.population_count, a.departure_date
      FROM harvest_harvestevent e JOIN batch_batchcontainerassignment a ON a.id = e.assignment_id
      LEFT JOIN lots l ON l.event_id = e.id
      WHERE coalesce(l.fish, 0) <> a.population_count OR a.is_active OR a.batch_id <> e.batch_id
        OR a.departure_date IS DISTINCT FROM CAST(e.event_date AS date)`,
    expects: "no rows",
  },
  {
    id: "LAW-HARVEST",
    title: "lots weigh about what their ring weighs, gutted and filleted their shares of it, " +
      "85 and 55 % as documented",
    source: "domain.md#14",
    tables: ["harvest_harvestevent", "harvest_harvestlot", "batch_batchcontainerassignment"],
    ...sqlBy(["harvest"], ({ harvest }) => `
      SELECT 'lot' AS what, id, live_weight_kg, gutted_weight_kg, fillet_weight_kg
      FROM harvest_harvestlot
      WHERE abs(gutted_weight_kg - ${harvest.guttedShare} * live_weight_kg) > 0.0011
        OR abs(fillet_weight_kg - ${harvest.filletShare} * live_weight_kg) > 0.0011
        OR gutted_weight_kg IS NULL OR fillet_weight_kg IS NULL
      UNION ALL
      SELECT 'event', e.id, l.kg, a.kg, l.kg / nullif(a.kg, 0) FROM harvest_harvestevent e
      JOIN (
        SELECT event_id, sum(live_weight_kg) AS kg FROM harvest_harvestlot GROUP BY event_id
      ) l ON l.event_id = e.id
      JOIN (
        SELECT id, population_count AS fish,
          ${wide("population_count", 0)} * avg_weight_g / 1000 AS kg
        FROM batch_batchcontainerassignment WHERE population_count > 0
      ) a ON a.id = e.assignment_id
      WHERE abs(l.kg / nullif(a.kg, 0) - ${harvest.weightFactor})
        > greatest(0.001, ${harvest.remainderFactor} / nullif(a.fish, 0))`),
    expects: "no rows",
  },
  {
    id: "LAW-EGGS",
    title: "every egg is dead, harvested or still swimming, and facts count the harvested",
    source: "design.md#promise-3",
    defects: ["B-02"],
    wholeFarm: true,
    tables: [
      "batch_batch",
      "batch_creationworkflow",
      "batch_mortalityevent",
      "batch_transferaction",
      "batch_batchtransferworkflow",
      "batch_batchcontainerassignment",
      "harvest_harvestevent",
      "harvest_harvestlot",
      "finance_factharvest",
    ],
    sql: `
      WITH dead AS (
        SELECT batch_id, sum(count) AS fish FROM batch_mortalityevent GROUP BY batch_id
      ), lost AS (
        SELECT w.batch_id, sum(t.mortality_during_transfer) AS fish FROM batch_transferaction t
        JOIN batch_batchtransferworkflow w ON w.id = t.workflow_id GROUP BY w.batch_id
      ), swimming AS (
        SELECT batch_id, sum(population_count) AS fish FROM batch_batchcontainerassignment
        WHERE is_active GROUP BY batch_id
      ), harvested AS (
        SELECT e.batch_id, sum(l.unit_count) AS fish FROM harvest_harvestlot l
        JOIN harvest_harvestevent e ON e.id = l.event_id GROUP BY e.batch_id
      ), facts AS (
        SELECT dim_batch_id AS batch_id, sum(unit_count) AS fish FROM finance_factharvest
        GROUP BY dim_batch_id
      )
      SELECT b.batch_number, w.total_eggs_received AS eggs, d.fish AS dead, l.fish AS lost,
        s.fish AS swimming, h.fish AS harvested, f.fish AS in_facts
      FROM batch_batch b LEFT JOIN batch_creationworkflow w ON w.batch_id = b.id
      LEFT JOIN dead d ON d.batch_id = b.id LEFT JOIN lost l ON l.batch_id = b.id
      LEFT JOIN swimming s ON s.batch_id = b.id LEFT JOIN harvested h ON h.batch_id = b.id
      LEFT JOIN facts f ON f.batch_id = b.id
      WHERE w.id IS NULL OR coalesce(h.fish, 0) <> coalesce(f.fish, 0)
        OR w.total_eggs_received <> coalesce(d.fish, 0) + coalesce(l.fish, 0)
          + coalesce(s.fish, 0) + coalesce(h.fish, 0)`,
    expects: "no rows",
  },
];
