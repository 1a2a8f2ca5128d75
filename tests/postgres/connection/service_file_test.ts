// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { findService } from "../../../src/postgres/connection/service_file.ts";

const FILE = `# services
[pond]
host=pond.example

[farm]
  host = farm.example
# a comment
port=6543
host=late.example
options=-c search_path=a,b

[farm]
user=late
[broken]
host=a
what is this
`;

Deno.test("a service is its section up to the next, and the first of two settings counts", () => {
  assertEquals(findService(FILE, "farm"), {
    settings: [["host", "farm.example"], ["port", "6543"], ["options", "-c search_path=a,b"]],
  });
  assertEquals(findService(FILE.replaceAll("\n", "\r\n"), "pond"), {
    settings: [["host", "pond.example"]],
  });
});

Deno.test("a service that is not there is undefined, a broken one says its line", () => {
  assertEquals(findService(FILE, "lake"), undefined);
  assertEquals(findService(FILE, "broken")?.wrongLine, 16);
});
