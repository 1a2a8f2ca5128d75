// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { parse } from "@std/csv";
import { ReddError } from "../../src/errors.ts";
import { dirname } from "node:path";
import {
  generate,
  type GenerateOptions,
  type GenerateProgress,
  generateShard,
} from "../../src/generate/generate.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";
import { fixtures, lean, oneBatch } from "../small_farm.ts";
import { digestsIn, filesIn, inTempFolder } from "./files.ts";
import { digestsOfParts, GOLDEN } from "./golden.ts";
import { generateSmall, small } from "./small_dataset.ts";

Deno.test("the bytes of the small dataset are the pinned ones", () =>
  inTempFolder(async (folder) => {
    const { manifest } = await generateSmall(folder, { fixtures });
    const golden = JSON.parse(Deno.readTextFileSync(GOLDEN)) as Record<string, string>;
    const found = digestsOfParts(manifest);
    // A change here changes every dataset. Where that is meant: see pin_golden.ts.
    const changed = Object.keys({ ...golden, ...found }).filter((path) =>
      golden[path] !== found[path]
    );
    assertEquals(changed, []);
  }));

Deno.test("a month without rows has no file, and a table without any has its header in the first", () =>
  inTempFolder(async (folder) => {
    const { manifest } = await generateSmall(folder);
    const months = Object.entries(manifest.tables).filter(([, { kind }]) => kind === "windowed");
    const files = [...filesIn(folder).keys()].filter((path) => /^data\/.+\//.test(path));
    assertEquals(files, months.flatMap(([, { parts }]) => parts.map(({ path }) => path)).sort());
    for (const [name, { rows, parts }] of months) {
      if (rows > 0) assert(parts.every((part) => part.rows > 0), name);
      else {
        const [{ path }] = parts as [typeof parts[0]];
        assertEquals([parts.length, path], [1, `data/${name}/2024-01.csv`]);
        assertEquals(Deno.readTextFileSync(`${folder}/${path}`), `${headerOf(tableNamed(name))}\n`);
      }
    }
    const monthsOf = (name: string) =>
      manifest.tables[name]!.parts.map(({ path }) => path.slice(-11));
    // Fry are fed from the ninetieth day on.
    assertEquals(monthsOf("inventory_feedingevent"), ["2024-04.csv", "2024-05.csv"]);
    assertEquals(monthsOf("health_licecount"), ["2024-01.csv"]);
    assertEquals(monthsOf("environmental_environmentalreading").length, 5);
  }));

Deno.test("1, 2 and 4 workers write the same bytes", () =>
  inTempFolder(async (folder) => {
    const digests: Record<string, string>[] = [];
    for (const workers of [1, 2, 4]) {
      const out = `${folder}/${workers}`;
      await generateSmall(out, { workers });
      digests.push(digestsIn(out));
    }
    assertEquals(digests[1], digests[0]);
    assertEquals(digests[2], digests[0]);
  }));

Deno.test("a number of workers that cannot be is refused before anything is written", () =>
  inTempFolder(async (folder) => {
    for (const workers of [0, -1, 1.5, NaN, Infinity]) {
      const out = `${folder}/out`;
      const options = { folder: out, schedule: small, fixtures: lean, seed: 7, workers };
      for (
        const run of [
          () => generate(options),
          () => generateShard(options, { number: 1, of: 2 }),
        ]
      ) {
        const error = await assertRejects(run, ReddError);
        assertEquals([error.fault, error.code], ["input", "BAD_WORKERS"]);
        assertEquals(
          error.message,
          `Cannot generate: workers is ${workers}. Give a whole number from 1, or leave it out.`,
        );
      }
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test("another seed gives other readings and the same places", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/7`);
    await generateSmall(`${folder}/8`, { seed: 8 });
    const [one, other] = [digestsIn(`${folder}/7`), digestsIn(`${folder}/8`)];
    assertEquals(Object.keys(one), Object.keys(other));
    const same = (path: string) => one[path] === other[path];
    assert(!same("data/environmental_environmentalreading/2024-01.csv"));
    assert(!same("data/batch_mortalityevent/2024-01.csv"));
    assert(same("data/infrastructure_container.csv"));
    assert(same("data/batch_creationaction.csv"));
  }));

Deno.test("ids begin where they are told to, and nothing else changes", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/1`);
    const { manifest } = await generateSmall(`${folder}/5001`, { firstId: 5001 });
    const read = (first: number, path: string) =>
      parse(Deno.readTextFileSync(`${folder}/${first}/data/${path}.csv`), { skipFirstRow: true });
    const path = "batch_mortalityevent/2024-02";
    const [one, other] = [read(1, path), read(5001, path)];
    assertEquals(one.length, other.length);
    one.forEach((row, i) => {
      for (const [name, value] of Object.entries(row)) {
        const moved = name === "id" || name.endsWith("_id");
        assertEquals(other[i]![name], moved ? String(Number(value) + 5000) : value, name);
      }
    });
    const purchases = read(5001, "inventory_feedpurchase");
    assertEquals([purchases[0]!.id, purchases[0]!.batch_number], ["5001", "INIT-20231216-0001"]);
    const { rows, lastId } = manifest.tables["environmental_environmentalreading"]!;
    assertEquals(lastId, 5000 + rows);
  }));

Deno.test("progress ends at all rows and all windows", () =>
  inTempFolder(async (folder) => {
    const reports: GenerateProgress[] = [];
    const { manifest } = await generateSmall(folder, {
      onProgress: (progress) => reports.push(progress),
    });
    const { rows, totalRows, windows, totalWindows } = reports.at(-1)!;
    assertEquals([windows, totalWindows], [5, 5]);
    assertEquals([...new Set(reports.map(({ phase }) => phase))], [
      "plan",
      "compare",
      "windows",
      "finish",
    ]);
    assert(reports.at(-1)!.work.every(({ done, all }) => done === all && all > 0));
    assertEquals(rows, totalRows);
    const events = Object.values(manifest.tables)
      .filter((table) => table.kind === "windowed" || table.kind === "joined");
    assertEquals(rows, events.reduce((sum, table) => sum + table.rows, 0));
  }));

Deno.test("a finished dataset is left alone", () =>
  inTempFolder(async (folder) => {
    const first = await generateSmall(folder);
    const before = filesIn(folder);
    const again = await generateSmall(folder);
    assertEquals([first.found, again.found], ["empty", "finished"]);
    assertEquals(again.manifest, first.manifest);
    assertEquals(filesIn(folder), before);
  }));

Deno.test("a finished dataset is replaced with force", () =>
  inTempFolder(async (folder) => {
    await generateSmall(folder);
    const before = filesIn(folder);
    Deno.writeTextFileSync(`${folder}/data/batch_batch.csv`, "spoilt");
    const { found } = await generateSmall(folder, { force: true });
    assertEquals(found, "empty");
    const after = filesIn(folder);
    assertEquals([...after.keys()], [...before.keys()]);
    for (const [path, facts] of after) {
      assertEquals(facts.sha256, before.get(path)!.sha256, path);
      assert(facts.mtime >= before.get(path)!.mtime);
    }
  }));

Deno.test("another seed, schedule or first id is refused without force", () =>
  inTempFolder(async (folder) => {
    await generateSmall(folder);
    const before = filesIn(folder);
    const others: [Partial<GenerateOptions>, RegExp][] = [
      [{ seed: 8 }, /: its seed is 7, not 8\. Give/],
      [{ firstId: 2 }, /: its firstId is 1, not 2\. Give/],
      [
        { fixtures: { ...lean, restSha256: "0".repeat(64) } },
        /: its fixtures is \w{12}…, not 000000000000…\. Give/,
      ],
      [
        {
          fixtures: {
            ...lean,
            profile: { ...lean.profile, name: "mine" },
            profileSha256: "0".repeat(64),
          },
        },
        /: its profile is "documented" \(\w{12}…\), not "mine" \(000000000000…\)\. Give/,
      ],
      [{ documentedTotals: true }, /: its documentedTotals is false, not true\. Give/],
      [
        { schedule: oneBatch({ eggs: 100_001, duration: 130 }) },
        /: its schedule has the eggs 100000 of \S+, not 100001\. Give/,
      ],
    ];
    for (const [other, differences] of others) {
      const error = await assertRejects(() => generateSmall(folder, other), ReddError);
      assertEquals([error.fault, error.code], ["input", "ANOTHER_DATASET"]);
      assertMatch(error.message, differences);
    }
    assertEquals(filesIn(folder), before);
    await generateSmall(folder, { seed: 8, force: true });
    assertEquals((await readManifest(folder)).seed, 8);
    await generateSmall(`${folder}_fresh`, { seed: 8 });
    try {
      assertEquals(digestsIn(folder), digestsIn(`${folder}_fresh`));
    } finally {
      Deno.removeSync(`${folder}_fresh`, { recursive: true });
    }
  }));

Deno.test("a folder that holds something else is never touched, with force neither", () =>
  inTempFolder(async (folder) => {
    const contents: Record<string, string>[] = [
      { "notes.txt": "mine" },
      { "datapackage.json": '{"name":"somebody-elses","resources":[]}', "data.csv": "a,b\n" },
      { "schedule.yaml": "mine" },
      { "datapackage.json": "not json" },
    ];
    for (const [i, files] of contents.entries()) {
      const out = `${folder}/${i}`;
      Deno.mkdirSync(out);
      for (const [name, text] of Object.entries(files)) {
        Deno.writeTextFileSync(`${out}/${name}`, text);
      }
      const before = filesIn(out);
      for (const force of [false, true]) {
        const error = await assertRejects(() => generateSmall(out, { force }), ReddError);
        assertEquals([error.fault, error.code], ["input", "NOT_A_DATASET"]);
        assertEquals(
          error.message,
          `Cannot write a dataset into ${out}: it holds ${Object.keys(files).sort()[0]} and is ` +
            "no dataset. Give a new or empty folder with --out.",
        );
      }
      assertEquals(filesIn(out), before);
    }
  }));

Deno.test("a dataset folder with files of others is not written to, and they stay", () =>
  inTempFolder(async (folder) => {
    await generateSmall(folder);
    for (
      const name of [
        "notes.txt",
        "data/notes.csv",
        "data/batch_batch/2024-01.csv",
        "data/load_duckdb.sql",
        "load_duckdb.sql.mine",
        "__pycache__/load_pandas.cpython-311.pyc",
      ]
    ) {
      Deno.mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
      Deno.writeTextFileSync(`${folder}/${name}`, "mine");
      const before = filesIn(folder);
      const error = await assertRejects(() => generateSmall(folder, { force: true }), ReddError);
      assertEquals([error.fault, error.code], ["input", "FOREIGN_FILE"]);
      assertMatch(error.message, new RegExp(`it holds ${name}, which is none of the dataset's`));
      assertEquals(filesIn(folder), before);
      Deno.removeSync(`${folder}/${name}`);
    }
  }));

Deno.test("a file in the way is named", () =>
  inTempFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "mine");
    for (const out of [`${folder}/file`, `${folder}/file/below`]) {
      const error = await assertRejects(() => generateSmall(out), ReddError);
      assertEquals([error.fault, error.code], ["input", "NOT_A_FOLDER"]);
      assertEquals(
        error.message,
        `Cannot write a dataset into ${out}: there is a file in its way. ` +
          "Give another folder with --out.",
      );
    }
    assertEquals(Deno.readTextFileSync(`${folder}/file`), "mine");
  }));

