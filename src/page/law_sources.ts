/** Where laws are written down, in words. */

/** What pages of Redd's documents are called. */
const PAGES: Readonly<Record<string, string>> = {
  rulings: "rulings",
  domain: "description of the domain",
  design: "design",
};

/** `rulings.md#26` as `Redd's rulings, part 26`: it is no link, since the page stands alone. */
export function lawSourceText(source: string): string {
  return source.replace(
    /\b([a-z]+)\.md(?:#(?:([a-z]+)-)?([\w.]+))?/g,
    (all, page: string, kind = "part", part?: string) => {
      if (!Object.hasOwn(PAGES, page)) return all;
      return `Redd's ${PAGES[page]}${part === undefined ? "" : `, ${kind} ${part.toUpperCase()}`}`;
    },
  );
}
