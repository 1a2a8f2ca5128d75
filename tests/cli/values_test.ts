// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Given } from "../../cli/command.ts";
import { grouped } from "../../cli/numbers.ts";
import { readWhole } from "../../cli/read_number.ts";
import { flagValues } from "../../cli/values.ts";
import { ReddError } from "../../src/errors.ts";
import { dayOf, parseIso } from "../../src/farm/days.ts";
import { fc, runs } from "../random.ts";

/** The values of a line that gives one flag. */
function given(text?: string) {
  const line: Given = { text: () => text, on: () => false, operands: [] };
  return flagValues("feed", line);
}

function refusal(work: () => unknown): string {
  const error = assertThrows(work, ReddError);
  assertEquals([error.code, error.exitCode], ["USAGE", 2]);
  return error.message;
}

Deno.test("a flag that is not given has no value of any kind", () => {
  assertEquals(given().whole("eggs", 1, 9), undefined);
  assertEquals(given().day("from"), undefined);
  assertEquals(given().oneOf("place", ["sea"]), undefined);
});

Deno.test("whole() reads whole numbers within bounds, grouped or not", () => {
  for (const [text, number] of [["1", 1], ["9", 9]] as const) {
    assertEquals(given(text).whole("eggs", 1, 9), number);
  }
  for (const text of ["3500000", "3_500_000", "3,500,000"]) {
    assertEquals(given(text).whole("eggs", 100_000, 5_000_000), 3_500_000);
  }
  assertEquals(given("9007199254740991").whole("seed", 0, Number.MAX_SAFE_INTEGER), 2 ** 53 - 1);
});

const NO_WHOLE = [
  ...["0", "10", "-1", "1.5", "1e9", "1e0", "", " 5", "5 ", "five", "5 eggs", "5,0", "NaN", "-0"],
  ...[
    "0x5",
    "0b11",
    "0o5",
    "05",
    "+5",
    "5.",
    "5.0",
    "5_",
    "_5",
    "5n",
    "٣",
    "５",
    "5\n",
    "Infinity",
  ],
];
for (const text of NO_WHOLE) {
  Deno.test(`whole() refuses "${text}"`, () => {
    assertEquals(
      refusal(() => given(text).whole("eggs", 1, 9)),
      `Cannot run deno task feed: --eggs is ${text}. Give a whole number from 1 to 9.`,
    );
  });
}

Deno.test("whole() reads groups of three by one sign, and no others", () => {
  const read = (text: string) => given(text).whole("eggs", 0, 9_999_999);
  for (const text of ["0", "1,234", "1_234", "12,345", "123_456", "1_234_567"]) {
    assertEquals(read(text), Number(text.replaceAll(/[_,]/g, "")), text);
  }
  const wrong = ["1234,567", "1,2345", "1,23", "1_234,567", "0,123", "01,234", "1__234", ",123"];
  for (const text of wrong) refusal(() => read(text));
});

Deno.test("a number is what its canonical text says, and no other text is one", () => {
  const number = fc.oneof(fc.nat(20_000), fc.maxSafeNat());
  fc.assert(fc.property(number, (n) => {
    assertEquals(given(`${n}`).whole("eggs", 0, Number.MAX_SAFE_INTEGER), n);
    assertEquals(given(grouped(n)).whole("eggs", 0, Number.MAX_SAFE_INTEGER), n);
  }));
  const almost = fc.string({ unit: fc.constantFrom(..."0123456789_,.-+xeb ٣"), minLength: 1 });
  fc.assert(
    fc.property(almost, (text) => {
      const read = readWhole(text);
      if (read !== undefined) {
        assert([`${read}`, grouped(read), grouped(read).replaceAll(",", "_")].includes(text));
      }
    }),
    { numRuns: runs(2000) },
  );
});

Deno.test("decimal() reads decimals in plain digits", () => {
  for (const [text, number] of [["0", 0], ["0.85", 0.85], ["1", 1], ["0.000001", 1e-6]] as const) {
    assertEquals(given(text).decimal("share", 0, 1), number);
  }
  const wrong = [
    ".5",
    "1.",
    "00.5",
    "-0",
    "+0.5",
    "5e-1",
    "0x1",
    "0,5",
    "1.1",
    "0.1234567",
    "٠",
    " 0.5",
  ];
  for (const text of [...wrong, "NaN", "Infinity", "", "0.5 ", "1_0"]) {
    refusal(() => given(text).decimal("share", 0, 1));
  }
});

