/** No number of a query is one that a database does not know, whatever the rates are. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { DOCUMENTED_RATES } from "../../src/dataset/documented_rates.ts";
import { rateFindings } from "../../src/dataset/rate_laws.ts";
import { ratesDigest, ratesSchema } from "../../src/dataset/rates.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import type { ProfileRates } from "../../src/dataset/rates_type.ts";
import { ReddError } from "../../src/errors.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { rowExpected, sqlOf } from "../../src/catalogue/check.ts";
import { whySkipped } from "../../src/verify/judge.ts";
import { manifestOf } from "../load/mini_dataset.ts";
import { entryOf, partsOf } from "../load/mini_dataset.ts";
import { fc, runs } from "../random.ts";

const BATCH = { batch_batch: { ...entryOf("batch_batch", partsOf("batch_batch", [])), rows: 1 } };

/** A dataset of one batch over 200 days, about which every check asks. */
function manifestBy(rates: ProfileRates): ReddManifest {
  const plain = manifestOf(BATCH);
  const days = { firstDay: "2020-01-01", asOf: "2020-07-19", laterScenarios: true };
  const profile = { name: "another", sha256: "1".repeat(64), rates };
  return { ...plain, ...days, profile };
}

/** Asks all checks that apply, and gives back their texts. */
function asked(rates: ProfileRates): string[] {
  const manifest = manifestBy(rates);
  return allChecks.flatMap((check) => {
    if (whySkipped({ ...check, tables: [] }, manifest) !== undefined) return [];
    rowExpected(check, manifest);
    return [sqlOf(check, manifest)];
  });
}

type Json = ReturnType<typeof JSON.parse>;

/** Every place of a number. */
function placesOf(value: Json, at: string[] = []): string[][] {
  if (typeof value === "number") return [at];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => placesOf(value[key], [...at, key]));
}

const places = placesOf(DOCUMENTED_RATES);
const edges = [0, 0.1, 1, 2, 20, 23, 24, 30, 40, 99, 100, 899, 900, 999, 1000, 3000, 6000, 1e5];

function altered(changes: readonly (readonly [string[], number])[]): ProfileRates {
  const own = structuredClone(DOCUMENTED_RATES) as Json;
  for (const [path, value] of changes) {
    path.slice(0, -1).reduce((part, key) => part[key], own)[path.at(-1)!] = value;
  }
  return own;
}

function isTrue(rates: ProfileRates): boolean {
  const profile = { name: "x", sha256: "1".repeat(64), rates, ratesSha256: ratesDigest(rates) };
  return ratesSchema.safeParse(rates).success && rateFindings({ format: 2, profile }).length === 0;
}

Deno.test("rates at the edges of their bounds give finite numbers to every check", () => {
  let held = 0;
  const hold = (rates: ProfileRates) => {
    if (!isTrue(rates)) return;
    held++;
    for (const text of asked(rates)) {
      assert(!/NaN|Infinity|undefined|VALUES\s*\)/.test(text), text);
    }
  };
  // Each alone, a few by chance together.
  for (const path of places) for (const edge of [0, 1, 100, 3000]) hold(altered([[path, edge]]));
  assert(held > places.length, `${held}`);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...edges)), { maxLength: 6 }),
      (changes) => hold(altered(changes)),
    ),
    { numRuns: runs(100) },
  );
});

Deno.test("rates that nobody has held to the laws give finite numbers or a refusal", () => {
  const wild = [...edges, NaN, Infinity, -Infinity];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...wild)), {
        minLength: 1,
        maxLength: 3,
      }),
      (changes) => {
        try {
          for (const text of asked(altered(changes))) {
            assert(!/NaN|Infinity|undefined|VALUES\s*\)/.test(text), text);
          }
        } catch (error) {
          if (!(error instanceof ReddError)) throw error;
          assertEquals(error.code, "RATES_UNUSABLE");
        }
      },
    ),
    { numRuns: runs(100) },
  );
});

Deno.test("a refusal names the check, its rates and the place", () => {
  const ask = (id: string, changes: [string, number][]) => {
    const check = allChecks.find((one) => one.id === id)!;
    const rates = altered(changes.map(([path, value]) => [path.split("."), value]));
    return assertThrows(() => sqlOf(check, manifestBy(rates)), ReddError);
  };
  const sampled = ask("C-20", [["samples.fromStage", 30]]);
  assertEquals(sampled.cannot, "ask check C-20");
  assert(
    sampled.because.startsWith("the profile's rates of stages of life, growth samples give NaN"),
    sampled.because,
  );
  assert(sampled.because.includes(":as_of - b.start_date > NaN"), sampled.because);
  const long = ask("C-09", [["life.stages.0.days", 3000]]);
  assertEquals(long.cannot, "ask check C-09");
  assert(long.because.includes("no row in a list of values"), long.because);
});

Deno.test("a life that is at sea within 200 days is not asked about 200 days in halls", () => {
  const short = altered(["0", "1", "2", "3", "4"].map((i) => [["life", "stages", i, "days"], 30]));
  const skipped = allChecks.flatMap((check) => {
    const reason = whySkipped({ ...check, tables: [] }, manifestBy(short));
    return reason?.includes("200 days at least before the sea") ? [check.id] : [];
  });
  assertEquals(skipped, ["B-04", "B-07", "B-08", "B-09"]);
});
