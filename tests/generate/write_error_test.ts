import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { NotRegular } from "../../src/files/regular.ts";
import { writing } from "../../src/generate/write_error.ts";

function told(thrown: unknown): ReddError {
  return assertThrows(() => {
    writing("out/farm", () => {
      throw thrown;
    });
  }, ReddError);
}

Deno.test("writing() says what helps against what the system says", () => {
  const cases: [string, string, RegExp][] = [
    ["ENOSPC", "DISK_FULL", /the disk is full\. Free some space and run the same command again/],
    ["EDQUOT", "DISK_FULL", /your share of the disk is used up\. Free some space/],
    ["EMFILE", "TOO_MANY_FILES", /\. Raise the limit \(ulimit -n 1024\) or give fewer --workers/],
    ["ENFILE", "TOO_MANY_FILES", /\. Close other programs, or give fewer --workers/],
    ["ENOMEM", "OUT_OF_MEMORY", /the memory is used up\. Give fewer --workers/],
    ["EIO", "DISK_BROKEN", /: told so\. The disk does not read or write what it should/],
    ["EACCES", "CANNOT_WRITE", /: told so\. Give yourself the right to write there/],
    ["EPERM", "CANNOT_WRITE", /: told so\. The system forbids it, perhaps by an attribute/],
    ["EROFS", "CANNOT_WRITE", /the disk can only be read\. Give a folder on a disk that can be/],
    ["ENAMETOOLONG", "CANNOT_WRITE", /path is longer than the system takes\. Give a shorter path/],
    ["ELOOP", "CANNOT_WRITE", /links on the way .*\. Remove them, or give another folder/],
    ["EISDIR", "CANNOT_WRITE", /: told so\. A folder stands where a file should be/],
    ["ENOTEMPTY", "CANNOT_WRITE", /: told so\. A folder stands where a file should be/],
    ["ENOTDIR", "CANNOT_WRITE", /: told so\. A file stands where a folder should be/],
    ["ESTALE", "CANNOT_WRITE", /the network disk has lost the folder\. Mount it again/],
    ["ENXIO", "CANNOT_WRITE", /: told so\. Give a folder that can be written to with --out/],
  ];
  for (const [osCode, code, message] of cases) {
    const error = told(Object.assign(new Error("told so"), { code: osCode }));
    assertEquals([error.fault, error.code], ["environment", code], osCode);
    assertMatch(error.message, message);
    assertMatch(error.message, /^Cannot write the dataset out\/farm: /);
  }
});

Deno.test("writing() names what is in the way, and leaves defects as they are", () => {
  const error = told(new NotRegular("out/farm/data", "a link", "a folder"));
  assertEquals([error.fault, error.code], ["input", "LINK_IN_DATASET"]);
  assertMatch(error.message, /out\/farm\/data is a link, expected a folder/);
  assertThrows(
    () =>
      writing("out", () => {
        throw new RangeError("a defect");
      }),
    RangeError,
    "a defect",
  );
});

Deno.test("Deno's advice to give all rights reaches nobody", () => {
  const advice = 'Requires all access to "/dev/farm", run again with the --allow-all flag.';
  const error = told(new Deno.errors.NotCapable(advice));
  assertEquals(
    [error.fault, error.code, error.because],
    ["environment", "CANNOT_WRITE", "Deno does not let programs write there"],
  );
});
