// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { estimate, freeBytes, hasAmpleRoom, requireRoom } from "../../src/generate/estimate.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { prepare } from "../../src/generate/prepare.ts";
import { shareOf } from "../../src/generate/render_windows.ts";
import { fixtures, oneBatch } from "../small_farm.ts";
import { filesIn, inTempFolder } from "./files.ts";

Deno.test("estimate() knows the rows exactly and the bytes within a tenth", () =>
  inTempFolder(async (folder) => {
    const schedule = oneBatch({ eggs: 3_500_000, duration: 300, start: "2024-01-15" });
    const recipe = { schedule, fixtures, seed: 7 };
    const size = estimate(prepare(recipe), 2);
    const { manifest } = await generate({ ...recipe, folder, workers: 1 });
    assertEquals(size.rows, manifest.rows);
    assert(Math.abs(size.bytes / manifest.bytes - 1) < 0.1, `${size.bytes} ${manifest.bytes}`);
  }));

Deno.test("requireRoom() refuses what does not fit and says what is free", () => {
  const free = freeBytes(Deno.cwd())!;
  assert(free > 0);
  // Others may write to the disk in between.
  assertAlmostEquals(freeBytes("no/such/folder/yet")!, freeBytes(".")!, 1e9);
  const size = { rows: 1, milliseconds: 1, windows: 1 };
  requireRoom(Deno.cwd(), { ...size, bytes: 1 });
  const error = assertThrows(
    () => requireRoom("out/large", { ...size, bytes: 1e18 }),
    ReddError,
    "Cannot write the dataset out/large: it needs about 1000000000000 MB and",
  );
  assertEquals([error.code, error.fault], ["DISK_TOO_SMALL", "environment"]);
});

Deno.test("where hasAmpleRoom() sees room, requireRoom() has nothing to refuse", () => {
  for (const duration of [1, 100, 800]) {
    const schedule = oneBatch({ eggs: 100_000, duration, start: "2024-01-15" });
    const prepared = prepare({ schedule, fixtures, seed: 7 });
    const { rows, bytes } = estimate(prepared, 1);
    assert(bytes < 200 * rows + 500e6);
    assert(!hasAmpleRoom(".", prepared) || freeBytes(".")! >= bytes);
  }
  const { pass, ...rest } = prepare({ schedule: oneBatch({ duration: 9 }), fixtures, seed: 7 });
  const numbers = { ...pass.end.numbers, reading: 1e15 };
  const endless = { ...rest, pass: { ...pass, end: { ...pass.end, numbers } } };
  assertEquals(hasAmpleRoom(".", endless), false);
  assertEquals(hasAmpleRoom("no/such/folder/yet", endless), false);
});

Deno.test("shareOf() of all shards is the whole, and a shard's bytes are about its share", () =>
  inTempFolder(async (folder) => {
    const recipe = { schedule: oneBatch({ duration: 300 }), fixtures, seed: 7 };
    const prepared = prepare(recipe);
    assertEquals(shareOf(prepared.pass, undefined), 1);
    const shares = [1, 2, 3].map((number) => shareOf(prepared.pass, { number, of: 3 }));
    assertAlmostEquals(shares.reduce((sum, share) => sum + share, 0), 1, 1e-9);
    await generateShard({ ...recipe, folder }, { number: 2, of: 3 });
    const bytes = [...filesIn(folder).values()].reduce((sum, file) => sum + file.bytes, 0);
    const expected = estimate(prepared, 1).bytes * shares[1]!;
    assert(Math.abs(bytes / expected - 1) < 0.2, `${bytes} ${expected}`);
  }));
