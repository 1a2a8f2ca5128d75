/** Tests of the later sections of the page: marks drawn are of the number of the data. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import type { DictionaryFigures } from "../../src/report/data/dictionary.ts";
import type { EnvironmentFigures } from "../../src/report/data/environment.ts";
import type { FeedFigures } from "../../src/report/data/feed.ts";
import type { HarvestFigures } from "../../src/report/data/harvest.ts";
import type { RealismFigures } from "../../src/report/data/realism_type.ts";
import { drawn, type OpenPage } from "./chromium.ts";

/** What the tests are given. */
export interface SectionTests {
  readonly test: (name: string, fn: () => Promise<void>) => void;
  /** Opens the page of a farm, or that of a batch of three days. */
  readonly open: (which: "farm" | "young", width?: number) => Promise<OpenPage>;
  readonly dataOf: <Data>(page: Page, id: string) => Promise<Data>;
}

/** How many marks there are of a kind, in the figure of a section whose title begins so. */
function marksOf(page: Page, section: string, title: string, selector: string): Promise<number> {
  return page.locator(`#${section} figure`, { has: page.locator("h3", { hasText: title }) })
    .first().locator(`.drawing ${selector}`).count();
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
const filled = (rows: readonly (readonly number[])[]) =>
  sum(rows.map((row) => row.filter((one) => one > 0).length));

/** Adds the tests. */
export function sectionTests({ test, open, dataOf }: SectionTests): void {
  test("every silo and barge can be chosen, and has a dot for each delivery", async () => {
    await using opened = await open("farm");
    const { page, complaints } = opened;
    const { stores, batches, stages } = await dataOf<FeedFigures>(page, "feed");
    const list = page.getByLabel("Silo or barge");
    assertEquals(await list.locator("option").count(), stores.length);
    const sample = [0, Math.floor(stores.length / 2), stores.length - 1];
    for (const place of sample) {
      await list.selectOption(String(place));
      await drawn(page);
      const { name, deliveries } = stores[place]!;
      const dots = await marksOf(page, "feed", `Stock of`, 'g[aria-label="dot"] > *');
      assertEquals(dots, deliveries.suppliers.length, name);
      assertStringIncludes((await page.locator("#feed h3").first().textContent())!, name);
    }
    const fed = batches.filter(({ feedKg, fishKg }) => feedKg > 0 && fishKg > 0);
    assertEquals(await marksOf(page, "feed", "Feed cost", 'g[aria-label="dot"] > *'), fed.length);
    const known = stages.filter(({ fcr }) => fcr.length > 0);
    const models = stages.filter(({ model }) => (model ?? 0) > 0);
    assertEquals(
      await marksOf(page, "feed", "Feed conv", 'g[aria-label="dot"] > *'),
      known.length + models.length,
    );
    assertEquals(complaints, []);
  });

  test("water, lice, health and deaths are drawn as the data have them", async () => {
    await using opened = await open("farm");
    const { page, complaints } = opened;
    const data = await dataOf<EnvironmentFigures>(page, "environment");
    const { water, lice, scores, deaths } = data;
    for (const sea of [true, false]) {
      await page.getByLabel(sea ? "Sea" : "Fresh water", { exact: true }).check();
      await drawn(page);
      const own = water.series.filter((one) => one.sea === sea);
      const figures = page.locator("#environment .pair").first().locator("figure:not(.empty)");
      assertEquals(await figures.count(), own.length);
      // Two bands, the line of the medians and the ends of the safe range.
      for (const one of await figures.all()) {
        assertEquals(await one.locator('.drawing g[aria-label="area"] > path').count(), 2);
        assertEquals(await one.locator('.drawing g[aria-label="line"] > path').count(), 1);
        assertEquals(await one.locator('.drawing g[aria-label="rule"] > line').count(), 2);
      }
    }
    const list = page.getByRole("combobox", { name: "Sea area" });
    assertEquals(await list.locator("option").count(), lice.length);
    for (const place of [0, lice.length - 1]) {
      await list.selectOption(String(place));
      await drawn(page);
      assertEquals(
        await marksOf(page, "environment", "Adult female lice", 'g[aria-label="dot"] > *'),
        lice[place]!.treated.length,
      );
      // The mean, and the limit.
      assertEquals(
        await marksOf(page, "environment", "Adult female lice", 'g[aria-label="line"] > path'),
        2,
      );
    }
    const bars = (title: string) => marksOf(page, "environment", title, 'g[aria-label="bar"] > *');
    assertEquals(await bars("Health scores"), filled(scores.parameters.map(({ fish }) => fish)));
    assertEquals(await bars("Deaths by"), filled(deaths.map(({ fish }) => fish)));
    assertEquals(complaints, []);
  });

  test("harvest has a column for each month and geography, a bar for each grade", async () => {
    await using opened = await open("farm");
    const { page } = opened;
    const { batches, byGrade, weights, months, money } = await dataOf<HarvestFigures>(
      page,
      "harvest",
    );
    const rects = (title: string) => marksOf(page, "harvest", title, 'g[aria-label="rect"] > *');
    const columns = new Set(batches.map((one) => `${one.lastDay.slice(0, 7)} ${one.geography}`));
    assertEquals(await rects("Harvest by month"), columns.size);
    assertEquals(await rects("Mean weight"), weights.length);
    assertEquals(
      await marksOf(page, "harvest", "Fish by grade", 'g[aria-label="bar"] > *'),
      byGrade.length,
    );
    const drawnMonths = await page.locator("#harvest figure", {
      has: page.locator("h3", { hasText: "Sales between" }),
    }).locator('.drawing g[aria-label="rect"] > *').count();
    assertEquals(drawnMonths, months.length);
    assertEquals(await page.locator("#harvest > .scroll tbody tr").count(), money.length);
    await page.locator("#harvest > details > summary").click();
    assertEquals(await page.locator("#harvest > details tbody tr").count(), batches.length);
  });

  test("realism has a row for each figure, and a mark for each value with a range", async () => {
    await using opened = await open("farm");
    const { page } = opened;
    const { figures } = await dataOf<RealismFigures>(page, "realism");
    assertEquals(await page.locator("#realism .realism tbody tr").count(), figures.length);
    const judged = figures.filter(({ value, published, documented }) =>
      value !== null && (published ?? documented) !== undefined
    );
    assertEquals(await page.locator("#realism .band .value").count(), judged.length);
    const outside = judged.filter(({ published, documented }) =>
      (published ?? documented)!.verdict !== "inside"
    );
    assertEquals(await page.locator("#realism .band .outside").count(), outside.length);
    assert(outside.length > 0 && outside.length < judged.length);
  });

  test("the dictionary opens the table that a link names, by keyboard, and finds columns", async () => {
    for (const width of [1200, 400]) {
      await using opened = await open("farm", width);
      const { page } = opened;
      const { tables } = await dataOf<DictionaryFigures>(page, "dictionary");
      assertEquals(await page.locator("#dictionary details.entry").count(), tables.length);
      const box = page.locator('#dictionary .box[href="#table-harvest_harvestlot"]');
      await box.focus();
      await page.keyboard.press("Enter");
      const lot = page.locator("#table-harvest_harvestlot");
      await lot.locator("tbody tr").first().waitFor();
      const { columns } = tables.find(({ name }) => name === "harvest_harvestlot")!;
      assertEquals(await lot.locator("tbody tr").count(), columns.length);
      // Over its foreign key, into a group that is closed.
      await lot.locator('td a[href="#table-harvest_productgrade"]').click();
      await page.locator("#table-harvest_productgrade tbody tr").first().waitFor();
      assert(
        await page.locator("#table-harvest_productgrade summary").evaluate((one) =>
          one === document.activeElement
        ),
      );
      await page.getByLabel("Find a table or column").fill("lice confidence");
      const words = ["lice", "confidence"];
      const found = tables.filter((table) => {
        const text = JSON.stringify([table.name, table.meaning, table.columns]).toLowerCase();
        return words.every((word) => text.includes(word));
      });
      assertEquals(
        await page.locator("#dictionary details.entry:visible").count(),
        found.length,
      );
      assert(found.length > 0 && found.length < 10);
    }
  });

  test("what is not there yet is said, and why", async () => {
    await using opened = await open("young");
    const { page, complaints } = opened;
    for (
      const [section, why] of [
        ["feed", "feeding begins after 90 days"],
        ["feed", "No batch has been fed yet"],
        ["environment", "No fish are at sea yet"],
        ["environment", "No lice were counted"],
        ["environment", "No fish was sampled"],
        ["harvest", "No batch has been harvested yet"],
        ["harvest", "No company has sold anything yet"],
        ["quality", "This page was made of the files as they are"],
      ] as const
    ) {
      assertEquals(
        await page.locator(`#${section} figure.empty`, { hasText: why }).count(),
        1,
        `${section}: ${why}`,
      );
    }
    assertEquals(complaints, []);
  });
}
