/** Titles of tables: their names as people read them. */
import type { Table } from "./description.ts";

/** The words that names of tables are made of, written together. */
const WORDS = (
  "action actual area assignment batch biological company constraint constraints container content " +
  "count creation daily definition development dim egg entry environmental event fact fcr feed feeding " +
  "fish freshwater geography grade growth hall harvest health historical individual intercompany journal " +
  "lab lice lifecycle lot model mortality observation parameter permission policy product profile projection " +
  "purchase reading reason sample sampling scenario score sensor site species stage state station stock " +
  "summary supplier temperature tgc transaction transfer treatment type user vaccination workflow"
).split(" ").toSorted((a, b) => b.length - a.length);

/** Words that are no words. */
const SPELT: Readonly<Record<string, string>> = {
  dim: "dimension",
  fcr: "FCR",
  tgc: "TGC",
  lifecycle: "life-cycle",
};

/** The words of a name that is written together; undefined where one is not known. */
function wordsOf(name: string): string[] | undefined {
  if (name === "") return [];
  for (const word of WORDS) {
    if (!name.startsWith(word)) continue;
    const rest = wordsOf(name.slice(word.length));
    if (rest !== undefined) return [SPELT[word] ?? word, ...rest];
  }
  return undefined;
}

/** The title of a table: `Growth sample (batch)` of `batch_growthsample`. */
export function titleOf({ name }: Pick<Table, "name">): string {
  const [application, ...rest] = name.split("_");
  const own = rest.length === 0 ? [application!] : rest;
  const words = own.flatMap((part) => wordsOf(part) ?? [part]).join(" ");
  return `${words[0]!.toUpperCase()}${words.slice(1)} (${application})`;
}
