/** The page of a report in a browser: what is drawn, who can read it, and what harms it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import type { BatchFigures } from "../../src/report/data/batch.ts";
import type { OccupancyFigures } from "../../src/report/data/occupancy.ts";
import type { StockFigures } from "../../src/report/data/stock.ts";
import { scriptJson } from "../../src/report/shell/data_block.ts";
import { htmlText } from "../../src/report/shell/page_html.ts";
import { drawn, type Look, openBrowser, openPage } from "./chromium.ts";
import { contrastFaults, overlaps } from "./legible.ts";
import { makePages } from "./pages.ts";
import { sectionTests } from "./sections.ts";

const pages = await makePages();
const browser = await openBrowser();
Deno.test.afterAll(async () => {
  await browser.close();
  await pages.end();
});

const open = (look?: Look) => openPage(browser, pages.farm, look);

/** Tests of pages: what Playwright leaves open is the browser's, not the test's. */
function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** The data of a section, as the page has it. */
async function dataOf<Data>(page: Page, id: string): Promise<Data> {
  return JSON.parse((await page.locator(`#data-${id}`).textContent())!);
}

/** How many marks of a kind there are in the figure of a title. */
function marks(page: Page, title: string, selector: string): Promise<number> {
  return page.locator("figure", { has: page.getByRole("heading", { name: title, exact: true }) })
    .locator(`.drawing ${selector}`).count();
}

test("a page complains of nothing, loads nothing and draws every section, in both schemes", async () => {
  for (const file of [pages.farm, pages.young]) {
    for (const scheme of ["light", "dark"] as const) {
      await using opened = await openPage(browser, file, { scheme });
      assertEquals(opened.complaints, [], `${file} ${scheme}`);
      const ids = await opened.page.locator("main > section").evaluateAll((sections) =>
        sections.map(({ id }) => id)
      );
      const listed = await opened.page.locator("nav a").evaluateAll((links) =>
        links.map((link) => link.getAttribute("href")!.slice(1))
      );
      assertEquals(ids, listed);
    }
  }
});

test("the policy forbids what is not the page's own", async () => {
  await using opened = await open();
  const { page, complaints } = opened;
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.harmed = true";
    document.body.append(script);
    const image = new Image();
    image.src = "https://example.org/x.png";
    document.body.append(image);
    return "harmed" in globalThis;
  });
  assertEquals(ran, false);
  assert(complaints.some((one) => one.includes("Content Security Policy")), complaints.join("\n"));
});

test("occupancy has a bar for every stay, and says of each what it is", async () => {
  await using opened = await open();
  const { page } = opened;
  const { stays, batches } = await dataOf<OccupancyFigures>(page, "occupancy");
  const bars = page.locator('#occupancy g[aria-label="rect"] > *');
  assertEquals(await bars.count(), stays.length);
  await bars.nth(2).hover();
  const said = await page.locator("#occupancy .readout").first().textContent();
  assert(/: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, \d+ days, up to [\d,]+ fish in/.test(said!), said!);
  assert(batches.some((number) => said!.includes(number)));
  await page.getByLabel("batch", { exact: true }).check();
  await drawn(page);
  assertEquals(await bars.count(), stays.length);
});

test("a batch's figures have as many marks as its data, for every batch, without a reload", async () => {
  await using opened = await open();
  const { page, complaints } = opened;
  const { batches } = await dataOf<BatchFigures>(page, "batch");
  await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));
  assert(batches.some(({ harvests }) => harvests.length === 0));
  for (const batch of batches) {
    await page.getByLabel("Batch", { exact: true }).selectOption(batch.number);
    await page.locator("h3.batch", { hasText: batch.number }).waitFor();
    await drawn(page);
    assertEquals(decodeURIComponent(new URL(page.url()).hash), `#batch=${batch.number}`);
    assertEquals(
      await marks(page, "Growth", 'g[aria-label="dot"] > *'),
      batch.samples.day.length,
      "samples",
    );
    assertEquals(await marks(page, "Growth", 'g[aria-label="line"] > *'), 2, "states, projection");
    assertEquals(await marks(page, "Deaths", 'g[aria-label="rect"] > *'), batch.deaths.length);
    assertEquals(await marks(page, "Population", 'g[aria-label="line"] > *'), 1);
    assertEquals(
      await marks(page, "Harvest by grade", 'g[aria-label="bar"] > *'),
      batch.grades.length,
    );
    const lists = (title: string) =>
      page.locator("figure", { has: page.getByRole("heading", { name: title, exact: true }) })
        .locator("tbody tr").count();
    assertEquals(await lists("Transfers"), batch.transfers.length);
    assertEquals(await lists("Treatments"), batch.treatments.length);
    if (batch.harvests.length === 0) {
      assertStringIncludes(
        (await page.locator("#batch-shown figure.empty").last().textContent())!,
        "Not harvested: on the last day",
      );
    }
  }
  assert(await page.evaluate(() => "notReloaded" in globalThis));
  assertEquals(complaints, []);
});

