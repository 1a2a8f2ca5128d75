/** The page: headings and contents at once, figures as they come near. */
import { allSections } from "./all.ts";
import { element } from "./dom.ts";
import { landOn } from "./landing.ts";
import type { PageSection } from "./section.ts";

/** How far below the window a section is drawn already, in pixels. */
const NEAR = 800;

/** The data of a section. */
function dataOf({ id }: PageSection<unknown>): unknown {
  return JSON.parse(document.getElementById(`data-${id}`)!.textContent!);
}

const content = document.getElementById("content")!;
const waiting = new Map<Element, PageSection<unknown>>();

function draw(root: Element): void {
  const section = waiting.get(root);
  if (section === undefined) return;
  waiting.delete(root);
  section.draw(dataOf(section), root as HTMLElement);
  root.append(
    element("p", { class: "up" }, element("a", { href: "#contents" }, "Back to the contents")),
  );
  root.setAttribute("data-drawn", "");
}

/** Draws what has not come near yet, one section whenever nothing else is to do. */
function drawRest(): void {
  const [next] = waiting.keys();
  if (next === undefined) return;
  draw(next);
  later(drawRest);
}

function later(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200);
}

for (const section of allSections) {
  const { id, title, about } = section;
  const root = element(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title`, tabindex: -1 }, title),
    element("p", { class: "about" }, about),
  );
  content.append(root);
  waiting.set(root, section);
}

document.getElementById("contents")!.append(
  element(
    "ol",
    {},
    ...allSections.map(({ id, title }) =>
      element("li", {}, element("a", { href: `#${id}` }, title))
    ),
  ),
);

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: `${NEAR}px` });
for (const root of waiting.keys()) near.observe(root);
// Paper has no scrolling.
addEventListener("beforeprint", () => {
  for (const root of [...waiting.keys()]) draw(root);
});
/** The section that the address names. */
function follow(): void {
  const root = document.getElementById(location.hash.slice(1));
  if (root !== null && root.matches("section")) landOn(root);
}
addEventListener("hashchange", follow);
follow();
addEventListener("load", () => later(drawRest));
