/** Datasets of other layouts than Redd's own: they are held to the numbers of their manifests. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { documentedLayout } from "../../src/dataset/documented_layout.ts";
import { layoutDigest, type LayoutFacts } from "../../src/dataset/layout_facts.ts";
import { layoutFindings } from "../../src/dataset/layout_laws.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { folderDataset } from "../../src/dataset/dataset.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { FIXTURES, readFixtures } from "../../src/fixtures/read.ts";
import { generate } from "../../src/generate/generate.ts";
import { layoutFactsOf } from "../../src/generate/layout_facts_of.ts";
import { planSingle } from "../../src/schedule/single.ts";
import { parseIso } from "../../src/farm/days.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { valueFaults } from "../../src/dataset/form/row_faults.ts";
import { resultLines, type VerifyReport } from "../../src/verify/report.ts";
import { verifyDataset } from "../../src/verify/verify_dataset.ts";
import { fixtures, places } from "../small_farm.ts";

const root = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(root, { recursive: true }));

/** Edits of the fixtures: file, what stands there, and what stands there instead. */
const SMALLER: readonly (readonly [string, RegExp, string])[] = [
  ["layout.yaml", /count: (10|20|12|22)/g, "count: 2"],
  ["layout.yaml", /^ {2}barges: 3/m, "  barges: 2"],
  ["layout.yaml", /^ {2}rings: 20/m, "  rings: 11"],
  ["layout.yaml", /barge_capacity_kg: 50000/, "barge_capacity_kg: 62000"],
  ["layout.yaml", /containers_per_hall: 10/, "containers_per_hall: 12"],
  ["layout.yaml", /silo_capacity_kg: 15000/, "silo_capacity_kg: 17000.5"],
  ["layout.yaml", /sea: \[Temperature, Dissolved Oxygen, pH/, "sea: [Temperature, pH"],
  ["layout.yaml", /FI-AUX-02-Hall-1, containers: 6/, '"FI\'s: aux E", containers: 4'],
  ["layout.yaml", /name: FI-SEA-23/, "name: FI-SEA-03"],
  ["master/trade.yaml", /freshwater: FW, farming: FM/, "freshwater: FM, farming: FW"],
  ["master/trade.yaml", /.*code: REJECT.*\n/, ""],
  ["master/health.yaml", /.*name: Piscirickettsiosis.*\n/, ""],
  ["profiles/documented.yaml", /.*code: REJECT.*\n/, ""],
  ["profiles/documented.yaml", /code: GRADE_C, percent: 12/, "code: GRADE_C, percent: 15"],
  ["profiles/documented.yaml", /weight_tolerance_percent: 8/, "weight_tolerance_percent: 7.5"],
];

/** Redd's own fixtures in a folder, with these edits. */
async function fixturesIn(folder: string): Promise<string> {
  for (const part of ["", "master", "profiles"]) {
    await Deno.mkdir(join(folder, part), { recursive: true });
    for await (const { name, isFile } of Deno.readDir(new URL(part, FIXTURES))) {
      if (!isFile) continue;
      const file = part === "" ? name : `${part}/${name}`;
      let text = await Deno.readTextFile(new URL(file, FIXTURES));
      for (const [, from, to] of SMALLER.filter(([one]) => one === file)) {
        text = text.replace(from, to);
      }
      await Deno.writeTextFile(join(folder, file), text);
    }
  }
  return folder;
}

const own = readFixtures(await fixturesIn(join(root, "fixtures")));
const farm = buildInfrastructure(own.layout, own.master);

/** A whole life on the smaller farm. */
async function farmed(name: string, documentedTotals: boolean) {
  const folder = join(root, name);
  const batch = {
    startDay: parseIso("2022-01-01")!,
    eggs: 100_000,
    geography: "Scotland",
    duration: documentedTotals ? 120 : 900,
    seed: 7,
  } as const;
  const schedule = planSingle(batch, own.profile, farm);
  await generate({ folder, schedule, fixtures: own, seed: 7, workers: 1, documentedTotals });
  return folder;
}

const wrongOf = ({ results }: VerifyReport) =>
  results.filter(({ status }) => status === "failed" || status === "broken").flatMap(resultLines);

Deno.test("a dataset of a smaller layout, with companies and grades of its own, passes", async () => {
  const folder = await farmed("life", false);
  const report = await verifyDataset(folder, { threads: 1 });
  assertEquals(wrongOf(report), []);
  assert(report.counts.passed > 145, `${report.counts.passed}`);

  // Redd's own reader, which looks for offenders, finds none where there is none.
  const dataset = await openDataset(folder);
  const { manifest } = dataset;
  const found = Object.entries(manifest.tables).flatMap(([name, { parts }]) =>
    parts.flatMap((part) => valueFaults(dataset, part, tableNamed(name), 1))
  );
  assertEquals(found, []);

  // By the numbers of Redd's own layout the same files are wrong.
  const { layout: _, layoutSha256: __, ...older } = manifest;
  const other = await verifyDataset(folderDataset(folder, older), {
    threads: 1,
    only: ["A-0*", "A-1*", "C-30", "LAW-MONEY-*", "LAW-FEED-*"],
  });
  assertEquals(
    other.results.filter(({ status }) => status === "failed").map(({ check }) => check.id),
    ["A-01", "A-02", "A-03", "A-04", "A-05", "A-11", "LAW-MONEY-TRANSFER"],
  );
});

Deno.test("places that no batch uses are known by their names, whatever these are", async () => {
  const report = await verifyDataset(await farmed("totals", true), { threads: 1, only: ["A-*"] });
  assertEquals(wrongOf(report), []);
});

Deno.test("the facts of manifests without any are those of Redd's own layout up to 0.3.0", () => {
  assertEquals(layoutFactsOf(fixtures, places), documentedLayout({ documentedTotals: false }));
  const options = { documentedTotals: true };
  const now = layoutFactsOf(
    fixtures,
    buildInfrastructure(fixtures.layout, fixtures.master, options),
  );
  const { places: counts, spare, trade } = now;
  // The 43rd area had neither barges nor sensors, was no site, and had another name.
  assertEquals(documentedLayout(options), {
    ...now,
    places: {
      ...counts,
      feedContainers: counts.feedContainers - 3,
      sensors: counts.sensors - 80,
    },
    spare: { ...spare, areas: ["FI-SEA-23"] },
    trade: { ...trade, sites: trade.sites - 1 },
  });
});

Deno.test("facts of a layout that were altered, or that the tables deny, are refused", async () => {
  const { manifest } = await openDataset(await farmed("told", true));
  const said = (change: (facts: LayoutFacts) => void, signed = true) => {
    const layout = structuredClone(manifest.layout!);
    change(layout);
    const layoutSha256 = signed ? layoutDigest(layout) : manifest.layoutSha256;
    return layoutFindings({ ...manifest, layout, layoutSha256 });
  };
  assertEquals(said(() => {}), []);
  assert(said(({ area }) => area.rings++, false)[0]!.startsWith("redd.layoutSha256 is "));
  assertEquals(said(({ places }) => places.stations++), [
    "redd.tables.infrastructure_freshwaterstation.rows is 7, expected 8, by redd.layout",
  ]);
  assertEquals(said(({ hall }) => hall.silos.push(hall.silos[0]!)), [
    "redd.layout.hall.silos has A twice",
  ]);
  const { layout: _, ...without } = manifest;
  assertEquals(
    layoutFindings({ ...without, documentedTotals: false })[0]!.slice(0, 22),
    "redd.layout is missing",
  );
  const older: ReddManifest = { ...without, version: "0.3.0" };
  delete older.layoutSha256;
  assertEquals(layoutFindings(older), []);
  assertEquals(layoutFindings({ ...older, version: "0.4.0" }), ["redd.layout is missing"]);
  assertEquals(layoutFindings({ ...manifest, documentedTotals: false }), [
    "redd.layout.spare has places, expected none without redd.documentedTotals",
  ]);
});