test("the address of a batch opens it, and Back goes to the one before", async () => {
  const numbers = await (async () => {
    await using opened = await open();
    return (await dataOf<BatchFigures>(opened.page, "batch")).batches.map(({ number }) => number);
  })();
  const [, second, third] = numbers as [string, string, string];
  await using opened = await open({ hash: `#batch=${second}` });
  const { page } = opened;
  assertEquals(await page.locator("h3.batch").textContent(), second);
  await page.getByLabel("Batch", { exact: true }).selectOption(third);
  await page.locator("h3.batch", { hasText: third }).waitFor();
  await page.goBack();
  await page.locator("h3.batch", { hasText: second }).waitFor();
  assertEquals(await page.getByLabel("Batch", { exact: true }).inputValue(), second);
  await page.evaluate(() => location.hash = "#batch=%3Cimg%3E");
  await page.getByText("This dataset has no batch <img>").waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.locator("h3.batch", { hasText: /^\S+$/ }).waitFor();
});

test("an address of no batch chooses none, and the list leads on, also of one batch", async () => {
  for (const file of [pages.farm, pages.young]) {
    await using opened = await openPage(browser, file, { hash: "#batch=nosuch" });
    const { page } = opened;
    const { batches: [first] } = await dataOf<BatchFigures>(page, "batch");
    const list = page.getByLabel("Batch", { exact: true });
    await page.getByText("This dataset has no batch nosuch").waitFor();
    assertEquals(await list.inputValue(), "");
    for (const name of ["Previous", "Next"]) {
      const button = page.getByRole("button", { name });
      if (await button.count() === 0) continue;
      assertEquals(await button.getAttribute("aria-disabled"), String(name === "Previous"));
    }
    await list.selectOption(first!.number);
    await page.locator("h3.batch", { hasText: first!.number }).waitFor();
  }
});

test("Back undoes a choice, wherever the address was that names no batch", async () => {
  for (const hash of ["", "#batch", "#stock"]) {
    await using opened = await open({ hash });
    const { page } = opened;
    const list = page.getByLabel("Batch", { exact: true });
    const shown = await list.inputValue();
    const { batches } = await dataOf<BatchFigures>(page, "batch");
    const other = batches.find(({ number }) => number !== shown)!.number;
    await list.selectOption(other);
    await page.locator("h3.batch", { hasText: other }).waitFor();
    // A link to another section keeps it; so does Back from there.
    await page.locator('nav a[href="#feed"]').click();
    assertEquals(await list.inputValue(), other);
    await page.goBack();
    assertEquals(await page.locator("h3.batch").textContent(), other);
    await page.goBack();
    await page.locator("h3.batch", { hasText: shown }).waitFor();
    assertEquals(await list.inputValue(), shown);
    await page.goForward();
    await page.locator("h3.batch", { hasText: other }).waitFor();
  }
});

test("who comes by a link is where it leads, however much is drawn above", async () => {
  for (const [hash, id] of [["#batch=SCO-2024-001", "batch"], ["#stock", "stock"]] as const) {
    await using opened = await open({ hash });
    const { page } = opened;
    // At the top, or as near as the end of the page lets it be.
    await page.waitForFunction((id) => {
      const { top } = document.getElementById(id)!.getBoundingClientRect();
      const end = Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight) < 3;
      return Math.abs(top) < 60 || (end && top > 0 && top < innerHeight);
    }, id);
  }
});

