/** A password for the users of a dataset: Django's hash, in the target alone. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { afterLoad, takeDemoPassword } from "../../cli/demo_password.ts";
import { newUnseenLine } from "../../cli/secret_terminal.ts";
import { ReddError } from "../../src/errors.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { usersOf } from "../../src/dataset/users.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { generate } from "../../src/generate/generate.ts";
import { requireDemoTarget, setDemoPassword } from "../../src/aquamind/demo_users.ts";
import { otherRoles } from "../../src/aquamind/other_roles.ts";
import { djangoHash, newSalt } from "../../src/aquamind/django_password.ts";
import { verifyDatabase } from "../../src/verify/engines/postgres.ts";
import { freshAquamind } from "../aquamind/build.ts";
import { reddHere } from "../cli/line_here.ts";
import { lean, oneBatch } from "../small_farm.ts";
import { loadDeferred } from "./believed.ts";
import { ask, startTestServer } from "./databases.ts";

const test = await startTestServer("15");
Deno.test.afterAll(() => test.end());

const folder = join(test.folder, "short");
const schedule = oneBatch({ duration: 3 });
const { manifest } = await generate({ folder, schedule, fixtures: lean, seed: 7, workers: 1 });
const users = await usersOf(await openDataset(folder));
const names = Object.keys(manifest.users);
const PASSWORD = "lètmein, please";

/** What Python's hashlib makes of the salts and counts of hashes. */
async function byPython(password: string, hashes: readonly string[]): Promise<string[]> {
  const program = "import base64, hashlib, sys\n" +
    "for line in sys.argv[2:]:\n" +
    "  name, count, salt, _ = line.split('$')\n" +
    "  key = hashlib.pbkdf2_hmac('sha256', sys.argv[1].encode(), salt.encode(), int(count))\n" +
    "  print('$'.join([name, count, salt, base64.b64encode(key).decode()]))";
  const args = ["-c", program, password, ...hashes];
  const { stdout } = await new Deno.Command("python3", { args }).output();
  return new TextDecoder().decode(stdout).trim().split("\n");
}

Deno.test("a hash is Django's: its own example, and what Python makes of the same salt", async () => {
  // tests/auth_tests/test_hashers.py of Django 4.2, test_pbkdf2.
  assertEquals(
    await djangoHash("lètmein", "seasalt"),
    "pbkdf2_sha256$600000$seasalt$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=",
  );
  const salts = Array.from({ length: 50 }, newSalt);
  for (const salt of salts) assertMatch(salt, /^redd[A-Za-z0-9]{18}$/);
  assertEquals(new Set(salts).size, 50);
  const own = await djangoHash(PASSWORD, salts[0]!, 1000);
  assertEquals(await byPython(PASSWORD, [own]), [own]);
});

const passwords = (url: string) =>
  ask(url, "select username, password from auth_user order by id") as Promise<[string, string][]>;

