/** Each kind of file of the original system is generated, loaded and verified. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { generate } from "../../src/generate/generate.ts";
import { parseSchedule } from "../../src/schedule/read.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { loadDeferred } from "../load/believed.ts";
import { fixtures, places } from "../small_farm.ts";

const test = await startTestServer();

/**
 * A file with shorter lives, so that it has few rows: what it says and leaves out stays as it is.
 *
 * @param edits Dates and durations in the place of others.
 */
function shorter(name: string, edits: readonly (readonly [string, string])[]): string {
  let text = Deno.readTextFileSync(new URL(`original/${name}.yaml`, import.meta.url));
  for (const [from, to] of edits) {
    assert(text.includes(from), `${name}: ${from}`);
    text = text.replace(from, to);
  }
  // 100,000 eggs have the same rows as three million, and fewer digits.
  return text.replaceAll(/eggs: \d+/g, "eggs: 100000");
}

/** Generates a file with the documented farm, loads it, verifies it and returns its database. */
async function loaded(name: string, text: string) {
  const schedule = parseSchedule(name, text, fixtures.profile, places, { seed: 7 });
  const folder = join(test.folder, name);
  const { manifest } = await generate({ folder, schedule, fixtures, seed: 7, workers: 1 });
  const url = await test.freshDatabase();
  await loadDeferred(folder, { url });
  const { ok, results } = await verifyDatabase(url, manifest);
  const red = results.filter(({ status }) => status === "failed" || status === "broken");
  assertEquals(red.map(({ check, details }) => `${check.id} ${details.join("; ")}`), []);
  assert(ok);
  return { url, manifest };
}

Deno.test("a file without a harvest plan is generated, loaded and verified", async () => {
  const text = shorter("without-harvest-plan", [
    ["'2022-03-01'", "'2025-09-20'"],
    ["duration: 900", "duration: 62"],
    // Its batches stand in the order of their starts.
    ["'2025-08-20'", "'2025-10-03'"],
    ["duration: 93", "duration: 49"],
  ]);
  const { url, manifest } = await loaded("without-harvest-plan", text);
  assertEquals([manifest.firstDay, manifest.asOf], ["2025-09-20", "2025-11-21"]);
  assertEquals(
    await ask(url, "select batch_number, status from batch_batch order by id"),
    [["FAR-2022-001", "ACTIVE"], ["SCO-2025-001", "ACTIVE"]],
  );
});

Deno.test("a file with days of fractions is generated, loaded and verified", async () => {
  const text = shorter("fractional-days", [["'2024-09-02'", "'2025-08-13'"], [
    "duration: 445",
    "duration: 100",
  ]]);
  const { manifest } = await loaded("fractional-days", text);
  assertEquals(manifest.state.batches, { active: 1, Fry: 1 });
});

Deno.test("a ladder of 2008 is generated, loaded and verified, with purposes and older static rows", async () => {
  const text = shorter("ladder", [
    ["'2026-02-18'", "'2008-04-01'"],
    ["'2023-05-05'", "'2008-02-01'"],
    ["duration: 900", "duration: 60"],
    ["'2025-12-02'", "'2008-02-14'"],
    ["duration: 85", "duration: 47"],
  ]);
  const { url, manifest } = await loaded("ladder", text);
  assertEquals([manifest.firstDay, manifest.asOf], ["2008-02-01", "2008-04-01"]);
  assertEquals(await ask(url, "select notes from batch_batch order by id"), [
    ["FAR-2023-001: 100000 eggs received on 2008-02-01; completed history"],
    ["SCO-2025-007: 100000 eggs received on 2008-02-14; five days before Fry"],
  ]);
  assertEquals(
    await ask(
      url,
      `select distinct date(created_at)::text from infrastructure_container
       union select distinct date(history_date)::text from infrastructure_historicalsensor
       union select distinct date(date_joined)::text from auth_user`,
    ),
    [["2007-01-01"]],
  );
});

Deno.test("a file with the 43rd area has the documented totals, and its fish eat and are measured there", async () => {
  const file = shorter("area-43", [["'2025-11-21'", "'2023-06-29'"]]);
  const second = file.slice(file.indexOf("- batch_id: FAR-2022-023"));
  const text = file.slice(0, file.indexOf("- batch_id")) +
    second.replace("duration: 900", "duration: 460");
  const { url, manifest } = await loaded("area-43", text);
  assertEquals(manifest.documentedTotals, true);
  assertEquals(manifest.state.places, { occupied: 10, everUsed: 60, containers: 2017 });
  const area = "area_id = (select id from infrastructure_area where name like 'Faroe%')";
  const here = `container_id in (select id from infrastructure_container where ${area})`;
  assertEquals(
    await ask(
      url,
      `select
        (select count(*)::int from infrastructure_feedcontainer where ${area}),
        (select count(*)::int from infrastructure_sensor where ${here}),
        (select count(*)::int from environmental_environmentalreading where ${here}),
        (select count(distinct feed_purchase_id) > 2 from inventory_feedcontainerstock s
         join infrastructure_feedcontainer f on f.id = s.feed_container_id where f.${area}),
        (select count(*)::int from inventory_feedingevent where ${here})`,
    ),
    // Ten rings for ten days: four sensors six times a day, and two meals.
    [[3, 80, 10 * 10 * 4 * 6, true, 10 * 10 * 2]],
  );
});

Deno.test.afterAll(test.end);
