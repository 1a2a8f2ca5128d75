// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { parse } from "@std/csv";
import { Ajv } from "ajv";
import { descriptorOf, fieldType } from "../../src/dataset/descriptor.ts";
import { MANIFEST_FILE, readManifest, type ReddManifest } from "../../src/dataset/manifest.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { ReddError } from "../../src/errors.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { loadOrder } from "../../src/tables/order.ts";
import { unitOf } from "../../src/tables/units.ts";
import { filesIn, inTempFolder } from "../generate/files.ts";
import { generateSmall } from "../generate/small_dataset.ts";
import { withoutWords } from "./older_dataset.ts";

interface Field {
  name: string;
  type: string;
  format?: string;
  description: string;
  missingValues?: string[];
  constraints?: { required?: boolean; maxLength?: number };
}

interface Resource {
  $schema: string;
  name: string;
  type: string;
  path: string | string[];
  format: string;
  mediatype: string;
  encoding: string;
  bytes?: number;
  hash?: string;
  schema: {
    $schema: string;
    fields: Field[];
    primaryKey: string[];
    foreignKeys?: { fields: string[]; reference: { resource?: string; fields: string[] } }[];
  };
}

interface Package {
  $schema: string;
  name: string;
  resources: Resource[];
  redd: ReddManifest;
}

/** Runs a test on the small dataset, the resources of which are its tables, and others beside. */
function onSmallDataset(
  test: (folder: string, descriptor: Package & { beside: Resource[] }) => void | Promise<void>,
) {
  return () =>
    inTempFolder(async (folder) => {
      await generateSmall(folder);
      const text = Deno.readTextFileSync(`${folder}/${MANIFEST_FILE}`);
      const { resources, ...rest } = JSON.parse(text) as Package;
      const tables = resources.filter(({ type }) => type === "table");
      await test(folder, { ...rest, resources: tables, beside: resources.slice(tables.length) });
    });
}

function pathsOf({ path }: Resource): string[] {
  return typeof path === "string" ? [path] : path;
}

/** The types of Table Schema v2. */
const TYPES = new Set(
  ("any array boolean date datetime duration geojson geopoint integer list number object string " +
    "time year yearmonth").split(" "),
);

/** What a value of a type looks like in CSV. */
const LOOKS: Record<string, RegExp> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  time: /^\d{2}:\d{2}:\d{2}$/,
  object: /^\{.*\}$/s,
};

Deno.test(
  "the descriptor is a Data Package v2: names, types, encodings",
  onSmallDataset((_folder, descriptor) => {
    assertEquals(descriptor.$schema, "https://datapackage.org/profiles/2.0/datapackage.json");
    assertMatch(descriptor.name, /^[a-z0-9-._/]+$/);
    assert(descriptor.resources.length > 0);
    const names = descriptor.resources.map((resource) => resource.name);
    assertEquals(new Set(names).size, names.length);
    for (const resource of descriptor.resources) {
      assertMatch(resource.name, /^[a-z0-9-._/]+$/);
      assertEquals(resource.$schema, "https://datapackage.org/profiles/2.0/dataresource.json");
      assertEquals(
        resource.schema.$schema,
        "https://datapackage.org/profiles/2.0/tableschema.json",
      );
      assertEquals(
        [resource.type, resource.format, resource.mediatype, resource.encoding],
        ["table", "csv", "text/csv", "utf-8"],
      );
      assert(!("fieldsMatch" in resource.schema), "its profile types it wrongly (rulings.md#26)");
      const fields = resource.schema.fields.map((field) => field.name);
      assertEquals(new Set(fields).size, fields.length);
      for (const field of resource.schema.fields) {
        assert(TYPES.has(field.type), `${field.type} of ${resource.name}.${field.name}`);
        assert(field.description.length > 0);
      }
    }
  }),
);

Deno.test(
  "paths are relative and inside, exist, and begin with the fields as header",
  onSmallDataset((folder, { resources }) => {
    for (const resource of resources) {
      const paths = pathsOf(resource);
      assert(paths.length > 0);
      for (const path of paths) {
        assertMatch(path, /^data\/[a-z0-9_]+(\/\d{4}-\d{2})?\.csv$/);
        const text = Deno.readTextFileSync(`${folder}/${path}`);
        const header = text.slice(0, text.indexOf("\n"));
        assertEquals(header, resource.schema.fields.map((field) => field.name).join(","));
        assertEquals(text.at(-1), "\n");
      }
    }
  }),
);