Deno.test("the users of a dataset can log in, and nothing else is another", async () => {
  const url = await freshAquamind(test, "2025-11");
  await loadDeferred(folder, { url });
  const of = "select * from auth_user order by id";
  const before = await ask(url, of.replace("*", "id, username, email, is_staff, is_active"));
  assertEquals(await setDemoPassword(PASSWORD, { url, users }), names);
  const set = await passwords(url);
  const hashes = set.map(([, hash]) => hash);
  assertEquals(set.map(([name]) => name), names);
  for (const hash of hashes) {
    assertMatch(hash, /^pbkdf2_sha256\$600000\$redd[A-Za-z0-9]{18}\$.{43}=$/);
  }
  assertEquals(await byPython(PASSWORD, hashes), hashes);
  assertEquals(new Set(hashes).size, 4);
  assertEquals(await ask(url, of.replace("*", "id, username, email, is_staff, is_active")), before);
  // AquaMind shows an operator nothing but the places that are opened to him.
  const opened = "select u.username, count(distinct a.area_id)::int, " +
    "count(distinct s.freshwaterstation_id)::int from auth_user u " +
    "join users_userprofile p on p.user_id = u.id " +
    "join users_userprofile_allowed_areas a on a.userprofile_id = p.id " +
    "join users_userprofile_allowed_stations s on s.userprofile_id = p.id group by 1";
  assertEquals(await ask(url, opened), [["operator_01", 4, 4]]);
  // Once more is no harm; a comparison does not look at passwords, and never shows a hash.
  await setDemoPassword("another", { url, users });
  assertEquals(await ask(url, opened), [["operator_01", 4, 4]]);
  assertEquals((await diffDataset(folder, url)).equal, true);
  await ask(url, "update auth_user set email = 'x@y.z' where username = 'vet_01'");
  const said = JSON.stringify(await diffDataset(folder, url));
  assert(said.includes("x@y.z") && !said.includes("pbkdf2"), said.slice(0, 2000));
  await ask(url, "update auth_user set email = 'vet@aquamind.test' where username = 'vet_01'");
  const { results } = await verifyDatabase(url, manifest);
  const failed = results.filter(({ status }) => status === "failed").map(({ check }) => check.id);
  assertEquals(failed.filter((id) => /^(C-24|LAW-ROLE)$/.test(id)), []);
});

Deno.test("a target with other users is refused unless it is said twice, and they keep theirs", async () => {
  const url = await freshAquamind(test, "2025-11", { superuser: true });
  await loadDeferred(folder, { url });
  const before = await passwords(url);
  const error = await assertRejects(() => setDemoPassword(PASSWORD, { url, users }), ReddError);
  assertEquals([error.fault, error.code], ["input", "DEMO_PASSWORD_BESIDE_OTHERS"]);
  assertMatch(
    error.message,
    /it has other users: admin\. .*--demo-password-anyway as well; they keep their own\.$/,
  );
  assertEquals(await passwords(url), before);
  await setDemoPassword(PASSWORD, { url, users, besideOthers: true });
  const after = new Map(await passwords(url));
  assertEquals(after.get("admin"), new Map(before).get("admin"));
  assert(names.every((name) => after.get(name)!.startsWith("pbkdf2_sha256$600000$")));
});

const SYSTEM_ADMIN = "where username = 'system_admin'";

Deno.test("a user of a dataset's name whose password Redd has not set is another's, and keeps it", async () => {
  const url = await freshAquamind(test, "2025-11");
  await loadDeferred(folder, { url });
  const real = await djangoHash("my own", "AbCdEfGhIjKlMnOpQrStUv", 1000);
  for (const own of [real, "!djangoMadeThisOneUnusableForSingleSignOn", ""]) {
    await ask(url, `update auth_user set password = '${own}' ${SYSTEM_ADMIN}`);
    const before = await passwords(url);
    const error = await assertRejects(() => requireDemoTarget({ url, users }), ReddError);
    assertEquals([error.fault, error.code], ["input", "DEMO_PASSWORD_BESIDE_OTHERS"]);
    assertMatch(error.message, /: system_admin has a password there that Redd has not set\./);
    assertEquals(await passwords(url), before);
  }
  await ask(url, `update auth_user set password = '${real}' ${SYSTEM_ADMIN}`);
  await assertRejects(() => setDemoPassword(PASSWORD, { url, users }), ReddError);
  assertEquals(new Map(await passwords(url)).get("vet_01"), "!redd-no-login-vet-01");
  await ask(url, "update auth_user set is_active = false where username = 'vet_01'");
  const said: string[] = [];
  const onWarning = (text: string) => said.push(text);
  assertEquals(
    await setDemoPassword(PASSWORD, { url, users, besideOthers: true, onWarning }),
    ["operator_01", "manager_01"],
  );
  assertEquals(new Map(await passwords(url)).get("system_admin"), real);
  assertEquals(said, [
    "passwords that Redd has not set stay as they are: system_admin",
    "not active in the database, and cannot log in until AquaMind makes them so: vet_01",
  ]);
});

