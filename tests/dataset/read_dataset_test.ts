/** A manifest that says what is not so is refused, with the path of what it says. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { expectedTables } from "../../src/dataset/manifest_laws.ts";
import { readerFiles, signedText } from "../../src/dataset/reader_files.ts";
import { allTables, tableNamed } from "../../src/tables/catalog.ts";
import { history } from "../../src/tables/history.ts";
import { isEarlier, isNewer, VERSION } from "../../src/version.ts";
import { alteredDataset } from "../generate/altered_dataset.ts";
import { copyTree } from "../generate/files.ts";
import { makeOlder } from "./older_dataset.ts";

const { folder, path: PATH, whole, saidOf, saidAfter, saidOfSigned } = await alteredDataset();

type Json = ReturnType<typeof JSON.parse>;

/** The number of tables of a descriptor. */
function tablesOf(descriptor: string): number {
  return Object.keys(JSON.parse(descriptor).redd.tables).length;
}

Deno.test("readDataset() reads what was generated, with a byte order mark too", async () => {
  const { tables, files, version } = await readDataset(folder);
  assertEquals(version, VERSION);
  assertEquals(Object.keys(tables), expectedTables(VERSION).map(({ name }) => name));
  assertEquals(files?.map(({ path }) => path), [
    "schedule.yaml",
    "batches/SCO-2024-001.log",
    "load_duckdb.sql",
    "load_pandas.py",
    "pandas_dtypes.json",
  ]);
  Deno.writeTextFileSync(PATH, `\uFEFF${whole}`);
  await readDataset(folder);
  Deno.writeTextFileSync(PATH, whole);
});

Deno.test("a table is expected of datasets from the version on that fills it, its history too", () => {
  const live = { ...tableNamed("health_sampletype"), since: "0.3.0" };
  const past = { ...history(live), name: "health_historicalsampletype" };
  const later = { ...history(live, { since: "0.10.0" }), name: "health_historicalother" };
  const species = tableNamed("batch_species");
  const tables = [species, live, past, later];
  const expected = (version: string) => expectedTables(version, tables).map(({ name }) => name);
  assertEquals(expected("0.2.9"), ["batch_species"]);
  assertEquals(expected("0.3.0"), [
    "batch_species",
    "health_historicalsampletype",
    "health_sampletype",
  ]);
  assertEquals(expected("0.10.0").length, 4);
  // What Redd does not say a version of is in all datasets, and nothing is of a version to come.
  for (const { name, since } of allTables) {
    if (since !== undefined) assert(!isNewer(since) && isEarlier("0.2.0", since), name);
  }
});

