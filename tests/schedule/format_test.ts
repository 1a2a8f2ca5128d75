// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { parse, stringify } from "@std/yaml";
import { asOfOf, type Schedule, scheduleSchema } from "../../src/schedule/format.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { oneAfterTheOther, oneBatch, twoInOneArea } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

/** What the schema says of a text, or the data in it. */
function read(text: string) {
  return scheduleSchema.safeParse(parse(text, { schema: "core" }));
}

/** The schedule's data with something changed, as YAML. */
function changed(
  change: (
    data: Record<string, unknown> & {
      metadata: Record<string, unknown>;
      batches: Record<string, unknown>[];
    },
  ) => void,
): string {
  const data = structuredClone(oneBatch()) as unknown as Parameters<typeof change>[0];
  change(data);
  return stringify(data, { lineWidth: 100 });
}

function issueOf(text: string): string {
  const parsed = read(text);
  assert(!parsed.success, "expected to be refused");
  const issue = parsed.error.issues[0]!;
  return `${issue.path.join(".")}: ${issue.message}`;
}

Deno.test("a schedule comes back from its text as it was", () => {
  const wish = fc.record({
    eggs: fc.integer({ min: 100_000, max: 5_000_000 }),
    geography: fc.constantFrom("Faroe Islands" as const, "Scotland" as const),
    duration: fc.integer({ min: 1, max: 900 }),
    seed: fc.nat(Number.MAX_SAFE_INTEGER),
  });
  const schedules: fc.Arbitrary<Schedule> = fc.oneof(
    wish.map(oneBatch),
    wish.map((one) => twoInOneArea({ ...one, eggs: 100_000, duration: 900 }, 7)),
    wish.map((one) => oneAfterTheOther({ ...one, duration: 300 }, 100)),
  );
  fc.assert(
    fc.property(schedules, (schedule) => {
      const text = scheduleText(schedule);
      const parsed = read(text);
      assert(parsed.success, parsed.error?.message);
      assertEquals(parsed.data, schedule);
      assertEquals(scheduleText(parsed.data), text);
    }),
    { numRuns: runs(50) },
  );
});

Deno.test("the text of a schedule is pinned, since its digest names a dataset", () => {
  const lines = scheduleText(oneBatch({ start: "2024-01-15", seed: 7 })).split("\n");
  assertEquals(lines.slice(0, 16), [
    "metadata:",
    "  generated_date: '2024-08-02'",
    "  total_batches: 1",
    "  batches_per_geography: 1",
    "  target_saturation: 1",
    "  stagger_days: 1",
    "  seed: 7",
    "  as_of: '2024-08-02'",
    "batches:",
    "  - batch_id: SCO-2024-001",
    "    start_date: '2024-01-15'",
    "    eggs: 100000",
    "    duration: 200",
    "    effective_duration: 900",
    "    harvest_target_kg: 5.52",
    "    geography: Scotland",
  ]);
});

Deno.test("older files that write post-smolt are read as post_smolt", () => {
  const text = scheduleText(oneBatch()).replace("post_smolt:", "post-smolt:");
  assert(text.includes("post-smolt:"));
  const parsed = read(text);
  assert(parsed.success, parsed.error?.message);
  assertEquals(parsed.data, oneBatch());
});

Deno.test("files of the original system have no seed and no as_of, but partitions", () => {
  const parsed = read(changed(({ metadata }) => {
    delete metadata.seed;
    delete metadata.as_of;
    metadata.worker_partitions = {
      worker_1: { batch_indices: [0], batch_range: "1", count: 1 },
    };
  }));
  assert(parsed.success, parsed.error?.message);
  assertEquals(asOfOf(parsed.data), "2024-08-02");
});

Deno.test("metadata that Redd does not know is kept, and a batch has a purpose", () => {
  const parsed = read(changed(({ metadata, batches }) => {
    Object.assign(metadata, {
      schedule_type: "LADDER",
      targets: [1, { at: "Fry" }],
      stagger_days: 0,
    });
    batches[0]!.purpose = "five days before Fry";
  }));
  assert(parsed.success, parsed.error?.message);
  const { metadata, batches: [batch] } = parsed.data;
  assertEquals(metadata.schedule_type, "LADDER");
  assertEquals(metadata.targets, [1, { at: "Fry" }]);
  assertEquals([metadata.stagger_days, batch!.purpose], [
    0,
    "five days before Fry",
  ]);
});

Deno.test("eggs are 100,000 to 5,000,000 (rulings.md#20)", () => {
  for (const eggs of [-5, 0, 99_999, 5_000_001, 1.5, "many"]) {
    const issue = issueOf(changed(({ batches }) => batches[0]!.eggs = eggs));
    assertEquals(issue.split(":")[0], "batches.0.eggs", String(eggs));
  }
  for (const eggs of [100_000, 5_000_000]) {
    assert(read(changed(({ batches }) => batches[0]!.eggs = eggs)).success, `${eggs}`);
  }
});

Deno.test("dates are days of the calendar", () => {
  const none = ["2024-02-30", "15.1.2024", "soon", "1909-12-31", "2190-01-01", "0001-01-01"];
  for (const start_date of none) {
    const issue = issueOf(changed(({ batches }) => batches[0]!.start_date = start_date));
    const expected = "batches.0.start_date: a date of the calendar from 1910-01-01 to 2189-12-31";
    assertEquals(issue, expected);
  }
});

Deno.test("batch numbers are one to four capital letters, a year and three digits", () => {
  for (
    const batch_id of [
      "FAROE-2024-001",
      "far-2024-001",
      "-2024-001",
      "FAR-24-001",
      "FAR-2024-1",
      "FAR-2024-001; --",
    ]
  ) {
    const issue = issueOf(changed(({ batches }) => batches[0]!.batch_id = batch_id));
    assertEquals(
      issue,
      "batches.0.batch_id: one to four capital letters, a year and three digits such as FAR-2020-001",
    );
  }
  for (const batch_id of ["FAR-2024-001", "FI-2024-001", "SCO-2024-999"]) {
    assert(read(changed(({ batches }) => batches[0]!.batch_id = batch_id)).success);
  }
});

Deno.test("geographies, durations, targets and unknown fields are held to the format", () => {
  const refused: [string, (batch: Record<string, unknown>) => void][] = [
    ["batches.0.geography", (batch) => batch.geography = ""],
    ["batches.0.duration", (batch) => batch.duration = 901],
    ["batches.0.duration", (batch) => batch.duration = 0],
    ["batches.0.harvest_target_kg", (batch) => batch.harvest_target_kg = 4.4],
    ["batches.0.harvest_target_kg", (batch) => batch.harvest_target_kg = 6.6],
    ["batches.0", (batch) => batch.colour = "blue"],
    ["batches.0.purpose", (batch) => batch.purpose = "x".repeat(201)],
    ["batches.0.sea", (batch) => delete batch.sea],
    ["batches.0.freshwater.parr.hall", (batch) => batch.freshwater = { parr: {} }],
  ];
  for (const [path, change] of refused) {
    const issue = issueOf(changed(({ batches }) => change(batches[0]!)));
    assertEquals(issue.split(":")[0], path);
  }
});
