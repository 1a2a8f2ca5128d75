/** Where laws are written down, in words. */

/** What pages of Redd's documents are called. */
const PAGES: Readonly<Record<string, string>> = {
  rulings: "rulings",
  domain: "description of the domain",
  design: "design",
};

/** What another page is called, by its path. */
function pageName(path: string): string {
  return Object.hasOwn(PAGES, path) ? PAGES[path]! : `page on ${path.replaceAll(/[/_-]/g, " ")}`;
}

/** `rulings.md#26` as `Redd's rulings, part 26`: it is no link, since the page stands alone. */
export function lawSource(source: string): string {
  return source.replace(
    /\b([a-z/_-]+)\.md(?:#(?:([a-z]+)-)?([\w.]+))?/g,
    (_, page: string, kind = "part", part?: string) =>
      `Redd's ${pageName(page)}${part === undefined ? "" : `, ${kind} ${part.toUpperCase()}`}`,
  );
}
