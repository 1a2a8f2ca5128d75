/** The laws of conservation, recomputed from the rows: eggs, fish and feed come and go by number. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { places } from "../small_farm.ts";
import { law } from "./laws.ts";
import { by, grouped, total, units } from "./rows.ts";

law("eggs are the dead and the living", (rows) => {
  const assignments = grouped(rows("batch_batchcontainerassignment"), (row) => row.batch_id!);
  const deaths = grouped(rows("batch_mortalityevent"), (row) => row.batch_id!);
  for (const workflow of rows("batch_creationworkflow")) {
    const id = workflow.batch_id!;
    const alive = assignments.get(id)!.filter((row) => row.is_active === "true");
    const found = total(alive, "population_count", 4) + total(deaths.get(id), "count", 4);
    assertEquals(found, units(workflow.total_eggs_received, 4), `batch ${id}`);
    assert(alive.length > 0);
  }
});

law("eggs are split over ten containers, the remainder to the first (B-23)", (rows) => {
  for (const workflow of rows("batch_creationworkflow")) {
    const own = rows("batch_creationaction").filter((row) => row.workflow_id === workflow.id);
    const eggs = Number(workflow.total_eggs_received);
    assertEquals(
      own.map((row) => Number(row.egg_count_actual)),
      own.map((_, i) => Math.floor(eggs / 10) + (i < eggs % 10 ? 1 : 0)),
    );
  }
});

law("the fish of every assignment came from somewhere and went somewhere (B-01, B-02)", (rows) => {
  const eggs = grouped(rows("batch_creationaction"), (row) => row.dest_assignment_id!);
  const entered = grouped(rows("batch_transferaction"), (row) => row.dest_assignment_id!);
  const left = grouped(rows("batch_transferaction"), (row) => row.source_assignment_id!);
  const deaths = grouped(rows("batch_mortalityevent"), (row) => row.assignment_id!);
  for (const assignment of rows("batch_batchcontainerassignment")) {
    const id = assignment.id!;
    const first = total(eggs.get(id), "egg_count_actual", 4) +
      total(entered.get(id), "transferred_count", 4);
    const last = units(assignment.population_count, 4);
    assertEquals(first - total(deaths.get(id), "count", 4), last, `assignment ${id}`);
    assertEquals(
      total(left.get(id), "transferred_count", 4),
      assignment.is_active === "true" ? 0 : last,
    );
    assertEquals(assignment.is_active === "true", assignment.departure_date === "");
    let before = last;
    for (const action of left.get(id) ?? []) {
      assertEquals(units(action.source_population_before, 4), before);
      assertEquals(action.mortality_during_transfer, "0");
      before -= units(action.transferred_count, 4);
    }
  }
});

law("every ring and tank that fish came to has an action (B-03)", (rows) => {
  const covered = new Set([
    ...rows("batch_transferaction").map((row) => row.dest_assignment_id),
    ...rows("batch_creationaction").map((row) => row.dest_assignment_id),
  ]);
  for (const { id } of rows("batch_batchcontainerassignment")) assert(covered.has(id), `${id}`);
});

law("the totals of a transfer are the sums of its actions (B-05)", (rows) => {
  const actions = grouped(rows("batch_transferaction"), (row) => row.workflow_id!);
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  for (const workflow of rows("batch_batchtransferworkflow")) {
    const own = actions.get(workflow.id!)!;
    assertEquals(units(workflow.total_source_count, 4), total(own, "transferred_count", 4));
    assertEquals(units(workflow.total_transferred_count, 4), total(own, "transferred_count", 4));
    assertEquals(workflow.total_mortality_count, "0");
    assertEquals(units(workflow.total_biomass_kg, 4), total(own, "transferred_biomass_kg", 4));
    assertEquals(
      [workflow.total_actions_planned, workflow.actions_completed],
      [String(own.length), String(own.length)],
    );
    assertEquals(own.map((one) => one.action_number), own.map((_, i) => String(i + 1)));
    const sea = workflow.dest_lifecycle_stage_id === "6";
    assertEquals(workflow.is_intercompany, String(sea));
    const subsidiaries = [workflow.source_subsidiary, workflow.dest_subsidiary];
    assertEquals(subsidiaries, sea ? ["FRESHWATER", "FARMING"] : ["", ""]);
    for (const action of own) {
      const source = assignments.get(action.source_assignment_id!)!;
      const grams = units(action.transferred_count, 4) / 10_000 * units(source.avg_weight_g, 4);
      assert(Math.abs(units(action.transferred_biomass_kg, 4) - grams / 1000) <= 50);
    }
  }
});

law("no container holds two batches on a day", (rows, asOf) => {
  const stays = grouped(rows("batch_batchcontainerassignment"), (row) => row.container_id!);
  for (const [container, own] of stays) {
    own.sort((a, b) => a.assignment_date! < b.assignment_date! ? -1 : 1);
    for (let i = 1; i < own.length; i++) {
      const left = own[i - 1]!.departure_date || asOf;
      assert(left <= own[i]!.assignment_date!, `container ${container}`);
    }
  }
});

law("purchased feed is eaten or left, oldest lot first, at its price", (rows) => {
  const purchases = by(rows("inventory_feedpurchase"), "id");
  const lots = grouped(rows("inventory_feedcontainerstock"), (row) => row.feed_container_id!);
  const feedContainerOf = new Map(
    places.containers.map((one) => [String(one.id), String(one.feedContainerId)]),
  );
  const eaten = new Map<string, number>();
  for (const meal of rows("inventory_feedingevent")) {
    const store = lots.get(feedContainerOf.get(meal.container_id!)!)!;
    let wanted = units(meal.amount_kg, 4);
    let cost = 0;
    for (const lot of store) {
      const purchase = purchases.get(lot.feed_purchase_id!)!;
      if (purchase.feed_id !== meal.feed_id) continue;
      const left = units(purchase.quantity_kg, 4) - (eaten.get(lot.id!) ?? 0);
      const taken = Math.min(wanted, left);
      if (taken === 0) continue;
      const at = `${meal.feeding_date}T${meal.feeding_time}Z`;
      assert(lot.created_at! <= at, `meal ${meal.id} eats lot ${lot.id} before it arrives`);
      assert(lot.entry_date! <= at);
      eaten.set(lot.id!, (eaten.get(lot.id!) ?? 0) + taken);
      cost += taken * Number(purchase.cost_per_kg);
      wanted -= taken;
    }
    assertEquals(wanted, 0, `meal ${meal.id} eats what was not bought`);
    assert(Math.abs(units(meal.feed_cost, 4) - cost) <= 50 + 1e-6, `cost of meal ${meal.id}`);
  }
  for (const lot of [...lots.values()].flat()) {
    const bought = units(purchases.get(lot.feed_purchase_id!)!.quantity_kg, 4);
    const off = bought - (eaten.get(lot.id!) ?? 0) - units(lot.quantity_kg, 4);
    // 0.005 kg: the stock is written with two decimals (rulings.md#13).
    assert(Math.abs(off) <= 50, `lot ${lot.id} is off by ${off / 10_000} kg`);
  }
});

law("a store never holds more than its capacity, lot by lot in the order of receipt", (rows) => {
  const capacity = new Map(places.feedContainers.map((one) => [String(one.id), one.capacityKg]));
  const left = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const row of rows("inventory_historicalfeedcontainerstock")) {
    const store = row.feed_container_id!;
    const now = units(row.quantity_kg, 4);
    const change = now - (left.get(row.id!) ?? 0);
    assertEquals(row.history_type, left.has(row.id!) ? "~" : "+");
    if (row.history_type === "~") assert(change <= 0 && now >= 0);
    left.set(row.id!, now);
    totals.set(store, (totals.get(store) ?? 0) + change);
    // Half of a hundredth per lot may be rounded up.
    assert(totals.get(store)! <= capacity.get(store)! * 10_000 + 50, `${store} is overfilled`);
  }
});

law("purchases have numbers of their own, bought three days before they arrive (B-19)", (rows) => {
  const purchases = rows("inventory_feedpurchase");
  assertEquals(new Set(purchases.map((row) => row.batch_number)).size, purchases.length);
  const stock = by(rows("inventory_feedcontainerstock"), "feed_purchase_id");
  const perDay = new Map<string, number>();
  for (const row of purchases.slice(236)) {
    const n = (perDay.get(row.purchase_date!) ?? 0) + 1;
    perDay.set(row.purchase_date!, n);
    const stamp = row.purchase_date!.replaceAll("-", "");
    assertEquals(row.batch_number, `AUTO-${stamp}-${String(n).padStart(4, "0")}`);
    const entry = stock.get(row.id!)!.entry_date!;
    assertEquals(Date.parse(entry) - Date.parse(row.purchase_date!), 3 * 86_400_000);
  }
  assert(purchases.length > 236);
});

law("meals are half of the day's share of the biomass, twice a day", (rows) => {
  const percent: Record<string, string> = { 2: "1.50", 3: "1.25", 4: "1.00", 5: "0.75", 6: "0.50" };
  const stage = by(rows("batch_batchcontainerassignment"), "id");
  const meals = rows("inventory_feedingevent");
  const seen = new Set<string>();
  for (const meal of meals) {
    const order = stage.get(meal.batch_assignment_id!)!.lifecycle_stage_id!;
    assertEquals(meal.feeding_percentage, percent[order]);
    const share = units(meal.batch_biomass_kg, 4) * units(meal.feeding_percentage, 4) / 1_000_000;
    assert(Math.abs(units(meal.amount_kg, 4) - share) <= 0.5 + 1e-6, `meal ${meal.id}`);
    assertMatch(meal.feeding_time!, /^(08|16):00:00$/);
    assertEquals(meal.created_at, `${meal.feeding_date}T${meal.feeding_time}Z`);
    seen.add(`${meal.container_id} ${meal.created_at}`);
  }
  assertEquals(seen.size, meals.length);
});

law("fish are fed on their plateaus as everywhere else (B-34)", (rows) => {
  const meals = grouped(rows("inventory_feedingevent"), (row) => row.batch_assignment_id!);
  for (const assignment of rows("batch_batchcontainerassignment")) {
    if (assignment.lifecycle_stage_id === "1" || assignment.is_active === "true") continue;
    assertEquals(meals.get(assignment.id!)!.length, 180, `assignment ${assignment.id}`);
  }
});
