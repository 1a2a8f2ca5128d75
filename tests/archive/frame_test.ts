/** A frame of zstd holds what was packed, and everything else is refused. */
import { assertEquals, assertThrows } from "@std/assert";
import { constants, zstdCompressSync } from "node:zlib";
import { firstUnframed, framed, frameStart, unframed } from "../../src/archive/frame.ts";
import { PartChanged } from "../../src/dataset/part_file.ts";
import { chance, fc, runs } from "../random.ts";
import { joinedBytes } from "./tars.ts";

const random = chance();
const noise = (length: number) => Uint8Array.from({ length }, () => Math.floor(256 * random()));
const text = new TextEncoder().encode("id,name\n".concat("17,Salmon\n".repeat(40_000)));

function refusal(bytes: Uint8Array, size: number): string {
  const { message } = assertThrows(() => unframed(bytes, size), PartChanged);
  return message.replace("its zstd frame is damaged: ", "");
}

Deno.test("what is packed comes back, whatever it is, and its first block by itself", () => {
  const some = [
    new Uint8Array(),
    new Uint8Array([7]),
    noise(65_536),
    text,
    new Uint8Array(700_000),
  ];
  for (const bytes of [...some, joinedBytes([text, noise(200_000)])]) {
    const frame = framed(bytes, 1);
    assertEquals(frameStart(frame).holds, bytes.length);
    assertEquals(unframed(frame, bytes.length), bytes);
    const first = firstUnframed(frame);
    assertEquals(first, bytes.slice(0, first.length));
    assertEquals(first.length > 0, bytes.length > 0);
  }
});

Deno.test("no length of bytes gives a second frame behind the first", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200_000 }),
      fc.integer({ min: 1, max: 19 }),
      (n, level) => {
        const bytes = joinedBytes([noise(n % 70_000), text.subarray(0, n)]);
        assertEquals(
          unframed(framed(bytes, Math.min(level, 4)), bytes.length).length,
          bytes.length,
        );
      },
    ),
    { numRuns: runs(30) },
  );
});

Deno.test("a frame that breaks off, goes on, holds more or less, or is none is refused", () => {
  const size = text.length;
  const frame = framed(text, 1);
  const options = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
  const without = (flag: number) =>
    zstdCompressSync(text, { params: { ...options.params, [flag]: 0 } });
  const cases: readonly (readonly [Uint8Array, string])[] = [
    [frame.slice(0, -1), "it breaks off"],
    [frame.slice(0, frame.length >> 1), "it breaks off"],
    [frame.slice(0, 12), "it is too short"],
    [joinedBytes([frame, frame]), `${frame.length} bytes follow behind its end`],
    [joinedBytes([frame, new Uint8Array(1)]), "1 bytes follow behind its end"],
    [framed(text.slice(1), 1), `it holds ${size - 1} bytes, not ${size}`],
    [framed(joinedBytes([text, text]), 1), `it holds ${2 * size} bytes, not ${size}`],
    [text.slice(0, 500), "it does not begin as one"],
    [new Uint8Array(without(constants.ZSTD_c_checksumFlag)), "it has no checksum"],
  ];
  for (const [bytes, message] of cases) assertEquals(refusal(bytes, size), message);
  // Node pledges the length unless it is told not to.
  const unsized = zstdCompressSync(text, options);
  assertEquals(refusal(new Uint8Array(unsized), size), "it does not say how much it holds");
});

Deno.test("a frame that says it holds as much as wanted and holds more is cut off", () => {
  const bomb = framed(new Uint8Array(50_000_000), 1);
  const forged = bomb.slice();
  // The length stands behind the window, in four bytes.
  new DataView(forged.buffer).setUint32(6, 1000, true);
  assertEquals(frameStart(forged).holds, 1000);
  assertThrows(() => unframed(forged, 1000), PartChanged, "its zstd frame is damaged: ");
});

Deno.test("no bit of a frame can be turned unseen", () => {
  const bytes = joinedBytes([text.subarray(0, 5000), noise(300)]);
  const frame = framed(bytes, 1);
  for (let i = 0; i < 300; i++) {
    const bit = Math.floor(8 * frame.length * random());
    const turned = frame.slice();
    turned[bit >> 3]! ^= 1 << (bit & 7);
    let got: Uint8Array | undefined;
    try {
      got = unframed(turned, bytes.length);
    } catch (thrown) {
      assertEquals(thrown instanceof PartChanged, true);
    }
    // The unused bit of the flags, and windows larger than needed, change nothing.
    if (got !== undefined) assertEquals(got, bytes);
  }
});
