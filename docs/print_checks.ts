/**
 * Prints docs/checks.md from the checks themselves:
 * `deno run --allow-read docs/print_checks.ts > docs/checks.md`.
 */
import { allChecks, dataChecks } from "../src/catalogue/catalogue.ts";
import { BASES, type CheckFacts, type DefectId, type VerifyCheck } from "../src/catalogue/check.ts";
import { fileChecks } from "../src/verify/file_laws/checks.ts";
import { ABILITIES } from "../src/catalogue/engine.ts";

/** A defect of the original, and where it is told. */
const linked = (id: DefectId) => `[${id}](defects.md#${id.toLowerCase()})`;

/** What a reader of the page may ask of each check. */
function lines(check: VerifyCheck): string {
  const needs = (check.needs ?? []).map(({ what }) => what);
  const facts = [
    `Source: ${check.source}.`,
    ...check.defects === undefined ? [] : [`Finds ${check.defects.map(linked).join(", ")}.`],
    ...check.basis === undefined ? [] : [`Made of ${BASES[check.basis]}.`],
    ...needs.length === 0 ? [] : [`Needs ${needs.join(" and ")}.`],
    ...check.wholeFarm ? ["Reads every row of the database."] : [],
    ...check.asks === undefined ? [] : [`Asks for ${ABILITIES[check.asks]}.`],
    ...check.expects === "information" ? ["Shows rows and judges none."] : [],
    ...check.tables.length === 0
      ? []
      : [`Reads ${check.tables.map((name) => `\`${name}\``).join(", ")}.`],
  ];
  const id = check.id.toLowerCase();
  return `<a id="${id}"></a>\n\n**${check.id}** ${check.title}. ${facts.join(" ")}\n`;
}

/** The same of a check of files, which has no query. */
function ofFiles({ id, title, source }: CheckFacts): string {
  return `<a id="${id.toLowerCase()}"></a>\n\n**${id}** ${title}. Source: ${source}.\n`;
}

/** The page, as text. */
export function checksPage(): string {
  const data = new Set(dataChecks);
  const catalog = allChecks.filter((check) => !data.has(check));
  const anyFarm = allChecks.filter(({ basis }) => basis === undefined);
  return `# Checks

\`deno task verify\` runs these ${fileChecks.length + allChecks.length} checks on the files of a
dataset, where it skips ${catalog.length} that only a database can be asked, and
${allChecks.length} on a database. This page is printed from them by \`docs/print_checks.ts\`; a test
sees that it is theirs. Each has a mutation in \`tests/verify\` that breaks it.

Where no dataset speaks for a database, because Redd has not filled it, the checks that are "made of"
what a dataset's manifest says are skipped and say so; the ${anyFarm.length} others hold of any farm.
Those that find a [defect of the original](defects.md) name it.

## Of the files

Before anything else, where files are checked. An offender is told with file and line.

${fileChecks.map(ofFiles).join("\n")}
## Of the data

Asked of files through DuckDB, and of a database.

${dataChecks.map(lines).join("\n")}
## Of the database

${catalog.map(lines).join("\n")}`;
}

if (import.meta.main) Deno.stdout.writeSync(new TextEncoder().encode(checksPage()));
