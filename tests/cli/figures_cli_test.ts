/** `redd verify --figures`, as a user types it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { allFigures } from "../../src/figures/all_figures.ts";
import type { FigureResult } from "../../src/figures/figure.ts";
import { figureLines, figureList, shownNumber } from "../../cli/figures_table.ts";
import { reddHere } from "./line_here.ts";
import { refuses, SHORT } from "./short_dataset.ts";

const cwd = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(cwd, { recursive: true }));
await reddHere([...SHORT, "--out", "short"], { cwd });

const verify = (...line: string[]) => reddHere(["verify", "short", ...line], { cwd });

/** Lines that are too long for a terminal. */
function long(lines: readonly string[]): string[] {
  return lines.filter((line) => line.length > 80);
}

Deno.test("figures follow the checks, and change neither them nor the exit code", async () => {
  const only = ["--only", "C-17,FILE-FORM,utilization_pct,late_entry_share"];
  const { code, stdout, stderr } = await verify("--figures", ...only);
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.split("\n");
  assertEquals(long(lines), []);
  assertEquals(lines[0], "2 checks passed, 0 failed, 0 skipped");
  const first = lines.findIndex((line) => line.startsWith("late_entry_share"));
  assertEquals(lines.slice(first, first + 4), [
    "late_entry_share                           -       none   0.02 to 0.35",
    "  too few records: 30, at least 500 are needed; ASSUM; documented 0: none",
    "utilization_pct                       0.5155 %     none",
    "  containers: 1,940; documented 25 to 90: below",
  ]);
  assertEquals(lines.slice(-4), [
    "ASSUM  Assumed: practice on farms, no publication seen",
    "",
    "2 figures: 0 inside, 0 below, 0 above, 2 none",
    "",
  ]);
});

Deno.test("a figure outside of its range fails nothing, and a check beside it still does", async () => {
  const path = join(cwd, "short/data/infrastructure_hall.csv");
  const whole = await Deno.readTextFile(path);
  const line = ["--figures", "--only", "C-17,FILE-FORM,utilization_pct", "--json"];
  const told = await verify(...line);
  const { ok, counts, checks, figures } = JSON.parse(told.stdout);
  assertEquals([told.code, ok, counts.passed], [0, true, 2]);
  assertEquals(checks.map(({ id }: { id: string }) => id), ["FILE-FORM", "C-17"]);
  assertEquals(figures.map(({ id, verdict }: FigureResult) => [id, verdict]), [
    ["utilization_pct", "below"],
  ]);
  await Deno.writeTextFile(path, whole.replace("1000.00", "1.000,00"));
  try {
    const failing = await verify(...line);
    const { ok, figures: [figure] } = JSON.parse(failing.stdout);
    assertEquals([failing.code, ok, figure.value], [1, false, null]);
    assertEquals(figure.why, "the files of infrastructure_hall cannot be read");
  } finally {
    await Deno.writeTextFile(path, whole);
  }
});

Deno.test("figures alone run no check, and are an array of their own", async () => {
  const { code, stdout } = await verify("--figures", "--only", "utilization_*", "--json");
  const { figures, ...rest } = JSON.parse(stdout);
  assertEquals([code, rest], [0, {}]);
  const [{ published, documented, ...figure }] = figures;
  assertEquals(published, undefined);
  assertEquals(figures.length, 3);
  assertEquals(figure, {
    id: "utilization_pct",
    title: "containers in use, the whole farm",
    unit: "%",
    n: 1940,
    verdict: "below",
    value: 0.515463918,
  });
  assertEquals([documented.low, documented.high, documented.verdict], [25, 90, "below"]);
});

Deno.test("figures are listed with titles, units, ranges and sources, for people and programs", async () => {
  const { code, stdout } = await reddHere(["verify", "--figures", "--list"], { cwd });
  const lines = stdout.trimEnd().split("\n");
  assertEquals([code, long(lines)], [0, []]);
  assertEquals(lines.filter((line) => !line.startsWith(" ")).length >= allFigures.length, true);
  for (const { id } of allFigures) assert(lines.some((line) => line.startsWith(`${id}  `)), id);
  const some = ["verify", "--figures", "--list", "--only", "salinity*", "--json"];
  const [salinity] = JSON.parse((await reddHere(some, { cwd })).stdout);
  assertEquals([salinity.id, salinity.unit, salinity.published], ["salinity_p1_p99_range", "ppt", {
    low: 1,
    high: 10,
    source: "Public series of sensor strings at sea",
  }]);
  const checks = await reddHere(["verify", "--list"], { cwd });
  for (const { id } of allFigures) assert(!checks.stdout.includes(id), id);
});

Deno.test("a line about figures that makes no sense is refused, and nothing is written", async () => {
  const fault = "Cannot show some of the figures: ";
  const remedy =
    "Name figures as docs/figures.md does, such as mort_*, and checks as docs/checks.md.";
  await refuses(
    cwd,
    ["verify", "short", "--figures", "--only", "efcr"],
    2,
    `${fault}there is no figure and no check "efcr". ${remedy}`,
  );
  await refuses(
    cwd,
    ["verify", "short", "--figures", "--only", "efcr_sea", "--junit", "out.xml"],
    2,
    "Cannot run deno task verify: --junit is of checks, and --only names figures alone. " +
      "Leave it out.",
  );
  const { stderr } = await verify("--only", "efcr_sea");
  assertMatch(stderr, /there is no check "efcr_sea"/);
  assert(!allChecks.some(({ id }) => id === "efcr_sea"));
});

Deno.test("numbers are told with four digits, and the widest table fits a terminal, also a narrow one", () => {
  assertEquals([0.0699, 2_607_785, 0, -0.5, 1e-9, 12.3456].map(shownNumber), [
    "0.0699",
    "2,608,000",
    "0",
    "-0.5",
    "1.000e-9",
    "12.35",
  ]);
  const results = allFigures.map(({ id, title, unit, published, documented }): FigureResult => ({
    id,
    title,
    unit,
    value: 123_456_789,
    n: 481_755_529,
    verdict: "inside",
    ...published === undefined
      ? {}
      : { published: { ...published, source: "", verdict: "inside" } },
    ...documented === undefined
      ? {}
      : { documented: { ...documented, source: "", verdict: "above" } },
  }));
  assertEquals(long(figureLines(allFigures, results)), []);
  const narrow = figureLines(allFigures, results, 40);
  assertEquals(narrow.filter((line) => line.length > 40), []);
  assertEquals(figureList(allFigures, 40).filter((line) => line.length > 40), []);
  const words = (lines: readonly string[]) => lines.join(" ").split(/ +/);
  assertEquals(words(narrow), words(figureLines(allFigures, results)));
  assertEquals(
    figureLines(allFigures, results.slice(0, 1)).at(-1),
    "1 figure: 1 inside, 0 below, 0 above, 0 none",
  );
});