test("what lives is stacked by stage, and as a table says the same", async () => {
  await using opened = await open();
  const { page } = opened;
  const { series, geographies, days } = await dataOf<StockFigures>(page, "stock");
  const stages = new Set(series.map(({ stage }) => stage)).size;
  assertEquals(await marks(page, "Biomass by stage", 'g[aria-label="area"] > *'), stages);
  assertEquals(
    await marks(page, "Biomass by geography", 'g[aria-label="area"] > *'),
    geographies.length,
  );
  const figure = page.locator("#stock figure").first();
  await figure.locator("summary").click();
  assertEquals(await figure.locator("tbody tr").count(), days);
  await page.getByLabel(geographies[0]!, { exact: true }).check();
  await drawn(page);
  const own = new Set(series.filter(({ geography }) => geography === 0).map(({ stage }) => stage));
  const title = `Biomass by stage in ${geographies[0]}`;
  assertEquals(await marks(page, title, 'g[aria-label="area"] > *'), own.size);
});

/** What the Tab key should stop at. */
const STOPS = "a[href], button:not([disabled]), select, summary, .drawing[tabindex], .scroll, " +
  "pre, input:checked";

test("the keyboard reaches everything, and arrow keys read a drawing", async () => {
  await using opened = await open();
  const { page } = opened;
  // Tables are made when they are opened: those that are, are stops too.
  const expected = await page.evaluate((stops) => {
    const all = [...document.querySelectorAll(stops)].filter((one) => one.checkVisibility());
    all.forEach((one, place) => one.setAttribute("data-stop", String(place)));
    return all.length;
  }, STOPS);
  const reached = new Set<string>();
  for (let press = 0; press < 3 * expected; press++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => document.activeElement?.getAttribute("data-stop"));
    if (stop != null) reached.add(stop);
    if (reached.size === expected) break;
  }
  const missed = await page.evaluate(
    (found) =>
      [...document.querySelectorAll("[data-stop]")]
        .filter((one) => !found.includes(one.getAttribute("data-stop")!))
        .map((one) => one.outerHTML.slice(0, 80)),
    [...reached],
  );
  assertEquals(missed, []);
  for (const box of await page.locator(".drawing[tabindex]").all()) {
    const readout = box.locator("xpath=following-sibling::output");
    await box.focus();
    await page.keyboard.press("ArrowRight");
    const first = await readout.textContent();
    await page.keyboard.press("End");
    const last = await readout.textContent();
    await page.keyboard.press("Home");
    assert(first !== "" && last !== "");
    assertEquals(await readout.textContent(), first);
  }
  await page.locator("#occupancy .drawing").first().focus();
  await page.keyboard.press("End");
  const said = await page.locator("#occupancy .readout").first().textContent();
  await page.keyboard.press("Enter");
  // The page draws the batch when it comes to it.
  await page.waitForFunction(
    (words) => words.includes(document.querySelector("h3.batch")!.textContent!),
    said!,
    { timeout: 20_000 },
  );
  assertEquals(await page.evaluate(() => document.activeElement!.id), "batch-title");
});

test("every figure has a name, words and a table for those who do not see it", async () => {
  await using opened = await open();
  const { page } = opened;
  const figures = await page.locator("figure:not(.empty):not(.list)").evaluateAll((all) =>
    all.map((one) => ({
      name: one.querySelector(".drawing > svg")?.getAttribute("aria-label") ?? "",
      table: one.querySelector("details") !== null,
    }))
  );
  assert(figures.length > 8);
  for (const { name, table } of figures) assert(name.length > 30 && table, name);
  const units = await page.locator('.drawing [aria-label$="axis label"] text').allTextContents();
  assert(units.length > 6 && units.every((label) => /[A-Za-z]/.test(label)), units.join(", "));
});

test("text and marks stand out from what is behind them, in both schemes", async () => {
  for (const scheme of ["light", "dark"] as const) {
    await using opened = await open({ scheme });
    assertEquals(await contrastFaults(opened.page), [], scheme);
  }
});

test("nothing is wider than a window of 400 pixels, and no words lie upon others", async () => {
  for (const file of [pages.farm, pages.young]) {
    for (const width of [400, 1200]) {
      await using opened = await openPage(browser, file, { width });
      const { page } = opened;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= width, `${wide} pixels in a window of ${width}`);
      assertEquals(await overlaps(page), [], `${width} pixels`);
    }
  }
});

