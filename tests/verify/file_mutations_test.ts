/**
 * Every check of files has a mutation that turns it red, and of all checks only those that must see
 * it: the same rule as for the checks of rows (engines_test.ts).
 */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { folderDataset } from "../../src/dataset/dataset.ts";
import type { ReddManifest } from "../../src/dataset/manifest.ts";
import { generate } from "../../src/generate/generate.ts";
import { fileChecks } from "../../src/verify/file_laws/checks.ts";
import { verifyDataset } from "../../src/verify/verify_dataset.ts";
import { lean, oneBatch } from "../small_farm.ts";

const root = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(root, { recursive: true }));

const good = join(root, "good");
const { manifest: own } = await generate({
  folder: good,
  schedule: oneBatch({ duration: 4, start: "2024-01-30" }),
  fixtures: lean,
  seed: 7,
  workers: 1,
});

const READINGS = "data/environmental_environmentalreading/2024-02.csv";
const KINDS = "data/health_sampletype.csv";
const LOG = `batches/${[...Deno.readDirSync(join(good, "batches"))][0]!.name}`;

/** A change of one file. */
interface FileMutation {
  readonly check: string;
  readonly path: string;
  /** The file's new text; undefined where it goes. */
  readonly alter: (text: string) => string | undefined;
  /** Does the manifest speak of the altered file? */
  readonly signed?: boolean;
  /** What is said of it, from its beginning; the path is put before it. */
  readonly says: string;
  /** Other checks that must see it too. */
  readonly also?: readonly string[];
}

/** The lines of a text, without the last line feed. */
const linesOf = (text: string) => text.slice(0, -1).split("\n");

/** Changes the values of one row, counted from 1 below the header. */
function row(at: number, change: (values: string[]) => void) {
  return (text: string) => {
    const lines = linesOf(text);
    const values = lines[at]!.split(",");
    change(values);
    lines[at] = values.join(",");
    return `${lines.join("\n")}\n`;
  };
}

/** The place of a column in a file. */
const at = (path: string, column: string) =>
  linesOf(Deno.readTextFileSync(join(good, path)))[0]!.split(",").indexOf(column);

const VALUE = at(READINGS, "value");
const NOTES = at(READINGS, "notes");
const RECORDED = at(READINGS, "recorded_by_id");
const NAME = at(KINDS, "name");

const mutations: readonly FileMutation[] = [
  { check: "FILE-THERE", path: READINGS, alter: () => undefined, says: " is missing" },
  {
    check: "FILE-THERE",
    path: "data/more.csv",
    alter: () => "id\n1\n",
    says: " lies there, and the manifest does not name it",
  },
  {
    check: "FILE-DIGEST",
    path: LOG,
    alter: (text) => `${text.slice(0, -2)}${text.at(-2) === "x" ? "y" : "x"}\n`,
    says: " has the sha256 ",
  },
  {
    check: "FILE-FORM",
    path: READINGS,
    signed: true,
    alter: row(2, (values) => values.push("")),
    says: ", line 3: it has ",
  },
  {
    check: "FILE-TYPE",
    path: READINGS,
    signed: true,
    alter: row(1, (values) => values[NOTES] = ""),
    says: ", line 2: notes is missing",
  },
  {
    check: "FILE-TYPE",
    path: READINGS,
    signed: true,
    // DuckDB would round it, and nobody would know.
    alter: row(2, (values) => values[VALUE] = `${values[VALUE]}1`),
    says: ", line 3: value is ",
  },
  {
    check: "FILE-TYPE",
    path: READINGS,
    signed: true,
    alter: row(2, (values) => values[VALUE] = `"${values[VALUE]}00001"`),
    says: ", line 3: value is ",
  },
  {
    check: "FILE-KEY",
    path: KINDS,
    signed: true,
    alter: (text) => {
      const first = linesOf(text)[1]!.split(",")[NAME]!;
      return row(2, (values) => values[NAME] = first)(text);
    },
    says: ", line 3: name is ",
  },
  {
    check: "FILE-REFERENCE",
    path: READINGS,
    signed: true,
    alter: row(1, (values) => values[RECORDED] = "99"),
    says: ", line 2: recorded_by_id is 99, and no row of auth_user has that id",
  },
  {
    check: "FILE-ORDER",
    path: KINDS,
    signed: true,
    alter: (text) => {
      const [header, one, two, ...rest] = linesOf(text);
      return `${[header, two, one, ...rest].join("\n")}\n`;
    },
    says: ", line 3: id is 1, expected more than in the row before",
  },
  {
    check: "FILE-MANIFEST",
    path: "schedule.yaml",
    signed: true,
    alter: (text) => `${text}# changed\n`,
    says: " is damaged: it has the sha256 ",
  },
];

/** The manifest as it is after a file was altered that it speaks of. */
function signedFor(manifest: ReddManifest, path: string, bytes: Uint8Array): void {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  for (const entry of Object.values(manifest.tables)) {
    for (const part of entry.parts.filter((part) => part.path === path)) {
      entry.bytes += bytes.length - part.bytes;
      manifest.bytes += bytes.length - part.bytes;
      Object.assign(part, { bytes: bytes.length, sha256 });
    }
  }
  const file = manifest.files?.find((file) => file.path === path);
  if (file !== undefined) Object.assign(file, { bytes: bytes.length, sha256 });
}

/** All checks of files, and those of rows that read the table of a file. */
function observers(path: string): readonly string[] {
  const table = /^data\/(\w+)/.exec(path)?.[1];
  const ofRows = allChecks.filter(({ tables }) =>
    tables.length === 0 || tables.some((name) => name === table)
  );
  return [...fileChecks, ...ofRows].map(({ id }) => id);
}

/** What goes wrong by a mutation, with the first thing that is said of it. */
async function wrongBy({ path, alter, signed = false }: FileMutation) {
  const file = join(good, path);
  const manifest = structuredClone(own);
  const before = await Deno.readTextFile(file).catch(() => undefined);
  const after = alter(before ?? "");
  if (after === undefined) await Deno.remove(file);
  else await Deno.writeTextFile(file, after);
  if (signed) signedFor(manifest, path, new TextEncoder().encode(after));
  try {
    const { results } = await verifyDataset(folderDataset(good, manifest), {
      threads: 1,
      only: observers(path),
    });
    return results.filter(({ status }) => status === "failed" || status === "broken")
      .map(({ check, details }) => [check.id, details[0]!] as const);
  } finally {
    if (before === undefined) await Deno.remove(file);
    else await Deno.writeTextFile(file, before);
  }
}

Deno.test("every check of files has a mutation that breaks it", () => {
  const broken = new Set(mutations.map(({ check }) => check));
  assertEquals(fileChecks.map(({ id }) => id).filter((id) => !broken.has(id)), []);
});

Deno.test("every mutation of a file fails its check and those that must see it, and no other", async (t) => {
  for (const mutation of mutations) {
    const { check, path, says, also = [] } = mutation;
    await t.step(`${check}: ${path}${says.slice(0, 60)}`, async () => {
      const wrong = await wrongBy(mutation);
      assertEquals(wrong.map(([id]) => id).toSorted(), [check, ...also].toSorted());
      const said = wrong.find(([id]) => id === check)![1];
      assertEquals(said.slice(0, path.length + says.length), `${path}${says}`);
    });
  }
});