Deno.test(
  "keys are fields, and foreign keys refer to resources and fields that are there",
  onSmallDataset((_folder, { resources }) => {
    const fields = new Map(
      resources.map((one) => [one.name, new Set(one.schema.fields.map((field) => field.name))]),
    );
    let references = 0;
    for (const { name, schema } of resources) {
      const own = fields.get(name)!;
      assert(schema.primaryKey.length > 0 && schema.primaryKey.every((key) => own.has(key)), name);
      for (const { fields: from, reference } of schema.foreignKeys ?? []) {
        assert(from.every((field) => own.has(field)), `${name}: ${from}`);
        const there = fields.get(reference.resource ?? name);
        assert(there !== undefined, `${name} refers to ${reference.resource}`);
        assert(reference.fields.every((field) => there.has(field)));
        assertEquals(from.length, reference.fields.length);
        references++;
      }
    }
    assert(references > 50, `${references} foreign keys`);
  }),
);

Deno.test(
  "rows, bytes and digests of every part are true",
  onSmallDataset((folder, { resources, redd }) => {
    const files = filesIn(folder);
    let rows = 0;
    let bytes = 0;
    for (const resource of resources) {
      const entry = redd.tables[resource.name]!;
      assertEquals(entry.parts.map((part) => part.path), pathsOf(resource));
      for (const part of entry.parts) {
        const { sha256, bytes } = files.get(part.path)!;
        assertEquals([part.sha256, part.bytes], [sha256, bytes], part.path);
        const parsed = parse(Deno.readTextFileSync(`${folder}/${part.path}`));
        assertEquals(part.rows, parsed.length - 1, part.path);
      }
      assertEquals(entry.rows, entry.parts.reduce((sum, part) => sum + part.rows, 0));
      assertEquals(entry.bytes, entry.parts.reduce((sum, part) => sum + part.bytes, 0));
      const [only] = entry.parts;
      const single = entry.parts.length === 1;
      assertEquals(resource.hash, single ? `sha256:${only!.sha256}` : undefined);
      assertEquals(resource.bytes, single ? only!.bytes : undefined);
      rows += entry.rows;
      bytes += entry.bytes;
    }
    assertEquals([redd.rows, redd.bytes], [rows, bytes]);
    assertEquals(Object.keys(redd.tables), resources.map((resource) => resource.name));
  }),
);

Deno.test(
  "the folder holds the manifest, the schedule, the parts, logs and readers, and nothing else",
  onSmallDataset((folder, { resources }) => {
    const log = "batches/SCO-2024-001.log";
    const readers = ["load_duckdb.sql", "load_pandas.py", "pandas_dtypes.json"];
    const parts = resources.flatMap(pathsOf);
    const expected = [MANIFEST_FILE, "schedule.yaml", log, ...readers, ...parts];
    assertEquals([...filesIn(folder).keys()], expected.sort());
    const folders = Array.from(Deno.readDirSync(folder))
      .filter((entry) => entry.isDirectory).map(({ name }) => name);
    assertEquals(folders.sort(), ["batches", "data"]);
  }),
);

Deno.test(
  "every value fits its field: type, length, and NULL only where it may be",
  onSmallDataset((folder, { resources }) => {
    for (const resource of resources) {
      for (const path of pathsOf(resource)) {
        const text = Deno.readTextFileSync(`${folder}/${path}`);
        for (const row of parse(text, { skipFirstRow: true })) {
          for (const { name, type, constraints, missingValues } of resource.schema.fields) {
            const value = row[name]!;
            const where = `${path} ${name}: ${value}`;
            if (value === "") {
              assert(!constraints?.required || missingValues?.length === 0, where);
            } else if (LOOKS[type] !== undefined) {
              assertMatch(value, LOOKS[type], where);
            }
            if (constraints?.maxLength !== undefined) {
              assert([...value].length <= constraints.maxLength, where);
            }
          }
        }
      }
    }
  }),
);