Deno.test("users of an earlier load get the roles of the dataset, others are told of and stay", async () => {
  const url = await freshAquamind(test, "2025-11");
  await loadDeferred(folder, { url });
  const roles = () =>
    ask(
      url,
      "select username, role from auth_user u join users_userprofile p on p.user_id = u.id order by u.id",
    );
  const right = [
    ["system_admin", "ADMIN"],
    ["operator_01", "OPR"],
    ["vet_01", "VET"],
    ["manager_01", "MGR"],
  ];
  assertEquals(await otherRoles({ url, users }), []);
  await ask(url, "update users_userprofile set role = 'VIEW'");
  assertEquals(
    await otherRoles({ url, users }),
    users.map(({ username, role }) => ({ username, role: "VIEW", wanted: role! })),
  );
  const again = await reddHere(["load", "short", "--database-url", url], { cwd: test.folder });
  assertMatch(again.stderr, /warning: [^]*vet_01 VIEW, not VET[^]*answers[^]*403/);
  await setDemoPassword(PASSWORD, { url, users });
  assertEquals(await roles(), right);
  const { results } = await verifyDatabase(url, manifest, { only: ["LAW-ROLE"] });
  assertEquals(results.map(({ status }) => status), ["passed"]);
  // What somebody has decided stays, whether it is seen in the role or in the password.
  await ask(url, "update users_userprofile set role = 'QA' where full_name like '%Johnson'");
  await ask(
    url,
    `update users_userprofile set role = 'VIEW' where user_id in (select id from auth_user ${SYSTEM_ADMIN})`,
  );
  await ask(url, `update auth_user set password = 'md5$a$b' ${SYSTEM_ADMIN}`);
  await setDemoPassword(PASSWORD, { url, users, besideOthers: true });
  assertEquals(
    await roles(),
    right.map(([name, role]) => [name, { system_admin: "VIEW", vet_01: "QA" }[name!] ?? role]),
  );
  assertEquals(
    (await otherRoles({ url, users })).map(({ username }) => username),
    ["system_admin", "vet_01"],
  );
});

Deno.test("every right that a password takes is asked for before the load", async () => {
  const url = await freshAquamind(test, "2025-11");
  await ask(
    test.server.url("postgres"),
    "drop role if exists clerk",
    "create role clerk login password 'k-secret'",
  );
  const clerk = url.replace(/\/\/[^@]*@/, "//clerk:k-secret@");
  const closed = ["auth_user", "users_userprofile_allowed_areas"];
  await ask(
    url,
    "grant insert, select on all tables in schema public to clerk",
    "grant update on health_healthparameter to clerk",
    "grant update, usage on all sequences in schema public to clerk",
    `revoke insert on ${closed[1]} from clerk`,
  );
  const load = () =>
    reddHere(["load", "short", "--database-url", clerk, "--without", "auth", "--demo-password"], {
      cwd: test.folder,
    });
  Deno.env.set("REDD_DEMO_PASSWORD", PASSWORD);
  try {
    for (const [right, table] of [["UPDATE", closed[0]], ["INSERT", closed[1]]]) {
      const { code, stderr } = await load();
      assertEquals(code, 3, stderr);
      assertMatch(stderr, new RegExp(`the user clerk lacks ${right} on ${table}`));
      assertEquals(await ask(url, "select count(*)::int from batch_batch"), [[0]]);
      await ask(url, `grant ${right} on ${table} to clerk`);
    }
    await requireDemoTarget({ url: clerk, users });
  } finally {
    Deno.env.delete("REDD_DEMO_PASSWORD");
  }
});

Deno.test("a failure after the load says that the data is there", () => {
  const error = new ReddError("environment", "RIGHTS_MISSING", {
    cannot: "set it",
    because: "no",
    remedy: "Grant",
  });
  const told = afterLoad(error, true, "redd load a --demo-password") as ReddError;
  assertEquals(
    told.message,
    "Cannot set it: no. Grant. The data is loaded, and nobody has a new password: set the password " +
      "alone with redd load a --demo-password, without --replace and --append.",
  );
  assertMatch((afterLoad(error, false, "") as ReddError).message, /manage\.py changepassword\.$/);
});

