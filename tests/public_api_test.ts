/**
 * What mod.ts promises to readers: every type that it speaks of is exported, everything has a
 * comment, and the interfaces of files have the keys of their schemas, no more and no fewer.
 */
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import type { ReddManifest } from "../src/dataset/manifest_type.ts";
import type { reddSchema } from "../src/dataset/manifest.ts";
import type {
  ContentTypes,
  contentTypesSchema,
  Permissions,
  permissionsSchema,
} from "../src/fixtures/django.ts";
import type { layoutSchema } from "../src/fixtures/layout.ts";
import type { Layout } from "../src/fixtures/layout_type.ts";
import type {
  biologySchema,
  feedsSchema,
  healthSchema,
  modelsSchema,
  peopleSchema,
  tradeSchema,
} from "../src/fixtures/master.ts";
import type { Master } from "../src/fixtures/master_type.ts";
import type { profileSchema } from "../src/fixtures/profile.ts";
import type { Profile } from "../src/fixtures/profile_type.ts";
import type { Temperatures, temperaturesSchema } from "../src/fixtures/temperatures.ts";
import type { Identity, identitySchema } from "../src/generate/identity.ts";
import type { scheduleSchema } from "../src/schedule/format.ts";
import type { Schedule } from "../src/schedule/schedule_type.ts";

/** The same with every key required, so that one which may be left out is compared too. */
type Whole<Data> = Data extends object ? { [Key in keyof Data]-?: Whole<Data[Key]> } : Data;

/** What the schemas give. */
type Given = Whole<{
  layout: z.infer<typeof layoutSchema>;
  biology: z.infer<typeof biologySchema>;
  feeds: z.infer<typeof feedsSchema>["feeds"];
  health: z.infer<typeof healthSchema>;
  people: z.infer<typeof peopleSchema>;
  models: z.infer<typeof modelsSchema>;
  trade: z.infer<typeof tradeSchema>;
  profile: z.infer<typeof profileSchema>;
  temperatures: z.infer<typeof temperaturesSchema>["profiles"];
  contentTypes: z.infer<typeof contentTypesSchema>;
  permissions: z.infer<typeof permissionsSchema>;
  schedule: z.infer<typeof scheduleSchema>;
  manifest: z.infer<typeof reddSchema>;
  identity: z.infer<typeof identitySchema>;
}>;

/** What the interfaces say that they give. */
type Said = Whole<
  Master & {
    layout: Layout;
    profile: Profile;
    temperatures: Temperatures;
    contentTypes: ContentTypes;
    permissions: Permissions;
    schedule: Schedule;
    manifest: ReddManifest;
    identity: Identity;
  }
>;

Deno.test("interfaces of files say what their schemas give", () => {
  // `deno check` is the judge: each must fit the other.
  const same: [Said, Given] extends [Given, Said] ? true : false = true;
  assertEquals(same, true);
});

Deno.test("mod.ts exports and documents all that it speaks of", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", fileURLToPath(new URL("../mod.ts", import.meta.url))],
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  assertEquals([code, code === 0 ? "" : new TextDecoder().decode(stderr)], [0, ""]);
});

Deno.test("the library could be published: what it exports has its types written down", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty", "--no-check"],
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  assertEquals([code, code === 0 ? "" : said], [0, ""]);
  // A dataset needs no report's sources, tests or command line, and none of them is published.
  assertEquals(said.match(/\/(?:tests|bench|cli|src\/page)\/\S+\.ts \(/g), null);
});
