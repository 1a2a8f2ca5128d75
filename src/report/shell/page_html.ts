/** A page as one HTML file that needs nothing else. */
import { VERSION } from "../../version.ts";
import { dataBlock } from "./data_block.ts";
import { pagePolicy } from "./policy.ts";

/** What a page is made of. */
export interface PageParts {
  /** The name of the dataset. */
  readonly title: string;
  /** The data of each section, by its id. */
  readonly data: ReadonlyMap<string, unknown>;
  /** Scripts, in the order in which they run. */
  readonly scripts: readonly string[];
  readonly style: string;
  /** The licences of what others have written of the scripts. */
  readonly licences: string;
  /** Styles that a script adds as it draws, which the policy has to know. */
  readonly addedStyles: readonly string[];
}

/** How every page of Redd begins, by which it is known again. */
export const PAGE_MARK = '<!doctype html>\n<html lang="en" data-made-by="redd report">\n';

/** Text in HTML. */
export function htmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.toWellFormed().replace(/[&<>"']/g, (one) => entities[one]!);
}

/** The HTML of a page. */
export function pageHtml(
  { title, data, scripts, style, licences, addedStyles }: PageParts,
): string {
  for (const script of scripts) {
    if (/<\/script|<!--/i.test(script)) throw new Error("a script would end its own element");
  }
  if (/<\/style/i.test(style)) throw new Error("a style would end its own element");
  const policy = pagePolicy({ scripts, styles: [style, ...addedStyles] });
  return [
    `${PAGE_MARK}<head>`,
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${htmlText(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<meta name="generator" content="Redd ${htmlText(VERSION)}">`,
    `<title>${htmlText(title)}: a salmon farm's history</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<a class="skip" href="#content">Skip to the content</a>',
    "<header><h1>",
    `<bdi>${htmlText(title)}</bdi></h1>`,
    '<nav id="contents" aria-label="Sections"></nav>',
    '<p class="about">Point at a drawing to read its values, or Tab to it and use the arrow keys. ',
    "Every drawing is there as a table, too.</p></header>",
    '<main id="content" tabindex="-1">',
    "<noscript><p>This page draws its figures with a script of its own, and needs JavaScript. ",
    "It loads nothing from anywhere.</p></noscript>",
    "</main>",
    `<footer><p>Made by Redd ${htmlText(VERSION)}. The fish never lived.</p>`,
    "<details><summary>Licences of what draws this page</summary>",
    `<pre tabindex="0">${htmlText(licences)}</pre></details></footer>`,
    ...Array.from(data, ([id, value]) => dataBlock(`data-${id}`, value)),
    ...scripts.map((script) => `<script>${script}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