Deno.test(
  "the highest id of every table is the one the manifest states",
  onSmallDataset((folder, { redd }) => {
    for (const [name, { parts, lastId }] of Object.entries(redd.tables)) {
      const identity = tableNamed(name).columns.find((column) => column.identity)?.name;
      if (identity === undefined) continue;
      let highest = 0;
      for (const { path } of parts) {
        const rows = parse(Deno.readTextFileSync(`${folder}/${path}`), { skipFirstRow: true });
        for (const row of rows) highest = Math.max(highest, Number(row[identity]));
      }
      assertEquals(lastId, highest, name);
    }
  }),
);

Deno.test(
  "tables come in the order of loading",
  onSmallDataset((_folder, { resources }) => {
    const names = resources.map((resource) => resource.name);
    assertEquals(names, loadOrder(names.map(tableNamed)).order.map((table) => table.name));
  }),
);

Deno.test(
  "the manifest is read back as it was written",
  onSmallDataset(async (folder, { redd }) => {
    assertEquals(await readManifest(folder), redd);
    assertEquals(redd.firstDay, "2024-01-15");
    assertEquals(redd.asOf, "2024-05-24");
    assertEquals([redd.seed, redd.firstId, redd.schema], [7, 1, "2025-11"]);
  }),
);

Deno.test("every described table has a field type that Table Schema knows", () => {
  const types = new Set(allTables.flatMap((table) => table.columns.map((column) => column.type)));
  for (const type of types) assert(TYPES.has(fieldType(type)), type);
  assertEquals(fieldType("numeric(10,2)"), "number");
  assertEquals(fieldType("bigint"), "integer");
  assertEquals(fieldType("timestamp with time zone"), "datetime");
  assertEquals(fieldType("time without time zone"), "time");
  assertEquals(fieldType("character varying(20)"), "string");
});

Deno.test("a resource that refers to itself leaves the resource out", () => {
  const self = allTables.filter((table) =>
    table.columns.some((column) => column.references?.table === table.name)
  );
  for (const table of self) {
    const part = { path: `data/${table.name}.csv`, rows: 0, bytes: 0, sha256: "0".repeat(64) };
    const entry = { kind: "entity", rows: 0, bytes: 0, lastId: 0, parts: [part] } as const;
    const redd = {
      schedule: { path: "schedule.yaml", sha256: "0".repeat(64) },
      tables: { [table.name]: entry },
    } as unknown as ReddManifest;
    const [resource] = (descriptorOf(redd, [table]) as unknown as Package).resources;
    const references = resource!.schema.foreignKeys!.map((key) => key.reference);
    assert(references.every((reference) => reference.resource === undefined), table.name);
  }
});

/** The profile of Data Packages, as a function that says what is wrong with a descriptor. */
const profile = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(
  JSON.parse(Deno.readTextFileSync(new URL("./data_package_2_0.json", import.meta.url))),
);

// deno-lint-ignore no-explicit-any
type Altered = any;

