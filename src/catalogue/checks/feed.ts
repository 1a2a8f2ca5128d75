/** Checks of purchases, stores and lots, and the law of feed (acceptance C-11 to C-36, rulings.md#13). */
import type { VerifyCheck } from "../check.ts";
import { sqlBy } from "../rates.ts";
import { STORES, STORES_TABLES, wide } from "./fragments.ts";

/** Changes of lots in their order; the first of a lot adds what was bought. */
const CHANGES = `
  changes AS (
    SELECT h.history_id, h.id, h.feed_container_id, h.feed_purchase_id, h.history_type,
      h.history_date, h.entry_date, h.quantity_kg,
      h.quantity_kg - lag(h.quantity_kg, 1, 0) OVER (PARTITION BY h.id ORDER BY h.history_id)
        AS change
    FROM inventory_historicalfeedcontainerstock h
  )`;

/** Days that an order may be under way: until then a purchase without stock is no lost feed. */
const UNDER_WAY = 14;

/** All checks of this file. */
export const feedChecks: readonly VerifyCheck[] = [
  {
    id: "C-11",
    title: "feed containers hold some feed, and never more than fits",
    source: "Guide v1.0 and v6.0",
    defects: ["B-18"],
    wholeFarm: true,
    tables: ["infrastructure_feedcontainer", "inventory_feedcontainerstock"],
    sql: `
      SELECT f.name, f.capacity_kg, sum(s.quantity_kg) AS stock_kg
      FROM infrastructure_feedcontainer f
      JOIN inventory_feedcontainerstock s ON s.feed_container_id = f.id
      GROUP BY f.id, f.name, f.capacity_kg
      HAVING sum(s.quantity_kg) > f.capacity_kg OR sum(s.quantity_kg) <= 0
        OR min(s.quantity_kg) < 0`,
    expects: "no rows",
  },
  {
    id: "C-12",
    title: "of every feed, what was bought is eaten or left",
    source: "integrity rule",
    wholeFarm: true,
    tables: [
      "inventory_feed",
      "inventory_feedpurchase",
      "inventory_feedcontainerstock",
      "inventory_feedingevent",
    ],
    sql: `
      SELECT f.name, u.kg AS used_kg, e.kg AS eaten_kg FROM inventory_feed f
      LEFT JOIN (
        SELECT p.feed_id, sum(p.quantity_kg - coalesce(s.quantity_kg, 0)) AS kg, count(*) AS lots
        FROM inventory_feedpurchase p
        LEFT JOIN inventory_feedcontainerstock s ON s.feed_purchase_id = p.id
        WHERE s.id IS NOT NULL OR p.purchase_date
          <= (SELECT max(purchase_date) FROM inventory_feedpurchase) - ${UNDER_WAY}
        GROUP BY p.feed_id
      ) u ON u.feed_id = f.id
      LEFT JOIN (
        SELECT feed_id, sum(amount_kg) AS kg FROM inventory_feedingevent GROUP BY feed_id
      ) e ON e.feed_id = f.id
      WHERE abs(coalesce(u.kg, 0) - coalesce(e.kg, 0)) > 0.005 * coalesce(u.lots, 0)`,
    expects: "no rows",
  },
  {
    id: "C-13",
    title:
      "orders are the share of the capacity at most, come after the days of delivery, have the " +
      "price and unique numbers; 80 %, three days and 2.30 as documented",
    source: "Guide v1.0 and v6.0",
    tables: [
      "inventory_feedpurchase",
      "inventory_feedcontainerstock",
      "infrastructure_feedcontainer",
    ],
    ...sqlBy(["orders"], ({ orders }) => `
      SELECT p.batch_number, 'quantity, delivery, price or number' AS what
      FROM inventory_feedpurchase p
      JOIN inventory_feedcontainerstock s ON s.feed_purchase_id = p.id
      JOIN infrastructure_feedcontainer f ON f.id = s.feed_container_id
      WHERE p.batch_number LIKE 'AUTO-%'
        AND (p.quantity_kg * 100 > ${orders.atMostPercent} * f.capacity_kg
          OR p.quantity_kg <= ${orders.moreThanKg}
          OR CAST(s.entry_date AS date) <> p.purchase_date + ${orders.deliveryDays}
          OR extract(hour FROM s.entry_date) <> 0 OR p.cost_per_kg <> ${orders.pricePerKg}
          OR substr(p.batch_number, 6, 8)
            <> replace(CAST(p.purchase_date AS varchar), '-', ''))
      UNION ALL
      SELECT batch_number, 'number of ' || CAST(count(*) AS varchar) || ' purchases'
      FROM inventory_feedpurchase GROUP BY batch_number HAVING count(*) > 1
      UNION ALL
      SELECT p.batch_number, CAST(count(s.id) AS varchar) || ' lots' FROM inventory_feedpurchase p
      LEFT JOIN inventory_feedcontainerstock s ON s.feed_purchase_id = p.id
      GROUP BY p.id, p.batch_number, p.purchase_date
      HAVING count(s.id) <> CASE WHEN p.purchase_date + ${orders.deliveryDays} > :as_of
        AND p.batch_number LIKE 'AUTO-%' THEN 0 ELSE 1 END`),
    expects: "no rows",
  },
  {
    id: "C-36",
    title: "a lot is untouched until the older lots of its feed in its container are eaten",
    source: "Guide v1.0",
    tables: [
      "inventory_feedcontainerstock",
      "inventory_feedpurchase",
      "inventory_historicalfeedcontainerstock",
    ],
    sql: `
      WITH touched AS (
        SELECT id, min(history_id) AS first_time, max(history_id) AS last_time
        FROM inventory_historicalfeedcontainerstock WHERE history_type = '~' GROUP BY id
      ), lots AS (
        SELECT s.id, t.first_time,
          lag(s.id) OVER age AS older, lag(s.quantity_kg) OVER age AS older_left,
          lag(t.last_time) OVER age AS older_last_time
        FROM inventory_feedcontainerstock s
        JOIN inventory_feedpurchase p ON p.id = s.feed_purchase_id
        LEFT JOIN touched t ON t.id = s.id
        WINDOW age AS (PARTITION BY s.feed_container_id, p.feed_id ORDER BY s.entry_date, s.id)
      )
      SELECT id AS lot, older, older_left FROM lots
      WHERE first_time IS NOT NULL AND older IS NOT NULL
        AND (older_left > 0.01 OR older_last_time > first_time)`,
    expects: "no rows",
  },
  {
    id: "LAW-FEED-STORE",
    title: "in every store, what was bought is eaten by its containers or left",
    source: "rulings.md#13 and rulings.md#14",
    wholeFarm: true,
    tables: [
      ...STORES_TABLES,
      "inventory_feedingevent",
      "inventory_feedpurchase",
      "inventory_feedcontainerstock",
    ],
    sql: `
      WITH ${STORES}, meals AS (
        SELECT container_id, feed_id, sum(amount_kg) AS kg FROM inventory_feedingevent
        GROUP BY container_id, feed_id
      ), eaten AS (
        SELECT s.feed_container_id, m.feed_id, sum(m.kg) AS kg
        FROM meals m JOIN stores s ON s.container_id = m.container_id
        GROUP BY s.feed_container_id, m.feed_id
      ), used AS (
        SELECT s.feed_container_id, p.feed_id, sum(p.quantity_kg - s.quantity_kg) AS kg,
          count(*) AS lots
        FROM inventory_feedcontainerstock s
        JOIN inventory_feedpurchase p ON p.id = s.feed_purchase_id
        GROUP BY s.feed_container_id, p.feed_id
      )
      SELECT feed_container_id, feed_id, u.kg AS used_kg, e.kg AS eaten_kg
      FROM used u FULL JOIN eaten e USING (feed_container_id, feed_id)
      WHERE abs(coalesce(u.kg, 0) - coalesce(e.kg, 0)) > 0.005 * coalesce(u.lots, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FEED-COST",
    title: "in every store, meals cost what their lots cost",
    source: "domain.md#7.1",
    wholeFarm: true,
    tables: [
      ...STORES_TABLES,
      "inventory_feedingevent",
      "inventory_feedpurchase",
      "inventory_feedcontainerstock",
    ],
    sql: `
      WITH ${STORES}, meals AS (
        SELECT container_id, feed_id, sum(feed_cost) AS cost, count(*) AS n
        FROM inventory_feedingevent GROUP BY container_id, feed_id
      ), paid AS (
        SELECT s.feed_container_id, m.feed_id, sum(m.cost) AS cost, sum(m.n) AS n
        FROM meals m JOIN stores s ON s.container_id = m.container_id
        GROUP BY s.feed_container_id, m.feed_id
      ), used AS (
        SELECT s.feed_container_id, p.feed_id, sum(0.005 * p.cost_per_kg) AS unwritten,
          sum(${wide("p.quantity_kg - s.quantity_kg", 2)} * p.cost_per_kg) AS cost
        FROM inventory_feedcontainerstock s
        JOIN inventory_feedpurchase p ON p.id = s.feed_purchase_id
        GROUP BY s.feed_container_id, p.feed_id
      )
      SELECT feed_container_id, feed_id, u.cost AS bought, p.cost AS paid
      FROM used u FULL JOIN paid p USING (feed_container_id, feed_id)
      WHERE abs(coalesce(u.cost, 0) - coalesce(p.cost, 0))
        > 0.005 * coalesce(p.n, 0) + coalesce(u.unwritten, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FEED-HOUR",
    title: "at every hour, a store loses what its containers eat",
    source: "rulings.md#13 and rulings.md#14",
    wholeFarm: true,
    tables: [
      ...STORES_TABLES,
      "inventory_feedingevent",
      "inventory_feedpurchase",
      "inventory_historicalfeedcontainerstock",
    ],
    sql: `
      WITH ${STORES}, ${CHANGES}, eaten AS (
        SELECT s.feed_container_id, m.feed_id, m.feeding_date AS day,
          extract(hour FROM m.feeding_time) AS hour, sum(m.amount_kg) AS kg
        FROM inventory_feedingevent m JOIN stores s ON s.container_id = m.container_id
        GROUP BY s.feed_container_id, m.feed_id, m.feeding_date,
          extract(hour FROM m.feeding_time)
      ), drawn AS (
        SELECT c.feed_container_id, p.feed_id, CAST(c.history_date AS date) AS day,
          extract(hour FROM c.history_date) AS hour, -sum(c.change) AS kg, count(DISTINCT c.id) AS lots
        FROM changes c JOIN inventory_feedpurchase p ON p.id = c.feed_purchase_id
        WHERE c.history_type = '~'
        GROUP BY c.feed_container_id, p.feed_id, CAST(c.history_date AS date),
          extract(hour FROM c.history_date)
      )
      SELECT feed_container_id, feed_id, day, hour, d.kg AS drawn_kg, e.kg AS eaten_kg
      FROM drawn d FULL JOIN eaten e USING (feed_container_id, feed_id, day, hour)
      WHERE abs(coalesce(d.kg, 0) - coalesce(e.kg, 0)) > 0.01 * coalesce(d.lots, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FEED-LOT",
    title: "a lot begins with what was bought, only falls, never below 0, and not before it came",
    source: "domain.md#7.2 (B-17)",
    defects: ["B-17"],
    wholeFarm: true,
    tables: ["inventory_feedpurchase", "inventory_historicalfeedcontainerstock"],
    sql: `
      WITH ${CHANGES}
      SELECT c.history_id, c.id AS lot, c.quantity_kg, c.change, p.quantity_kg AS bought_kg
      FROM changes c LEFT JOIN inventory_feedpurchase p ON p.id = c.feed_purchase_id
      WHERE p.id IS NULL OR c.quantity_kg < 0 OR c.history_date < c.entry_date
        OR (c.history_type = '+' AND c.change <> p.quantity_kg)
        OR (c.history_type <> '+' AND c.change > 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FEED-CAPACITY",
    title: "no store ever holds more than fits, all its feeds together",
    source: "rulings.md#13 (B-18)",
    defects: ["B-18"],
    wholeFarm: true,
    tables: ["infrastructure_feedcontainer", "inventory_historicalfeedcontainerstock"],
    sql: `
      WITH ${CHANGES}, levels AS (
        SELECT history_id, feed_container_id,
          sum(change) OVER (PARTITION BY feed_container_id ORDER BY history_date, history_id)
            AS level
        FROM changes
      )
      SELECT l.history_id, f.name, f.capacity_kg, l.level
      FROM levels l JOIN infrastructure_feedcontainer f ON f.id = l.feed_container_id
      WHERE l.level > f.capacity_kg + 0.02`,
    expects: "no rows",
  },
];
