/** Rows and schedules that differ from the manifest, though their digests are right. */
// @ts-types="../../types/std_assert.d.ts"
import { assertMatch } from "@std/assert";
import { alteredDataset } from "./altered_dataset.ts";

const { saidOfSigned } = await alteredDataset();

Deno.test("a schedule of other batches is refused, whoever signs it", async () => {
  const schedule = "schedule.yaml";
  assertMatch(
    await saidOfSigned(schedule, (text) => text.replaceAll("2024-001", "2024-002"), (redd) => {
      redd.files[1].path = "batches/SCO-2024-002.log";
    }),
    /SCO-2024-002 starts on 2024-01-15 in schedule\.yaml, and in batch_batch it is missing/,
  );
  assertMatch(
    await saidOfSigned(
      schedule,
      (text) => text.replace(/start_date: .*/, "start_date: 2024-01-14"),
    ),
    /redd\.firstDay is 2024-01-15, expected 2024-01-14.*SCO-2024-001 starts on 2024-01-14/,
  );
  assertMatch(
    await saidOfSigned(schedule, () => "batches: []"),
    /schedule\.yaml: .* expected/,
  );
  assertMatch(
    await saidOfSigned(schedule, () => `a: &a [${"x,".repeat(200_000)}x]\n${"b: *a\n".repeat(9)}`),
    /schedule\.yaml: /,
  );
  assertMatch(
    await saidOfSigned("data/batch_batch.csv", (text) => text.replace("SCO-2024", "SCO-2023")),
    /SCO-2024-001 starts on .* and in batch_batch it is missing/,
  );
});

Deno.test("rows that are not what the manifest says of them are refused, whoever signs them", async () => {
  const lines = (text: string) => text.trimEnd().split("\n");
  const cases: [RegExp, string, (text: string) => string | Uint8Array][] = [
    [
      /data\/auth_user\.csv has other columns than auth_user/,
      "data/auth_user.csv",
      (text) => text.replace("username", "user"),
    ],
    [/has other columns than auth_user/, "data/auth_user.csv", (text) => `\uFEFF${text}`],
    [/has other columns than auth_user/, "data/auth_user.csv", () => ",".repeat(1_000_000)],
    [/auth_user\.csv is no CSV/, "data/auth_user.csv", (text) => `${text}"`],
    [/auth_user\.csv is no CSV/, "data/auth_user.csv", (text) => `${text}1,2\n`],
    [
      /auth_user\.csv is no text/,
      "data/auth_user.csv",
      (text) => new Uint8Array([...new TextEncoder().encode(text), 0xff, 0x0a]),
    ],
    [
      /redd\.tables\.auth_user\.parts\[0\]\.rows is \d+, expected \d+/,
      "data/auth_user.csv",
      (text) => `${lines(text).slice(0, -1).join("\n")}\n`,
    ],
    [
      /redd\.users\.vet_99 is missing, expected \d+/,
      "data/auth_user.csv",
      (text) => text.replace("vet_01", "vet_99"),
    ],
    [
      /redd\.tables\.batch_mortalityevent\.lastId is \d+, expected 7\b/,
      "data/batch_mortalityevent/2024-05.csv",
      (text) =>
        [...lines(text).slice(0, -1), lines(text).at(-1)!.replace(/^\d+/, "7"), ""].join("\n"),
    ],
    [
      /the last row of data\/batch_mortalityevent\/2024-05\.csv is none of batch_mortalityevent/,
      "data/batch_mortalityevent/2024-05.csv",
      (text) => `${text}1,2,3\n`,
    ],
    [
      /the last row of .* is none of batch_mortalityevent/,
      "data/batch_mortalityevent/2024-05.csv",
      (text) => `${text}${"\u0000".repeat(100_000)}`,
    ],
    [
      /redd\.state\.batches\.completed is missing, expected 1/,
      "data/batch_batch.csv",
      (text) => text.replace("ACTIVE", "COMPLETED"),
    ],
    [
      /redd\.state\.places\.occupied is 10, expected 11/,
      "data/batch_batchcontainerassignment.csv",
      (text) => text.replace(",false,", ",true,"),
    ],
  ];
  for (const [said, path, change] of cases) assertMatch(await saidOfSigned(path, change), said);
});
