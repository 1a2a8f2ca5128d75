/** The page as a file: what a dataset says ends nothing in it, and its policy knows its own parts. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { batchAddress, batchOfAddress } from "../../src/page/address.ts";
import { lanesOf } from "../../src/page/lanes.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { lawSource } from "../../src/page/law_sources.ts";
import { monthText, tickText } from "../../src/page/words.ts";
import { reportPage } from "../../src/report/report.ts";
import { scriptJson } from "../../src/report/shell/data_block.ts";
import { htmlText, PAGE_MARK, pageHtml, type PageParts } from "../../src/report/shell/page_html.ts";
import { PLOT_CLASS, PLOT_STYLE } from "../../src/report/shell/plot_style.ts";
import { PROJECT } from "../project.ts";
import { fc } from "../random.ts";

/** Texts that HTML, a script or a reader's eye could take for something else. */
const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "\u2028\u2029",
  "\"'`&amp;",
  "\u202e\u2067evil\u0000",
  "]]>",
  "\ud800",
];

const parts: PageParts = {
  title: "farm",
  data: new Map([["glance", {}]]),
  scripts: ["a()", "b()"],
  style: "p{}",
  licences: "free",
  addedStyles: ["q{}"],
};

/** The elements of a name, each as its attributes and its text. */
function elements(html: string, name: string): [attributes: string, text: string][] {
  return [...html.matchAll(new RegExp(`<${name}([^>]*)>([^]*?)</${name}>`, "g"))]
    .map(([, attributes, text]) => [attributes!.trim(), text!]);
}

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

Deno.test("data is read as it was given, and nothing in it ends its element", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const json = scriptJson(value);
    assert(!/[<>&\u2028\u2029]/.test(json), json);
    assertEquals(JSON.parse(json), JSON.parse(JSON.stringify(value)));
  }));
  for (const text of HOSTILE) {
    const html = pageHtml({ ...parts, data: new Map([["x", { text }]]) });
    const blocks = elements(html, "script");
    assertEquals(blocks.length, 3, text);
    assertEquals(JSON.parse(blocks[0]![1]), { text });
  }
});

Deno.test("a title is text, in the heading apart from its surroundings", () => {
  for (const text of HOSTILE) {
    const html = pageHtml({ ...parts, title: text });
    assert(html.includes(`<bdi>${htmlText(text)}</bdi>`));
    assertEquals(elements(html, "script").length, 3, text);
    assert(!html.includes("<script>alert"), text);
  }
});

Deno.test("the policy allows nothing but the page's own scripts and styles, by their digests", () => {
  const html = pageHtml(parts);
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(html)!;
  assertEquals(policy!.replaceAll("&#39;", "'").split("; "), [
    "default-src 'none'",
    `script-src ${hash("a()")} ${hash("b()")}`,
    `style-src ${hash("p{}")} ${hash("q{}")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

Deno.test("scripts and styles that would end their own element make no page", () => {
  for (const script of ["x</script >", "y<!--"]) {
    assertThrows(() => pageHtml({ ...parts, scripts: [script] }), Error, "end its own element");
  }
  assertThrows(() => pageHtml({ ...parts, style: "</STYLE>" }), Error, "end its own element");
});

Deno.test("the whole page loads nothing, has no handler and no style in an attribute", () => {
  const html = reportPage("farm", new Map());
  assert(html.startsWith(PAGE_MARK));
  const [plot, page] = elements(html, "script").map(([, text]) => text);
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(html)!;
  for (const text of [plot!, page!]) assert(policy!.includes(htmlText(hash(text))));
  assert(policy!.includes(htmlText(hash(PLOT_STYLE))));
  const markup = html.replace(/<(script|style|pre)\b[^>]*>[^]*?<\/\1>/g, "");
  assertEquals(markup.match(/\b(?:src|href)="(?!#)[^"]*"|\bon\w+=|\bstyle=|https?:/g), null);
  assert(!/\beval\(|new Function|\binnerHTML\b|insertAdjacentHTML|document\.write/.test(page!));
});

Deno.test("Plot's own style is the one that the policy knows", () => {
  const plot = Deno.readTextFileSync(`${PROJECT}/src/report/bundles/plot.js`);
  const [, text] = /append\("style"\)\.text\(`([^`]*--plot-background: white[^`]+)`\)/.exec(plot)!;
  const written = text!.replaceAll(/\$\{\w+\}/g, PLOT_CLASS).replaceAll("\\n", "\n");
  assertEquals(written, PLOT_STYLE);
});

Deno.test("an address names its batch, whatever it is called", () => {
  for (const number of ["FI-2023-001", "a b&c=#/%", "\u202eא", ""]) {
    assertEquals(
      batchOfAddress(new URL(`file:///x${batchAddress(number)}`).hash || "#batch="),
      number,
    );
  }
  assertEquals(batchOfAddress("#batch"), undefined);
  assertEquals(batchOfAddress("#batch=%E0%A4%A"), "%E0%A4%A");
});

Deno.test("spans of one lane never overlap, and no more lanes are used than overlap at once", () => {
  const span = fc.record({ from: fc.nat(50), length: fc.integer({ min: 1, max: 20 }) });
  fc.assert(fc.property(fc.array(span, { minLength: 1 }), (wishes) => {
    const spans = wishes.map(({ from, length }) => ({ from, to: from + length }))
      .toSorted((a, b) => a.from - b.from);
    const { lanes, all } = lanesOf(spans);
    spans.forEach((one, i) =>
      spans.forEach((other, j) => {
        if (i >= j || lanes[i] !== lanes[j]) return;
        assert(one.to <= other.from);
      })
    );
    const most = Math.max(...Array.from(
      { length: 80 },
      (_, day) => spans.filter(({ from, to }) => from <= day && day < to).length,
    ));
    assertEquals(all, most);
  }));
});

Deno.test("where a law is written down is said in words, as no link", () => {
  assertEquals(lawSource("rulings.md#26"), "Redd's rulings, part 26");
  assertEquals(
    lawSource("domain.md#13 (B-10), rulings.md#5"),
    "Redd's description of the domain, part 13 (B-10), Redd's rulings, part 5",
  );
  assertEquals(lawSource("design.md#promise-3"), "Redd's design, promise 3");
  assertEquals(lawSource("Guide v6.0 (B-08)"), "Guide v6.0 (B-08)");
  for (const check of allChecks) assert(!/\.md/.test(lawSource(check.source)), check.source);
});

Deno.test("numbers at an axis are short, nothing is a plain 0, and months have names", () => {
  assertEquals([0, 500, 1500, 2e6, 0.5].map(tickText), ["0", "500", "1.5k", "2M", "0.5"]);
  assertEquals(monthText("2024-08"), "August 2024");
});

Deno.test("the page draws what was asked, and carries no question", () => {
  const script = new URL("../../src/report/bundles/page.js", import.meta.url);
  assertEquals(/\bSELECT\b/.test(Deno.readTextFileSync(script)), false);
});
