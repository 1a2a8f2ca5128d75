/** What cannot be read on a page: words without contrast, and words upon words. */
import type { Page } from "playwright-core";

/**
 * Texts whose contrast to what is behind them is less than 4.5, and colours of marks with less than 3
 * (WCAG AA).
 */
export function contrastFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const rgba = (colour: string): number[] => {
      probe.clearRect(0, 0, 1, 1);
      probe.fillStyle = colour;
      probe.fillRect(0, 0, 1, 1);
      return [...probe.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: readonly number[]) => {
      const [r, g, b] = colour.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const contrast = (a: readonly number[], b: readonly number[]) => {
      const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (light! + 0.05) / (dark! + 0.05);
    };
    const behind = (start: Element): number[] => {
      for (let at: Element | null = start; at !== null; at = at.parentElement) {
        const ground = rgba(getComputedStyle(at).backgroundColor);
        if (ground[3] === 255) return ground;
      }
      return [255, 255, 255, 255];
    };
    const faults: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const owner = node.parentElement!;
      if (node.textContent!.trim() === "" || !owner.checkVisibility()) continue;
      if (owner.closest("script, style, noscript, :disabled, option") !== null) continue;
      const style = getComputedStyle(owner);
      const colour = owner instanceof SVGElement ? style.fill : style.color;
      const found = contrast(rgba(colour), behind(owner));
      if (found < 4.5) faults.push(`${found.toFixed(2)}: ${node.textContent!.slice(0, 40)}`);
    }
    const root = getComputedStyle(document.documentElement);
    const ground = rgba(root.getPropertyValue("--surface").trim());
    for (const kind of ["stage", "series"]) {
      for (let place = 1; place <= 6; place++) {
        const name = `--${kind}-${place}`;
        const found = contrast(rgba(root.getPropertyValue(name).trim()), ground);
        if (!(found >= 3)) faults.push(`${found.toFixed(2)}: ${name}`);
      }
    }
    return faults;
  });
}

/** Words of a drawing that lie upon other words of it, or outside of it. */
export function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<SVGSVGElement>(".drawing svg")].flatMap((svg) => {
      const outer = svg.getBoundingClientRect();
      const words = [...svg.querySelectorAll("text")].filter((one) => one.textContent !== "")
        .map((one) => ({ text: one.textContent!, box: one.getBoundingClientRect() }));
      const name = svg.getAttribute("aria-label")!.slice(0, 40);
      const outside = words.filter(({ box }) =>
        box.left < outer.left - 2 || box.right > outer.right + 2 || box.top < outer.top - 2 ||
        box.bottom > outer.bottom + 2
      ).map(({ text }) => `${name}: ${text} is cut off`);
      const upon = words.flatMap(({ text, box }, place) =>
        words.slice(place + 1).filter(({ box: other }) =>
          Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
          Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3
        ).map((other) => `${name}: ${text} and ${other.text}`)
      );
      return [...outside, ...upon];
    })
  );
}