test("paper has all of it, light, without what only a screen can do", async () => {
  await using opened = await open({ scheme: "dark" });
  const { page } = opened;
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const look = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    contents: document.querySelector("nav")!.checkVisibility(),
    drawings: [...document.querySelectorAll(".drawing svg")].every((svg) => {
      const { width } = svg.getBoundingClientRect();
      return width > 0 && width <= document.body.clientWidth;
    }),
  }));
  assertEquals(look, { ground: "rgb(255, 255, 255)", contents: false, drawings: true });
  // The width of A4, less the margins that browsers leave; all tables are open.
  await page.setViewportSize({ width: 700, height: 1000 });
  await page.evaluate(() => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>("main details")) {
      one.open = true;
    }
  });
  await drawn(page);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((one) => one.getBoundingClientRect().right > 701)
      .map((one) => `${one.closest("section")!.id} ${one.tagName} ${one.textContent!.slice(0, 60)}`)
      .slice(0, 20)
  );
  assertEquals(cut, []);
  const pdf = await page.pdf({ format: "A4" });
  assert(pdf.length > 50_000);
});

test("a label of an axis that does not fit is cut with an ellipsis, and told in full", async () => {
  const unit = `milligrams ${"of something ".repeat(30)}in a litre`;
  const file = await pages.altered(
    "long",
    (html) => html.replaceAll(/"unit":"[^"]+","least"/g, () => `"unit":"${unit}","least"`),
  );
  for (const width of [400, 1200]) {
    await using opened = await openPage(browser, file, { width });
    const { page } = opened;
    const labels = page.locator('#environment .drawing [aria-label$="axis label"] text');
    const said = await labels.allTextContents();
    assert(said.some((label) => label.includes("milligrams") && label.endsWith("…")), said.join());
    const outside = await labels.evaluateAll((all) =>
      all.filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        const box = one.closest("svg")!.getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1;
      }).map((one) => one.textContent)
    );
    assertEquals(outside, []);
    assert(await page.locator("#environment figcaption", { hasText: unit }).count() > 0);
  }
});

test("texts of a dataset are text, whatever they say", async () => {
  const hostile = [
    `"><script>globalThis.harmed = 1</script>`,
    `<img src=x onerror="globalThis.harmed = 1">`,
    "\u202e\u2067evil\u2066'\"`",
  ];
  for (const text of hostile) {
    const file = await pages.altered("altered", (html) => {
      const number = /"number":"([^"]+)"/.exec(html)![1]!;
      const as = scriptJson(text).slice(1, -1);
      return html.replaceAll(number, () => as).replaceAll("Egg&Alevin", () => as)
        .replaceAll("Egg\\u0026Alevin", () => as).replaceAll("S-FW-01-Hall-A", () => as)
        .replaceAll("Scotland", () => as).replaceAll("successful", () => as)
        .replace("<bdi>farm</bdi>", () => `<bdi>${htmlText(text)}</bdi>`);
    });
    await using opened = await openPage(browser, file, { width: 400 });
    const { page, complaints } = opened;
    assertEquals(complaints, []);
    assertEquals(await page.evaluate(() => "harmed" in globalThis), false);
    assertEquals(await page.locator("h1").textContent().then((one) => one!.trim()), text);
    assertEquals(await page.locator("h3.batch").textContent(), text);
    assertEquals(await page.locator("main img").count(), 0);
    // Each stands in an element, or between marks, that keep its direction to itself.
    const loose = await page.evaluate((word) => {
      const walker = document.createTreeWalker(
        document.querySelector("main")!,
        NodeFilter.SHOW_TEXT,
      );
      const found: string[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const said = node.textContent!;
        if (!said.includes(word)) continue;
        if (node.parentElement!.closest("bdi") !== null) continue;
        if (said.includes(`\u2068${word}\u2069`)) continue;
        found.push(`${node.parentElement!.tagName}: ${said}`);
      }
      return found;
    }, text);
    assertEquals(loose, []);
    assert(await page.evaluate(() => document.documentElement.scrollWidth) <= 400);
  }
});

sectionTests({
  test,
  dataOf,
  open: (which, width = 1200) => openPage(browser, pages[which], { width }),
});
