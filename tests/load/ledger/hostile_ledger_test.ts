/** A ledger into which somebody else has written: what it says is neither believed nor done. */
// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals, assertStringIncludes } from "@std/assert";
import { diffDataset, loadDeferred, rebuildDataset } from "../believed.ts";
import { restoreTarget } from "../../../src/load/rebuild/restore.ts";
import { loadStatus } from "../../../src/load/rebuild/status.ts";
import { ask, startTestServer } from "../databases.ts";
import { catalogDifference, digestsOf, fullCatalogOf, migrated } from "../rebuild/farm.ts";
import { altered, halvedIn, rebuilding } from "../rebuild/halved.ts";
import { refusal } from "../refusal.ts";

const test = await startTestServer("18");
const dataset = halvedIn(test.folder);
Deno.test.afterAll(() => test.end());

Deno.test("a line of a load that is none of Redd's is refused by all that read it", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  await rebuildDataset(folder, rebuilding(url));
  const digests = await digestsOf(url);
  const lies: readonly [lie: string, said: string][] = [
    ["rows = -1", "rows is -1, expected a whole number from 0"],
    ["left_alone = 'pond'", 'leftAlone[0] is "pond", expected a table of Redd'],
    ["rebuilt = 'infrastructure_hall; drop table x'", "expected a table of Redd"],
    ["others = '[]'", "others is []"],
    [`others = '{"infrastructure_hall": 0.5}'`, "others.infrastructure_hall is 0.5"],
    [`ids = '{"infrastructure_hall": [1, "2 or true"]}'`, "ids.infrastructure_hall[1]"],
    [`own_ids = '[["auth_user", [[1, "2 end; drop table x"]], []]]'`, "idMap[0]"],
    [`own_ids = '{}'`, "idMap is {}"],
    ["schema = ''", "schema is"],
  ];
  for (const [lie, said] of lies) {
    await ask(url, `create table redd_aside as table redd.load; update redd.load set ${lie}`);
    for (
      const work of [
        () => rebuildDataset(folder, rebuilding(url)),
        () => loadDeferred(folder, { url }),
        () => diffDataset(folder, url),
      ]
    ) assertStringIncludes(await refusal(work, "input", "LEDGER_BROKEN"), said, lie);
    await ask(
      url,
      `delete from redd.load where true`,
      `insert into redd.load table redd_aside; drop table redd_aside`,
    );
  }
  assertEquals(await digestsOf(url), digests);
});

Deno.test("a line of a part that is none of Redd's is refused", async () => {
  const url = await migrated(test);
  await rebuildDataset(await dataset(), rebuilding(url));
  const other = await dataset(
    altered("infrastructure_hall", 0, '9,other,"",,t,2018-01-01T00:00:00Z,2018-01-01T00:00:00Z,1'),
  );
  const lies: readonly [lie: string, said: string][] = [
    ["path = '../../etc/passwd'", 'path is "../../etc/passwd", expected data/<table>.csv'],
    ["path = 'data/auth_user.csv'", "expected a path of its table"],
    ["bytes = -1", "bytes is -1"],
    ["sha256 = 'x'", 'sha256 is "x", expected 64 hexadecimal digits'],
    [`"table" = 'pond'`, 'table is "pond", expected a table of Redd'],
  ];
  for (const [lie, said] of lies) {
    await ask(url, "create table redd_aside as table redd.part");
    await ask(
      url,
      `update redd.part set ${lie} where path = 'data/infrastructure_geography.csv'`,
    );
    const message = await refusal(() => loadDeferred(other, { url }), "input", "LEDGER_BROKEN");
    assertStringIncludes(message, said, lie);
    await ask(
      url,
      "delete from redd.part where true",
      "insert into redd.part table redd_aside",
      "drop table redd_aside",
    );
  }
});

Deno.test("statements of a ledger that is a stranger's are not executed, rows not removed", async () => {
  const url = await migrated(test);
  const broken = await dataset(altered("infrastructure_freshwaterstation", 1, "2,cut"));
  await refusal(() => rebuildDataset(broken, rebuilding(url)), "input", "ROW_REFUSED");
  await ask(
    url,
    "create role mallory",
    "alter schema redd owner to mallory",
    "alter table redd.load owner to mallory",
    "alter table redd.step owner to mallory",
    `insert into redd.step (place, stage, relation, name, sql, tablespace)
     values (-1, 'setting', 'public.infrastructure_hall', '', 'create table public.trap ()', '')`,
  );
  const catalog = await fullCatalogOf(url);
  const digests = await digestsOf(url);
  for (
    const work of [() => restoreTarget(url), () => rebuildDataset(broken, rebuilding(url))]
  ) {
    const message = await refusal(work, "input", "LEDGER_FOREIGN");
    assertStringIncludes(message, "its schema redd belongs to mallory");
  }
  assertEquals(catalogDifference(catalog, await fullCatalogOf(url)), []);
  assertEquals(await digestsOf(url), digests);
  // Looking is free.
  assertEquals((await loadStatus(url)).loads.length, 1);

  await ask(
    url,
    "delete from redd.step where place = -1",
    "alter schema redd owner to current_user",
    "alter table redd.load owner to current_user",
    "alter table redd.step owner to current_user",
    "drop role mallory",
  );
  await restoreTarget(url);
  assertEquals((await loadStatus(url)).missing, []);
});

Deno.test("nothing is recorded in a ledger that is a stranger's", async () => {
  const url = await migrated(test);
  const folder = await dataset();
  await rebuildDataset(folder, rebuilding(url));
  await ask(
    url,
    "create role eve",
    "delete from redd.load where true",
    "truncate infrastructure_geography, infrastructure_freshwaterstation, infrastructure_hall cascade",
    "alter table redd.step owner to eve",
  );
  await refusal(() => rebuildDataset(folder, rebuilding(url)), "input", "LEDGER_FOREIGN");
  const report = await loadDeferred(folder, { url });
  assertEquals([report.rows, report.recorded], [8, false]);
  assertEquals(await ask(url, "select count(*)::int from redd.load"), [[0]]);
});