Deno.test("readDataset() refuses a manifest that is not true, and names what is wrong", async () => {
  const deaths = "batch_mortalityevent";
  const lies: [RegExp, (descriptor: Json) => void][] = [
    [/redd\.tables\.batch_batch\.lastId is 9, expected 1/, ({ redd }) => {
      redd.tables.batch_batch.lastId = 9;
    }],
    [/redd\.tables\.health_licetype\.lastId is 99, expected 15/, ({ redd }) => {
      redd.tables.health_licetype.lastId = 99;
    }],
    [/redd\.tables has .* in place \d+, expected batch_mortalityevent/, ({ redd }) => {
      delete redd.tables[deaths];
    }],
    [/redd\.tables\.batch_mortalityevent\.kind is joined, expected windowed/, ({ redd }) => {
      redd.tables[deaths].kind = "joined";
    }],
    [
      /batch_mortalityevent\/2024-02\.csv lies there, and redd\.tables\.\S+ does not name it/,
      (descriptor) => forget(descriptor, deaths, 1),
    ],
    [
      /batch_mortalityevent\/2024-05\.csv lies there, and redd\.tables\.\S+ does not name it/,
      (descriptor) => forget(descriptor, deaths, 4),
    ],
    [/parts\[0\]\.path is \S+2024-02\.csv, expected \S+2024-01\.csv/, ({ redd }) => {
      const { parts } = redd.tables[deaths];
      parts.splice(0, 2, parts[1], parts[0]);
    }],
    [/parts\[1\]\.path is \S+2024-01\.csv, expected \S+2024-02\.csv/, ({ redd }) => {
      const { parts } = redd.tables[deaths];
      parts.splice(1, 0, parts[0]);
    }],
    [/parts\[5\]\.path is \S+2024-06\.csv, expected no more/, ({ redd }) => {
      const { parts } = redd.tables[deaths];
      parts.push({ ...parts[0], path: `data/${deaths}/2024-06.csv`, rows: 0, bytes: 0 });
    }],
    [/parts\[1\]\.rows is 0, expected some: a month without has no file/, ({ redd }) => {
      const { parts } = redd.tables[deaths];
      parts[2].rows += parts[1].rows;
      parts[1].rows = 0;
    }],
    [/health_licecount\.parts\[0\]\.path is \S+2024-02\.csv, expected \S+2024-01/, ({ redd }) => {
      redd.tables.health_licecount.parts[0].path = "data/health_licecount/2024-02.csv";
    }],
    [/health_licecount\.parts is \[\], expected at least one entry/, ({ redd }) => {
      redd.bytes -= redd.tables.health_licecount.bytes;
      Object.assign(redd.tables.health_licecount, { bytes: 0, parts: [] });
    }],
    [/\.rows is \d+, expected \d+, the sum of its parts/, ({ redd }) => {
      redd.tables[deaths].rows++;
    }],
    [/redd\.rows is \d+, expected \d+/, ({ redd }) => redd.rows--],
    [/redd\.bytes is \d+, expected \d+/, ({ redd }) => redd.bytes++],
    [/redd\.tables\.batch_mortalityevent\.lastId is \d+, expected \d+/, ({ redd }) => {
      redd.tables[deaths].lastId++;
    }],
    [/redd\.tables\.batch_batch\.rows is 2, expected 1, the sum of its parts/, ({ redd }) => {
      redd.tables.batch_batch.rows = 2;
    }],
    [/redd\.tables\.batch_mortalityevent\.parts\[0\]\.bytes is \d+, expected \d+/, ({ redd }) => {
      const { parts } = redd.tables[deaths];
      parts[0].bytes++;
      parts[1].bytes--;
    }],
    [/redd\.tables\.batch_batch\.rows is 0, expected some: \S+ refers to them/, (
      { redd },
    ) => {
      const { batch_batch: entry } = redd.tables;
      redd.rows -= entry.rows;
      entry.rows = entry.lastId = entry.parts[0].rows = 0;
    }],
    [/infrastructure_containertype\.parts\[0\]\.rows is 9, expected 8/, ({ redd }) => {
      const entry = redd.tables.infrastructure_containertype;
      entry.rows = entry.parts[0].rows = entry.lastId = 9;
      redd.rows++;
    }],
    [/infrastructure_container\.rows is 281, expected 280, by redd\.layout/, ({ redd }) => {
      const entry = redd.tables.infrastructure_container;
      entry.rows = entry.parts[0].rows = redd.state.places.containers = 281;
      entry.lastId = 281;
      redd.rows++;
    }],
    [/redd\.users\.vet_01 is 7, expected \d/, ({ redd }) => redd.users.vet_01 = 7],
    [/redd\.contentTypes\.batch\.batch is missing/, ({ redd }) => {
      redd.contentTypes["batch.salmon"] = redd.contentTypes["batch.batch"];
      delete redd.contentTypes["batch.batch"];
    }],
    [/redd\.version is "99\.0\.0", and this Redd is/, ({ redd }) => redd.version = "99.0.0"],
    [/format 4, and this Redd, \S+, reads formats up to 3/, ({ redd }) => {
      redd.format = 4;
      redd.novelty = true;
    }],
    [/redd\.version is "1", expected three numbers/, ({ redd }) => redd.version = "1"],
    ...[1, 2].map((format): [RegExp, (descriptor: Json) => void] => [
      new RegExp(`redd\\.format is ${format}, expected 3, as Redd ${VERSION} writes it`),
      ({ redd }) => redd.format = format,
    ]),
    [/version is "0\.1\.0", expected "\d/, (descriptor) => descriptor.version = "0.1.0"],
    [/redd\.firstDay is 2024-01-16, expected 2024-01-15/, ({ redd }) => {
      redd.firstDay = "2024-01-16";
    }],
    [/redd\.asOf is 2024-05-23, expected 2024-05-24/, ({ redd }) => redd.asOf = "2024-05-23"],
    [/redd\.asOf is "2024-05-32", expected a date/, ({ redd }) => redd.asOf = "2024-05-32"],
    [/redd\.seed is -1, expected a whole number/, ({ redd }) => redd.seed = -1],
    [/redd\.firstId is 2147483648, expected/, ({ redd }) => redd.firstId = 2 ** 31],
    [/redd\.firstId is 1\.5, expected/, ({ redd }) => redd.firstId = 1.5],
    [/redd\.firstDay is 2024-09-01, expected a day before/, ({ redd }) => {
      redd.firstDay = "2024-09-01";
    }],
    [/redd\.files\[0\]\.sha256/, ({ redd }) => redd.schedule.sha256 = "0".repeat(64)],
    [/batches\/SCO-2024-001\.log is damaged/, ({ redd }) => redd.files[1].sha256 = "0".repeat(64)],
    ...["../x", "batches/../x.log", "/etc/passwd", "batches/sco-2024-001.log", "batches/CON.log"]
      .map((
        path,
      ): [RegExp, (descriptor: Json) => void] => [
        /redd\.files\[1\]\.path is .*, expected batches\/<batch>\.log/,
        ({ redd }) => redd.files[1].path = path,
      ]),
    [/redd\.files\[1\]\.path is \S+2024-002\.log, expected \S+001\.log/, ({ redd }) => {
      redd.files[1].path = "batches/SCO-2024-002.log";
    }],
    [/redd\.files\[3\]\.path is "load_pandas\.py", expected pandas_dtypes\.json/, ({ redd }) => {
      redd.files.pop();
    }],
    [/redd\.files\[1\]\.path is missing, expected load_duckdb\.sql/, ({ redd }) => {
      redd.files.length = 1;
    }],
    [/redd\.files\[1\]\.path is load_duckdb\.sql, expected batches\/SCO-2024-001/, ({ redd }) => {
      redd.files.splice(1, 1);
    }],
    [/redd\.files is \[\], expected at least one entry/, ({ redd }) => redd.files = []],
    [/redd\.files\[2\]\.path is batches\/\S+\.log, expected load_duckdb\.sql/, ({ redd }) => {
      redd.files.splice(2, 0, redd.files[1]);
    }],
    [/redd\.files\[2\]\.sha256 is 0+, expected \w+, as Redd \S+ writes load_duckdb/, ({ redd }) => {
      redd.files[2].sha256 = "0".repeat(64);
    }],
    [/redd\.files\[4\]\.bytes is 1, expected \d+, as Redd/, ({ redd }) => redd.files[4].bytes = 1],
    [/redd\.state\.batches\.active is 3, expected 1/, ({ redd }) => {
      redd.state.batches.active = 3;
    }],
    [/redd\.state\.batches\.completed is 1, expected nothing/, ({ redd }) => {
      redd.state.batches.completed = 1;
    }],
    [/redd\.state\.batches\.Fry is missing, expected 1/, ({ redd }) => {
      redd.state.batches = { active: 1, Smolt: 1 };
    }],
    [/redd\.state\.places\.everUsed is 21, expected 20/, ({ redd }) => {
      redd.state.places.everUsed++;
    }],
    [/redd\.state\.places\.occupied is 9, expected 10/, ({ redd }) => {
      redd.state.places.occupied--;
    }],
    [/redd\.state\.places\.containers is 7/, ({ redd }) => redd.state.places.containers = 7],
    [/resources\[0\]\.schema\.fields\[0\]\.type is "string", expected "integer"/, (descriptor) => {
      descriptor.resources[0].schema.fields[0].type = "string";
    }],
    [new RegExp(`resources\\[${tablesOf(whole) - 1}\\]`), ({ resources }) => {
      resources.splice(tablesOf(whole) - 1, 1);
    }],
    // A file beside the tables.
    [/resources\[\d+\] is missing/, ({ resources }) => resources.pop()],
    [/resources\[\d+\]\.hash is "sha256:1", expected/, ({ resources }) => {
      resources.at(-1).hash = "sha256:1";
    }],
    [/resources is missing, expected/, (descriptor) => delete descriptor.resources],
    [/redd\.tables\.batch_batch\.parts\[0\]\.path is "\.\.\/\.\.\/\.bashrc", expected data/, (
      { redd },
    ) => {
      redd.tables.batch_batch.parts[0].path = "../../.bashrc";
    }],
    [/redd\.unknown is unknown, expected one of format/, ({ redd }) => redd.unknown = 1],
    [new RegExp(`"pond" in place ${tablesOf(whole) + 1}, expected no more`), ({ redd }) => {
      redd.tables.pond = redd.tables.batch_batch;
    }],
  ];
  for (const [said, change] of lies) assertMatch(await saidAfter(change), said);
});

/** Has a manifest pass over one month of a table, and agree with itself. */
function forget({ redd, resources }: Json, name: string, month: number): void {
  const entry = redd.tables[name];
  const [{ rows, bytes }] = entry.parts.splice(month, 1);
  for (const sum of [entry, redd]) {
    sum.rows -= rows;
    sum.bytes -= bytes;
  }
  entry.lastId -= rows;
  resources.find((one: Json) => one.name === name).path = entry.parts.map(({ path }: Json) => path);
  const readers = readerFiles(redd).map(signedText);
  redd.files.splice(-readers.length, readers.length, ...readers);
}

Deno.test("readDataset() refuses what reads its tables elsewhere if it was altered, signed or not", async () => {
  for (const path of ["load_duckdb.sql", "load_pandas.py", "pandas_dtypes.json"]) {
    const name = `${folder}/${path}`;
    const text = Deno.readTextFileSync(name);
    const other = `${text.slice(0, -2)}x\n`;
    Deno.writeTextFileSync(name, other);
    assertMatch(
      (await assertRejects(() => readDataset(folder), ReddError)).message,
      new RegExp(`${path} is damaged: its sha256 is`),
    );
    Deno.writeTextFileSync(name, text);
    assertMatch(
      await saidOfSigned(path, () => other),
      new RegExp(`expected \\w+, as Redd ${VERSION} writes ${path}`),
    );
  }
});

Deno.test("a dataset of 0.3.0, whose summaries are of the as-of date, is read", async () => {
  const old = `${folder}_old`;
  copyTree(folder, old);
  const said = async (change: (descriptor: Json) => void) => {
    const path = `${old}/datapackage.json`;
    const text = Deno.readTextFileSync(path);
    const descriptor = JSON.parse(text);
    change(descriptor);
    Deno.writeTextFileSync(path, JSON.stringify(descriptor));
    const { message } = await assertRejects(() => readDataset(old), ReddError);
    Deno.writeTextFileSync(path, text);
    return message;
  };
  try {
    const { tables, bytes } = makeOlder(old, "0.3.0");
    const redd = await readDataset(old);
    assertEquals([redd.format, redd.bytes, redd.files?.length], [3, bytes, 5]);
    const { kind, parts } = tables.inventory_batchfeedingsummary!;
    assertEquals([kind, parts[0]!.path], ["as-of", "data/inventory_batchfeedingsummary.csv"]);
    assertMatch(
      await said(({ redd }) => redd.tables.inventory_batchfeedingsummary.kind = "windowed"),
      /inventory_batchfeedingsummary\.kind is windowed, expected as-of/,
    );
    assertMatch(
      await said(({ redd }) => delete redd.profile.rates.analysis.summaryDays),
      /redd\.profile\.ratesSha256 is \w+, expected/,
    );
  } finally {
    Deno.removeSync(old, { recursive: true });
  }
  assertMatch(
    await saidAfter(({ redd }) => redd.tables.inventory_batchfeedingsummary.kind = "as-of"),
    /inventory_batchfeedingsummary\.kind is as-of, expected windowed/,
  );
});

Deno.test("a dataset of 0.2.0, which has every month and no readers, is read", async () => {
  const old = `${folder}_old`;
  copyTree(folder, old);
  try {
    const { tables, bytes } = makeOlder(old, "0.2.0");
    assertEquals(tables.health_licecount!.parts.length, 5);
    const redd = await readDataset(old);
    assertEquals([redd.format, redd.bytes, redd.files?.length], [2, bytes, 2]);
    const descriptor = JSON.parse(Deno.readTextFileSync(`${old}/datapackage.json`));
    descriptor.redd.tables.health_licecount.parts.pop();
    Deno.writeTextFileSync(`${old}/datapackage.json`, JSON.stringify(descriptor));
    assertMatch(
      (await assertRejects(() => readDataset(old), ReddError)).message,
      /health_licecount\.parts\[4\]\.path is missing, expected \S+2024-05\.csv/,
    );
  } finally {
    Deno.removeSync(old, { recursive: true });
  }
});

Deno.test("readDataset() refuses a schedule that was edited since", async () => {
  const path = `${folder}/schedule.yaml`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("100000", "100001"));
  const error = await assertRejects(() => readDataset(folder), ReddError);
  Deno.writeTextFileSync(path, text);
  assertMatch(error.message, /schedule\.yaml is damaged/);
});