function faultsOf(descriptor: unknown): string[] {
  profile(descriptor);
  return (profile.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

Deno.test(
  "the profile of Data Package v2 accepts the descriptor, and finds what is altered",
  onSmallDataset((_folder, descriptor) => {
    assertEquals(faultsOf(descriptor), []);
    const alterations: readonly ((all: Altered) => unknown)[] = [
      (all) => delete all.resources,
      (all) => all.licenses[0] = { title: "MIT" },
      (all) => all.licenses[0].name = "MIT License",
      (all) => all.contributors = [],
      (all) => all.sources[0].path = "../AquaMind",
      (all) => all.keywords = [],
      (all) => all.resources[3].name = 7,
      (all) => delete all.resources[3].path,
      (all) => all.resources[3].path = "/etc/passwd",
      (all) => all.resources[3].hash = "sha256",
      (all) => all.resources[3].mediatype = "csv",
      (all) => all.resources[3].schema.fields = [],
      (all) => all.resources[3].schema.fields[0].type = "serial",
      (all) => delete all.resources[3].schema.fields[0].name,
      (all) => all.resources[3].schema.fields[0].constraints = { required: "yes" },
      (all) => all.resources[3].schema.primaryKey = [],
      (all) => all.resources[9].schema.foreignKeys = [{ fields: ["id"] }],
    ];
    for (const alter of alterations) {
      const altered = structuredClone(descriptor);
      alter(altered);
      assert(faultsOf(altered).length > 0, `${alter}`);
    }
  }),
);

Deno.test(
  "titles, licence, sources and contributors are there, and a unit where a value has one",
  onSmallDataset((_folder, descriptor) => {
    const { licenses, sources, contributors, resources } = descriptor as unknown as {
      licenses: { name: string }[];
      sources: { title: string; path: string; version: string }[];
      contributors: { title: string }[];
      resources: { name: string; title: string; schema: { fields: Record<string, string>[] } }[];
    };
    assertEquals(licenses.map(({ name }) => name), ["MIT"]);
    assertEquals(sources.map(({ version }) => version), ["2025-11"]);
    assertEquals(contributors.map(({ title }) => title), ["Redd"]);
    const titles = resources.map(({ title }) => title);
    assertEquals(new Set(titles).size, titles.length);
    const titleOfTable = (name: string) => resources.find((one) => one.name === name)!.title;
    assertEquals(titleOfTable("batch_growthsample"), "Growth sample (batch)");
    assertEquals(titleOfTable("scenario"), "Scenario (scenario)");
    assertEquals(titleOfTable("finance_dimsite"), "Dimension site (finance)");
    // A word that is not known would be left as it is, and long.
    for (const title of titles) {
      for (const word of title.split(/\W+/)) assert(word.length <= 14, title);
    }
    const unitOfField = (table: string, column: string) =>
      resources.find(({ name }) => name === table)!.schema.fields
        .find(({ name }) => name === column)!.unit;
    assertEquals(unitOfField("batch_growthsample", "avg_weight_g"), "g");
    assertEquals(unitOfField("infrastructure_container", "volume_m3"), "m³");
    assertEquals(unitOfField("inventory_batchfeedingsummary", "weighted_avg_fcr"), "kg/kg");
    assertEquals(unitOfField("batch_growthsample", "sample_size"), "fish");
    assertEquals(unitOfField("health_treatment", "withholding_period_days"), "days");
    assertEquals(unitOfField("batch_creationaction", "egg_count_actual"), "eggs");
    assertEquals(unitOfField("health_licecount", "count_value"), "lice");
    assertEquals(unitOfField("health_fishparameterscore", "score"), undefined);
  }),
);

Deno.test(
  "the files beside the tables are resources, too, with the length and digest that the manifest has",
  onSmallDataset((_folder, descriptor) => {
    const { redd, resources, beside } = descriptor;
    assertEquals(
      beside.map(({ path, bytes, hash }) => [path, bytes, hash]),
      redd.files!.map(({ path, bytes, sha256 }) => [path, bytes, `sha256:${sha256}`]),
    );
    assertEquals(beside.filter(({ mediatype }) => mediatype === undefined), []);
    assert(beside.some(({ path }) => pathsOf({ path } as Resource)[0]!.startsWith("batches/")));
    const names = [...resources, ...beside].map(({ name }) => name);
    assertEquals(new Set(names).size, names.length);
  }),
);

Deno.test("a decimal number without a unit is a price, a share, an exponent, a pH, or says whose unit", () => {
  const without = allTables.filter(({ kind, historyOf }) => kind !== "empty" && !historyOf)
    .flatMap(({ name, columns }) =>
      columns.filter((column) => /^(numeric|double)/.test(column.type) && !unitOf(column))
        .map((column) => ({ at: `${name}.${column.name}`, meaning: column.meaning }))
    );
  const free = /\b[Pp]rices?\b|currency|0 to 1$|[Ee]xponent|\bpH$|in the unit\b/;
  assertEquals(without.filter(({ meaning }) => !free.test(meaning)).map(({ at }) => at), []);
  assert(without.length > 10);
});

Deno.test("a descriptor of an earlier version is without these words, and is read", async () => {
  await inTempFolder(async (folder) => {
    const { manifest } = await generateSmall(folder);
    const path = `${folder}/${MANIFEST_FILE}`;
    const descriptor = JSON.parse(Deno.readTextFileSync(path));
    Deno.writeTextFileSync(path, JSON.stringify(withoutWords(descriptor)));
    // Of 0.5.0 and later ones it is none.
    await assertRejects(() => readDataset(folder), ReddError, "title is missing");
    descriptor.version = descriptor.redd.version = "0.4.0";
    Deno.writeTextFileSync(path, JSON.stringify(withoutWords(descriptor)));
    assertEquals((await readDataset(folder)).rows, manifest.rows);
  });
});
