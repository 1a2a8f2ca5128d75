/** A good manifest that is changed in any one place is refused. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertMatch } from "@std/assert";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { fc, runs } from "../random.ts";
import { alteredDataset } from "./altered_dataset.ts";

const { folder, path: PATH, whole, saidOf } = await alteredDataset();

type Json = ReturnType<typeof JSON.parse>;
type Path = readonly string[];

/**
 * What may be another and still be true: which seed and which profile the rows come from, what was
 * asked of them besides, which fixtures stood beside, and the digests of months, which are compared when
 * these are read. The digest of a table with one file stands in `resources` too.
 */
function isFree(path: Path, { redd }: Json): boolean {
  const [top, key, table, , , leaf] = path;
  if (top !== "redd") return false;
  const asked = [
    "seed",
    "profile.name",
    "profile.sha256",
    "fixtures.sha256",
    "documentedTotals",
    "initialFeed",
    "laterScenarios",
  ];
  if (asked.includes(path.slice(1).join("."))) return true;
  if (key !== "tables" || leaf !== "sha256") return false;
  return redd.tables[table!].parts.length > 1;
}

const good: Json = JSON.parse(whole);

/** Every place under the keys that Redd answers for. */
function placesOf(value: Json, at: Path): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.keys(value).flatMap((key) => placesOf(value[key], [...at, key]))];
}

const places = ["redd", "resources", "version"].flatMap((key) => placesOf(good[key], [key]));
const at = (root: Json, path: Path): Json => path.reduce((value, key) => value[key], root);
const leaves = places.filter((path) => typeof at(good, path) !== "object" && !isFree(path, good));
const objects = places.filter((path) => {
  const value = at(good, path);
  return typeof value === "object" && !Array.isArray(value);
});
const lists = places.filter((path) => Array.isArray(at(good, path)) && at(good, path).length > 0);

const changed = async (path: Path, change: (parent: Json, key: string) => void) => {
  const descriptor = JSON.parse(whole);
  change(at(descriptor, path.slice(0, -1)), path.at(-1)!);
  return await saidOf(JSON.stringify(descriptor));
};

const NAMES = /version|redd|resources|schedule\.yaml|batches\/|data\/|batch_batch/;

Deno.test("a leaf with any other value is refused", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...leaves),
      fc.oneof(
        fc.constantFrom<Json>(
          null,
          true,
          false,
          "",
          0,
          1,
          -1,
          1.5,
          2 ** 53,
          1e300,
          [],
          {},
          "0.1.0",
        ),
        fc.integer(),
        fc.string({ unit: "binary" }),
        fc.constant("one more"),
      ),
      async (path, other) => {
        const value = at(good, path);
        const wanted = other !== "one more"
          ? other
          : typeof value === "number"
          ? value + 1
          : typeof value === "boolean"
          ? !value
          : `${value}`.replace(/.$/, (last) => last === "0" ? "1" : "0");
        fc.pre(wanted !== value && !(typeof wanted === "string" && !wanted.isWellFormed()));
        assertMatch(await changed(path, (parent, key) => parent[key] = wanted), NAMES);
      },
    ),
    { numRuns: runs(150) },
  ));

Deno.test("a key that is gone, new or there twice is refused", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places.filter((path) => path.length > 1)),
      fc.constantFrom(...objects),
      fc.constantFrom("gone", "new", "twice"),
      fc.constantFrom("x", "constructor", "hasOwnProperty", "toString", "0", ""),
      async (path, object, what, name) => {
        const gone = (parent: Json, key: string) => {
          if (Array.isArray(parent)) parent.splice(Number(key), 1);
          else delete parent[key];
        };
        if (what === "gone") assertMatch(await changed(path, gone), NAMES);
        else if (what === "new") {
          assertMatch(await changed(object, (parent, key) => parent[key][name] = 1), NAMES);
        } else {
          const [key] = Object.keys(at(good, object));
          fc.pre(key !== undefined);
          const text = JSON.stringify(replaced(good, object, "\u0001"));
          const inside = JSON.stringify(at(good, object)).slice(1, -1);
          const twice = `{${JSON.stringify(key)}:0,${inside}}`;
          assertMatch(
            await saidOf(text.replace('"\\u0001"', () => twice)),
            /the key .* is there twice/,
          );
        }
      },
    ),
    { numRuns: runs(100) },
  ));

/** A copy with another value in one place. */
function replaced(root: Json, path: Path, value: Json): Json {
  const copy = structuredClone(root);
  at(copy, path.slice(0, -1))[path.at(-1)!] = value;
  return copy;
}

Deno.test("a list with an element less, more, or in another place is refused", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...lists),
      fc.nat(),
      fc.nat(),
      fc.constantFrom("less", "more", "moved"),
      async (path, from, to, what) => {
        const { length } = at(good, path);
        const [one, other] = [from % length, to % length];
        const alter = (list: Json[]) => {
          if (what === "less") list.splice(one, 1);
          else if (what === "more") list.splice(other, 0, list[one]);
          else list.splice(other, 0, ...list.splice(one, 1));
          return JSON.stringify(list);
        };
        // Equal elements may change places.
        fc.pre(alter(structuredClone(at(good, path))) !== JSON.stringify(at(good, path)));
        const said = await changed(path, (parent, key) => void alter(parent[key]));
        assertMatch(said, NAMES);
      },
    ),
    { numRuns: runs(100) },
  ));

Deno.test("tables in another order are refused", () =>
  fc.assert(
    fc.asyncProperty(fc.nat(103), async (place) => {
      const said = await changed(["redd", "tables"], (redd, key) => {
        const tables = Object.entries(redd[key]);
        tables.splice(place, 2, tables[place + 1]!, tables[place]!);
        redd[key] = Object.fromEntries(tables);
      });
      assertMatch(said, /redd\.tables has ".*" in place \d+, expected/);
    }),
    { numRuns: runs(10) },
  ));

Deno.test("what may be another is no more than is said", async () => {
  const free = places.filter((path) => isFree(path, good));
  const digests = free.filter((path) => path.at(-1) === "sha256" && path[1] === "tables");
  assert(digests.length < free.length && free.length - digests.length === 7, `${free.length}`);
  for (const path of free.filter((_, i) => i % 20 === 0)) {
    const value = at(good, path);
    const other = path.at(-1) === "sha256"
      ? "0".repeat(64)
      : typeof value === "boolean"
      ? !value
      : 9;
    Deno.writeTextFileSync(PATH, JSON.stringify(replaced(good, path, other)));
    await readDataset(folder);
  }
});
