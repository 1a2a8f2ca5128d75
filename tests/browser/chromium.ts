/** Pages of the report in headless Chromium. */
import { type Browser, chromium, type Page } from "playwright-core";

/** What keeps Chromium to the page that it is given. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Debian puts it. */
const CHROMIUM = Deno.env.get("REDD_CHROMIUM") ?? "/usr/bin/chromium";

/** Opens the browser, with a folder of its own for what it keeps. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
}

/** How a page is looked at. */
export interface Look {
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  /** The part of its address after the path, `#batch=…`. */
  readonly hash?: string;
}

/** A page that is open, and what the browser has complained of. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a page from the disk and waits until all of it is drawn. */
export async function openPage(
  browser: Browser,
  file: string,
  { scheme = "light", width = 1200, height = 800, hash = "" }: Look = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    // A page that wants to load something complains.
    offline: true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file://")) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}${hash}`);
  await drawn(page);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Waits until every section and every figure of a page is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const sections = [...document.querySelectorAll("main > section")];
    const boxes = [...document.querySelectorAll(".drawing")];
    return sections.length > 0 && sections.every((one) => one.hasAttribute("data-drawn")) &&
      boxes.every((one) => one.querySelector("svg") !== null);
  });
}
