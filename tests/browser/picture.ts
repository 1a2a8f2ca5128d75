/**
 * The picture of a report that README shows: `deno task picture` makes it anew, from a dataset of the
 * preset `small` under `field`.
 */
import { fileURLToPath } from "node:url";
import { openBrowser, openPage } from "./chromium.ts";
import { makePageOf } from "./pages.ts";

/** Where it stands. */
const PICTURE = fileURLToPath(new URL("../../docs/report.png", import.meta.url));

const made = await makePageOf("generate --preset small --profile field --until 2025-11-21");
const browser = await openBrowser();
try {
  await using opened = await openPage(browser, made.page, { width: 1000, height: 940 });
  const { page } = opened;
  // As much as tells what a page is: the farm, where its batches were, and the growth of one.
  await page.evaluate(() => {
    for (const gone of document.querySelectorAll("nav, header p, .facts, .about")) gone.remove();
  });
  await page.screenshot({ path: PICTURE, clip: { x: 0, y: 0, width: 1000, height: 940 } });
} finally {
  await browser.close();
  await made.end();
}