Deno.test("readDataset() reads regular files alone, and no endless ones", async () => {
  for (const path of ["datapackage.json", "schedule.yaml", "data/auth_user.csv"]) {
    const name = `${folder}/${path}`;
    Deno.renameSync(name, `${folder}/aside`);
    const plants = [
      () => new Deno.Command("mkfifo", { args: [name] }).outputSync(),
      () => Deno.symlinkSync("/dev/zero", name),
      () => Deno.symlinkSync(`${folder}/aside`, name),
      () => Deno.mkdirSync(name),
    ];
    for (const plant of plants) {
      plant();
      const error = await assertRejects(() => readDataset(folder), ReddError, path);
      assertMatch(error.message, /is a (fifo|link|folder), expected a regular file/);
      Deno.removeSync(name, { recursive: true });
    }
    Deno.renameSync(`${folder}/aside`, name);
  }
  await readDataset(folder);
});

Deno.test("readDataset() names twenty findings and how many more, whatever their length", async () => {
  const said = await saidAfter(({ redd }) => {
    for (const entry of Object.values<Json>(redd.tables)) entry.rows = -1;
    redd.users["x".repeat(100_000)] = -1;
  });
  assertEquals(said.match(/\.rows is -1, expected a whole number/g)?.length, 20);
  assertMatch(said, new RegExp(`and ${tablesOf(whole) + 1 - 20} more`));
  assert(said.length < 6000, `${said.length} characters`);
  const lies = await saidAfter(({ redd }) => {
    for (const entry of Object.values<Json>(redd.tables)) entry.lastId += 1e6;
  });
  assertMatch(lies, /and \d+ more/);
  assert(lies.length < 6000, `${lies.length} characters`);
});

