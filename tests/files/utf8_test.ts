// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { NotRegular, TooLarge } from "../../src/files/regular.ts";
import { decodeUtf8, NotText, readUtf8, whyUnread } from "../../src/files/utf8.ts";
import { inTempFolder } from "../generate/files.ts";

Deno.test("text is read whole, without a byte order mark, also through a link that a user named", () =>
  inTempFolder((folder) => {
    const file = `${folder}/a`;
    Deno.writeTextFileSync(file, "\uFEFFfjörð\n\uFEFF🐟");
    assertEquals(readUtf8(file, 100), "fjörð\n\uFEFF🐟");
    Deno.symlinkSync(file, `${folder}/link`);
    assertEquals(readUtf8(`${folder}/link`, 100, { follow: true }), "fjörð\n\uFEFF🐟");
    assertThrows(() => readUtf8(`${folder}/link`, 100), NotRegular);
    Deno.writeTextFileSync(file, "");
    assertEquals(readUtf8(file, 0), "");
    return Promise.resolve();
  }));

Deno.test("UTF-16 is called by its name, with what helps", () => {
  for (const bytes of [[0xff, 0xfe, 0x61, 0], [0xfe, 0xff, 0, 0x61]]) {
    const error = assertThrows(() => decodeUtf8("farm.yaml", new Uint8Array(bytes)), NotText);
    assertEquals(
      whyUnread(error),
      "it is UTF-16 text, expected UTF-8: save it as UTF-8, or iconv -f UTF-16 -t UTF-8",
    );
  }
});

Deno.test("bytes that are no UTF-8 are refused with their line", () =>
  inTempFolder((folder) => {
    const file = `${folder}/a`;
    const wrong: [string, number[]][] = [
      ["a byte that begins nothing", [0xff]],
      ["Latin-1", [0x66, 0xf8, 0x72]],
      ["an overlong slash", [0xc0, 0xaf]],
      ["half a pair", [0xed, 0xa0, 0x80]],
      ["a character cut off", [0xe2, 0x82]],
      ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ];
    for (const [what, bytes] of wrong) {
      for (const [before, line] of [["", 1], ["ø\n\n", 3]] as const) {
        for (const after of ["", "\nmore\n"]) {
          const text = new TextEncoder();
          const all = [...text.encode(before), ...bytes, ...text.encode(after)];
          Deno.writeFileSync(file, new Uint8Array(all));
          const error = assertThrows(() => readUtf8(file, 100), NotText);
          assertEquals(
            [error.line, whyUnread(error)],
            [line, `line ${line} is no UTF-8 text`],
            what,
          );
        }
      }
    }
    return Promise.resolve();
  }));

Deno.test("what is missing, too large or no file is said in words", () =>
  inTempFolder((folder) => {
    const why = (path: string, cap = 10) => whyUnread(assertThrows(() => readUtf8(path, cap)));
    Deno.writeTextFileSync(`${folder}/a`, "eleven byte");
    assertEquals(why(`${folder}/none`), "there is no such file");
    assertEquals(why(`${folder}/a`), "it has 11 bytes, expected at most 10");
    assertEquals(why(folder), "it is a folder, expected a regular file");
    assertEquals(why("/dev/zero"), "it is a device, expected a regular file");
    assertThrows(() => readUtf8(`${folder}/a`, 10), TooLarge);
    return Promise.resolve();
  }));

Deno.test("whyUnread() says what Deno refuses without its advice", () => {
  const refused = (message: string) => whyUnread(new Deno.errors.NotCapable(message));
  assertEquals(
    refused('Requires all access to "/proc/self/environ", run again with the --allow-all flag.'),
    "Deno does not let programs read there",
  );
  assertEquals(
    refused('Requires read access to "/a", run again with the --allow-read flag.'),
    'it was not given the right to read "/a"',
  );
});