Deno.test("a schedule that cannot be lived through writes and replaces nothing", () =>
  inTempFolder(async (folder) => {
    // Five million eggs in one ring eat more at a meal than a barge holds.
    const plan = oneBatch({ eggs: 5_000_000, duration: 900, target: 6.5 });
    const [batch] = plan.batches;
    const sea = { ...batch!.sea!, rings: batch!.sea!.rings.slice(0, 1), rings_count: 1 };
    const schedule = { ...plan, batches: [{ ...batch!, sea }] };
    await generateSmall(`${folder}/there`);
    const before = filesIn(folder);
    for (const out of ["there", "new"]) {
      const run = () => generateSmall(`${folder}/${out}`, { schedule, force: true });
      const error = await assertRejects(run, ReddError);
      assertEquals([error.fault, error.code], ["input", "FEED_CONTAINER_TOO_SMALL"]);
    }
    assertEquals(filesIn(folder), before);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["there"]);
  }));

Deno.test("folders on the way to the dataset are made", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/a/b c/ü`);
    assertEquals((await readManifest(`${folder}/a/b c/ü`)).seed, 7);
  }));

Deno.test("a run that is aborted before it begins says so, and the next one goes on", () =>
  inTempFolder(async (folder) => {
    const stopped = `${folder}/stopped`;
    const abort = new AbortController();
    abort.abort();
    const run = () => generateSmall(stopped, { signal: abort.signal });
    const error = await assertRejects(run, ReddError);
    assertEquals([error.fault, error.exitCode], ["interrupted", 130]);
    const { found } = await generateSmall(stopped);
    assertEquals(found, "begun");
    await generateSmall(`${folder}/whole`);
    assertEquals(digestsIn(stopped), digestsIn(`${folder}/whole`));
  }));

Deno.test("a run that was killed after its manifest leaves nothing behind when it is repeated", () =>
  inTempFolder(async (folder) => {
    await generateSmall(folder);
    const before = digestsIn(folder);
    Deno.mkdirSync(`${folder}/work`);
    Deno.writeTextFileSync(`${folder}/work/2024-01.json`, "{}");
    assertEquals((await generateSmall(folder)).found, "finished");
    assertEquals(digestsIn(folder), before);
  }));

Deno.test("a run that was killed before it wrote its name is begun again", () =>
  inTempFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/work`);
    Deno.writeTextFileSync(`${folder}/work/identity.json.partial`, '{"vers');
    await generateSmall(folder);
    assertEquals((await readManifest(folder)).schedule.path, "schedule.yaml");
    assertEquals(small.batches.length, 1);
  }));