Deno.test("readDataset() refuses JSON that other readers would read differently, and bombs", async () => {
  const bombs: [RegExp, string][] = [
    [/line \d+: the key seed is there twice/, whole.replace('"seed": 7', '"seed": 8, "seed": 7')],
    [/line \d+: the key __proto__/, whole.replace('"redd": {', '"__proto__": 1, "redd": {')],
    [/half a character/, whole.replace('"name": "documented"', '"name": "\\ud800"')],
    [/nested more than 32 deep/, `{"redd":${"[".repeat(4_000_000)}`],
    [/nested more than 32 deep/, whole.replace('"redd": {', `"x": ${"[".repeat(1e6)}, "redd": {`)],
    [/more than 2000000 values/, `{"redd":[${"0,".repeat(3_000_000)}0]}`],
    [/is not JSON/, whole.slice(0, -10)],
    [/the file is \[\], expected a mapping with redd/, "[]"],
    [/redd is missing, expected a mapping/, "{}"],
    [/expected at most 24000000/, `${whole}${" ".repeat(24_000_000)}`],
    [/resources\[0\] is \[\[\[/, JSON.stringify({ ...JSON.parse(whole), resources: nested(20) })],
  ];
  for (const [said, text] of bombs) assertMatch(await saidOf(text), said);
});

function nested(depth: number): Json {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

Deno.test("a dataset of 0.1.0 is read by the laws that it knew", async () => {
  const before = `${folder}_old`;
  copyTree(folder, before);
  makeOlder(before, "0.2.0");
  const text = Deno.readTextFileSync(`${before}/datapackage.json`);
  const old = JSON.parse(text);
  old.version = old.redd.version = "0.1.0";
  old.redd.format = 1;
  delete old.redd.files;
  const known = new Set(expectedTables("0.1.0").map(({ name }) => name));
  for (const [name, { rows, bytes }] of Object.entries<Json>(old.redd.tables)) {
    if (known.has(name)) continue;
    delete old.redd.tables[name];
    old.redd.rows -= rows;
    old.redd.bytes -= bytes;
  }
  old.resources = old.resources.filter(({ name }: Json) => known.has(name));
  // Its words for a table may have been others, its columns not.
  old.resources[0].description = "What 0.1.0 called it";
  old.resources[3].schema.fields[0].description = "and this";
  // Until 0.3.0 no workflow was under way on the last day, so that its rows were final.
  old.redd.tables.batch_batchtransferworkflow.kind = "joined";
  const write = (descriptor: Json) =>
    Deno.writeTextFileSync(`${before}/datapackage.json`, JSON.stringify(descriptor));
  try {
    write(old);
    assertEquals((await readDataset(before)).format, 1);
  } finally {
    Deno.removeSync(before, { recursive: true });
  }
  assertMatch(
    await saidOf(JSON.stringify({ ...old, redd: { ...old.redd, format: 2 } })),
    /redd\.format is 2, expected 1, as Redd 0\.1\.0 writes it/,
  );
  old.resources[3].schema.fields[0].name = "key";
  assertMatch(await saidOf(JSON.stringify(old)), /resources\[3\]\.schema\.fields\[0\]\.name/);
});

Deno.test("what other tools add to a descriptor is theirs", async () => {
  const text = JSON.stringify({
    title: "Our salmon",
    licenses: [{ name: "CC0-1.0" }],
    ...JSON.parse(whole),
    keywords: ["salmon"],
  });
  Deno.writeTextFileSync(PATH, text);
  try {
    await readDataset(folder);
  } finally {
    Deno.writeTextFileSync(PATH, whole);
  }
});

Deno.test("isNewer() knows later versions, and what is no version is none", () => {
  const [major, minor, patch] = VERSION.split(".").map(Number);
  for (const version of [VERSION, "0.1.0", "0.0.1"]) assertEquals(isNewer(version), false, version);
  for (
    const version of [
      `${major! + 1}.0.0`,
      `${major}.${minor! + 1}.0`,
      `${major}.${minor}.${patch! + 1}`,
    ]
  ) assertEquals(isNewer(version), true, version);
  for (const none of ["", "x", "1", "99.0", "99.0.0-beta", " 99.0.0", "99.0.0\n"]) {
    assertEquals(isNewer(none), false, none);
  }
});