Deno.test("what is no password sets none", async () => {
  const unusable = ["", "two\nlines", "\u0000", "x".repeat(4097), " secret", "secret\u00a0"];
  for (const password of unusable) {
    const { code } = await assertRejects(
      () => setDemoPassword(password, { url: "postgres://127.0.0.1:1/none", users }),
      ReddError,
    );
    assertEquals(code, "DEMO_PASSWORD_UNUSABLE");
  }
});

Deno.test("load --demo-password takes it from the environment, and never from the line", async () => {
  const cwd = test.folder;
  const url = await freshAquamind(test, "2026-03");
  const load = (...more: string[]) =>
    reddHere(["load", "short", "--database-url", url, ...more], { cwd });
  const none = await load("--demo-password");
  assertEquals(none.code, 2);
  assertMatch(none.stderr, /REDD_DEMO_PASSWORD is not set, and there is no terminal to type it at/);
  assertEquals(await ask(url, "select count(*)::int from batch_batch"), [[0]]);
  for (const line of [["--demo-password=hunter2"], ["--demo-password", "hunter2"]]) {
    const { code, stderr } = await load(...line);
    assertEquals(code, 2);
    assertMatch(stderr, /which is (given a value, which )?(is )?not shown|not shown/);
    assert(!stderr.includes("hunter2"), stderr);
  }
  const alone = await load("--demo-password-anyway");
  assertMatch(alone.stderr, /--demo-password-anyway stands alone\. Give --demo-password as well/);
  const dry = await load("--demo-password", "--dry-run", "--json");
  assertEquals(JSON.parse(dry.stdout).demoUsers, names);
  Deno.env.set("REDD_DEMO_PASSWORD", PASSWORD);
  try {
    const loaded = await load("--demo-password", "--json");
    assertEquals([loaded.code, JSON.parse(loaded.stdout).demoUsers], [0, names]);
    const first = await passwords(url);
    assertEquals(await byPython(PASSWORD, [first[2]![1]]), [first[2]![1]]);
    // What is there already gets a password as well.
    const again = await load("--demo-password");
    assertMatch(again.stdout, /is there already[^]*can log in: system_admin, operator_01, vet_01/);
    assert(new Map(await passwords(url)).get("vet_01") !== first[2]![1]);
    const both = await load("--demo-password", "--status");
    assertMatch(both.stderr, /--demo-password does not go with --status/);
    for (const { stdout, stderr } of [loaded, again]) {
      assert(!`${stdout}${stderr}`.includes("lètmein"));
    }
  } finally {
    Deno.env.delete("REDD_DEMO_PASSWORD");
  }
});

Deno.test("a password is typed twice, and edited unseen", async () => {
  const line = newUnseenLine();
  assertEquals(line.take("wro"), undefined);
  assertEquals(line.take("\x7f\x7f\x15sé"), undefined);
  assertEquals(line.take("cret\x7ft\r"), "sécret");
  assertEquals(newUnseenLine().take("\x04"), null);
  const voice = { rest: () => {} } as Parameters<typeof takeDemoPassword>[2];
  const { signal } = new AbortController();
  const typing = (...answers: (string | undefined)[]) =>
    takeDemoPassword({ besideOthers: false }, users, voice, signal, {
      present: true,
      askUnseen: () => Promise.resolve(answers.shift()),
    });
  for (
    const [answers, said] of [
      [["one", "two"], /the two that were typed differ/],
      [[undefined], /none was typed/],
      [["one", undefined], /none was typed/],
      [["", ""], /it is empty/],
    ] as const
  ) assertMatch((await assertRejects(() => typing(...answers), ReddError)).message, said);
  const url = await freshAquamind(test, "2025-11");
  await loadDeferred(folder, { url });
  assertEquals(await (await typing("same", "same"))(url), names);
});