Deno.test("whole() refuses a number that a double cannot hold", () => {
  refusal(() => given("9007199254740993").whole("seed", 0, Number.MAX_SAFE_INTEGER));
});

Deno.test("day() reads dates of the calendar", () => {
  assertEquals(given("2025-01-31").day("from"), dayOf({ year: 2025, month: 1, day: 31 }));
  assertEquals(given("2024-02-29").day("from"), dayOf({ year: 2024, month: 2, day: 29 }));
});

Deno.test("day() takes the dates that a schedule may have, and says so", () => {
  for (const text of ["1910-01-01", "1970-01-01", "2189-12-31"]) {
    assertEquals(given(text).day("from"), parseIso(text));
  }
  for (const text of ["1909-12-31", "2190-01-01", "2204-06-08", "0001-01-01", "9999-12-31"]) {
    assertEquals(
      refusal(() => given(text).day("from")),
      `Cannot run deno task feed: --from is ${text}. Give a date from 1910-01-01 to 2189-12-31.`,
    );
  }
});

const NO_DATES = [
  ...["2025-02-29", "2025-02-30", "2025-13-01", "2025-00-10", "2025-1-1", "31.01.2025", "20250131"],
  ...[
    "2025-01-31T00:00",
    " 2025-01-31",
    "2025-01-31 ",
    "+2025-01-31",
    "02025-01-31",
    "12025-01-31",
  ],
  ...["٢٠٢٥-٠١-٣١", "2025‐01‐31", "today", "0", "2025-01-3x"],
];
for (const text of NO_DATES) {
  Deno.test(`day() refuses ${text}`, () => {
    assertEquals(
      refusal(() => given(text).day("from")),
      `Cannot run deno task feed: --from is ${text}. Give a date of the calendar such as 2025-01-31.`,
    );
  });
}

Deno.test("oneOf() knows its words, letter for letter", () => {
  const words = ["sea", "fresh water"] as const;
  assertEquals(given("fresh water").oneOf("place", words), "fresh water");
  for (const [text, meant] of [["Sea", "Did you mean sea? "], ["lake", ""], ["", ""]]) {
    assertEquals(
      refusal(() => given(text!).oneOf("place", words)),
      `Cannot run deno task feed: --place is ${text}. ${meant}Give one of sea, fresh water.`,
    );
  }
});

Deno.test("a number or a date that is mistyped is shown, and what is close to a word", () => {
  for (
    const text of [",1", "1 000", "1 / 2", "85%", "85 %", "−5", '"5"', "5 days", "31 Jan 2025"]
  ) {
    const start = `Cannot run deno task feed: --flag is ${text}. Give `;
    for (const read of [() => given(text).whole("flag", 1, 9), () => given(text).day("flag")]) {
      assertEquals(refusal(read).slice(0, start.length), start);
    }
  }
  assertEquals(
    refusal(() => given("Faroe Island!").oneOf("flag", ["Faroe Islands", "Scotland"])),
    "Cannot run deno task feed: --flag is Faroe Island!. Did you mean Faroe Islands? Give one of " +
      "Faroe Islands, Scotland.",
  );
});

Deno.test("no value that may hold a password is shown", () => {
  for (
    const [text, shown] of [
      ["postgres://anna:Zq9x@db", "a connection string"],
      ["password=Zq9x", "a connection string"],
      ["anna:Zq9x", "a word that is not shown"],
      ["10.0.0.1:5432:farm:anna:Zq9x", "a word that is not shown"],
      ["anna Zq9x", "a word that is not shown"],
      ["5|Zq9x", "a word that is not shown"],
      ["2025-01-31T00:00:00", "2025-01-31T00:00:00"],
    ] as const
  ) {
    const start = `Cannot run deno task feed: --flag is ${shown}. Give `;
    const value = given(text);
    for (
      const read of [
        () => value.whole("flag", 1, 9),
        () => value.decimal("flag", 0, 1),
        () => value.day("flag"),
        () => value.oneOf("flag", ["sea"]),
      ]
    ) assertEquals(refusal(read).slice(0, start.length), start);
  }
});
