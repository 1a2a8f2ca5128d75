/** Which paths are the user's own. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { isPrivateGroup, membersOf } from "../../src/server/account.ts";
import { trustedWay } from "../../src/server/trusted_path.ts";
import { temporaryFolder } from "./temporary.ts";

const ROOT = Deno.uid() === 0;
const base = await temporaryFolder();
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));

let made = 0;

/** A path of three folders, the first of which has that mode. */
function way(mode: number): { first: string; path: string } {
  const first = join(base, `way-${++made}`);
  Deno.mkdirSync(join(first, "farm/postgres"), { recursive: true });
  Deno.chmodSync(first, mode);
  return { first, path: join(first, "farm/postgres") };
}

const faultOf = (path: string) => {
  const found = trustedWay(path);
  return "mistrust" in found ? found.mistrust : undefined;
};

Deno.test("a path of the user's own folders is his, also where it does not exist yet", () => {
  const { path } = way(0o755);
  assertEquals(trustedWay(path), { real: path });
  assertEquals(trustedWay(join(path, "a/b")), { real: join(path, "a/b") });
});

Deno.test("a parent that everybody may write is at fault, unless it is sticky", () => {
  const { first, path } = way(0o777);
  const { mend, ...fault } = faultOf(path)!;
  const because = "it belongs to you and has mode 0777: others may write in it";
  assertEquals(fault, { path: first, because });
  assertMatch(mend!, /^chmod g?o-w \//);
  assertEquals(faultOf(way(0o1777).path), undefined);
});

Deno.test("a sticky folder is no place for a server itself", () => {
  const { first } = way(0o1777);
  assertEquals(faultOf(first)?.path, first);
});

Deno.test({
  name: "a folder of another user is at fault, at the end and on the way",
  // Only root can give folders away.
  ignore: !ROOT,
  fn: () => {
    const { first, path } = way(0o755);
    Deno.chownSync(path, 65534, 65534);
    assertEquals(faultOf(path)?.path, path);
    Deno.chownSync(path, 0, 0);
    Deno.chownSync(first, 65534, 65534);
    assertEquals(faultOf(path)?.path, first);
    assert(faultOf(path)!.because.startsWith("it belongs to nobody and has mode 0755"));
  },
});

Deno.test({
  name: "a link of another user is at fault, one of the user's own is followed",
  // Only root can give links away.
  ignore: !ROOT,
  fn: () => {
    const { path } = way(0o755);
    const link = join(base, "link");
    Deno.symlinkSync(path, link);
    assertEquals(trustedWay(join(link, "a")), { real: join(path, "a") });
    const { success } = new Deno.Command("chown", { args: ["-h", "65534", link] }).outputSync();
    assert(success);
    assertEquals(faultOf(join(link, "a")), { path: link, because: "it is a link of nobody" });
  },
});

Deno.test("links that lead to an open folder, up and around are seen through", () => {
  const open = way(0o777);
  const { first, path } = way(0o755);
  Deno.symlinkSync("../" + open.first.slice(base.length + 1), join(first, "up"));
  Deno.symlinkSync("farm/postgres", join(first, "down"));
  Deno.symlinkSync("round", join(first, "round"));
  assertEquals(faultOf(join(first, "up/farm"))?.path, open.first);
  assertEquals(trustedWay(join(first, "down")), { real: path });
  assertEquals(faultOf(join(first, "round"))?.because, "it goes through too many links");
});

Deno.test("a file is no folder", () => {
  const { first } = way(0o755);
  Deno.writeTextFileSync(join(first, "file"), "");
  assertEquals(
    faultOf(join(first, "file/postgres"))?.because,
    "it is a regular file and no folder",
  );
});

const passwd = [
  "root:x:0:0::/root:/bin/sh",
  "anna:x:1000:1000::/home/anna:/bin/sh",
  "bob:x:1001:1001::/home/bob:/bin/sh",
  "carl:x:1002:1000::/home/carl:/bin/sh",
  "",
];
const group = ["root:x:0:", "anna:x:1000:", "bob:x:1001:anna,gone", "staff:x:50:"];

for (
  const [gid, members] of [
    [0, [0]],
    [1000, [1000, 1002]],
    [1001, [1000, undefined, 1001]],
    [50, []],
    [77, undefined],
  ] as const
) {
  Deno.test(`the members of group ${gid} are those it names and those who have it as their own`, () => {
    assertEquals(membersOf(gid, { passwd, group }), members && [...members]);
  });
}

Deno.test("a folder that the user's group may write is his where he is its only member", () => {
  const { first, path } = way(0o775);
  const others = !isPrivateGroup(Deno.lstatSync(first).gid);
  assertEquals(faultOf(path)?.mend, others ? `chmod g-w ${first}` : undefined);
});

Deno.test({
  name: "a folder that a group with other members may write is at fault",
  // Only root can give folders to any group.
  ignore: !ROOT,
  fn: () => {
    const { first, path } = way(0o775);
    Deno.chownSync(first, 0, 65534);
    assertEquals(faultOf(path)?.mend, `chmod g-w ${first}`);
  },
});
