/** The examples for Docker and GitHub Actions: read, and their commands run, without an engine. */
// @ts-types="../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
// @ts-types="../types/std_yaml.d.ts"
import { parse } from "@std/yaml";
import { join } from "node:path";
import { commandNamed } from "../cli/commands/named.ts";
import { parseLine } from "../cli/parse.ts";
import { readDatasetCatalogue } from "../src/fixtures/ready_datasets.ts";
import { startServer } from "../src/server/server.ts";
import { VERSION } from "../src/version.ts";
import { redd } from "./cli/command_line.ts";
import { PROJECT } from "./project.ts";
import { prepareServer } from "./server/prepared.ts";
import { temporaryFolder } from "./server/temporary.ts";

const text = (path: string) => Deno.readTextFileSync(join(PROJECT, "examples", path));
const TARBALL = `redd-redd-${VERSION}.tgz`;

/** A service of compose.yaml. */
interface Service {
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

Deno.test("the image is made of this version's package, and runs as an ordinary user", () => {
  const steps = text("docker/Dockerfile").replaceAll("\\\n", " ").split("\n")
    .filter((line) => /^[A-Z]/.test(line)).map((line) => line.replaceAll(/\s+/g, " "));
  assertEquals(steps.map((line) => line.split(" ")[0]), [
    ...["FROM", "COPY", "RUN", "USER", "WORKDIR", "ENTRYPOINT", "CMD"],
  ]);
  const of = (name: string) => steps.find((line) => line.startsWith(`${name} `))!;
  assertStringIncludes(of("COPY"), TARBALL);
  assertStringIncludes(of("RUN"), "npm install --global --ignore-scripts");
  assertEquals(of("USER"), "USER node");
  // A tag that names what it is: `latest` would be another image tomorrow.
  assert(/^FROM \S+:\d\S*$/.test(of("FROM")), of("FROM"));
  assertEquals(JSON.parse(of("ENTRYPOINT").slice("ENTRYPOINT ".length)), ["redd"]);
  const [word] = JSON.parse(of("CMD").slice("CMD ".length));
  assertEquals(commandNamed(word).name, "help");
});

Deno.test("the services of Compose run lines that Redd understands, each when it can", () => {
  const { services, volumes } = parse(text("docker/compose.yaml")) as {
    services: Readonly<Record<string, Service>>;
    volumes: Readonly<Record<string, unknown>>;
  };
  const lines = Object.entries(services).filter(([, { build }]) => build !== undefined);
  assertEquals(lines.map(([name]) => name), ["generate", "load"]);
  const given = lines.map(([name, { command }]) => {
    const [word, ...rest] = command!;
    assertEquals(word, name);
    return parseLine(commandNamed(word!), rest);
  });
  assertEquals(given[0]!.text("out"), given[1]!.operands[0]);
  assertEquals(services.load!.depends_on, {
    postgres: { condition: "service_healthy" },
    generate: { condition: "service_completed_successfully" },
  });
  const { postgres, load } = services;
  assertEquals(load!.environment!.PGHOST, "postgres");
  for (const name of ["USER", "PASSWORD"]) {
    assertEquals(load!.environment![`PG${name}`], postgres!.environment![`POSTGRES_${name}`]);
  }
  assertEquals(load!.environment!.PGDATABASE, postgres!.environment!.POSTGRES_DB);
  const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes)
    .map((volume) => volume.split(":")[0]!);
  assertEquals([...new Set(mounted)].sort(), Object.keys(volumes).sort());
});

/** A step of a workflow. */
interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

Deno.test("the workflow's lines make, pack and load the dataset that its digest names", async () => {
  const { jobs } = parse(text("github-actions.yaml")) as {
    jobs: { test: { env: Record<string, string>; steps: readonly Step[] } };
  };
  const { env, steps } = jobs.test;
  const { digest } = readDatasetCatalogue().datasets.find(({ name }) => name === "single")!;
  assertEquals(env.DATASET_DIGEST, digest);
  const cache = steps.find(({ id }) => id === "dataset")!;
  const kept = { path: "single.redd.tar", key: "redd-${{ env.DATASET_DIGEST }}" };
  // What is looked for is what is kept, before a test of the application can fail.
  const keeping = steps.findIndex(({ uses = "" }) => uses.startsWith("actions/cache/save@"));
  assertEquals([cache.with, steps[keeping]!.with], [kept, kept]);
  assert(keeping < steps.findIndex(({ run = "" }) => run.startsWith("npm test")));
  const lines = steps.flatMap(({ run = "" }) => run.trim().split("\n"));
  assertStringIncludes(lines.find((line) => line.startsWith("npm install "))!, TARBALL);
  const own = lines.filter((line) => line.startsWith("npx redd "))
    // A smaller dataset makes the same way in less time.
    .map((line) => line.replace("--preset single", "--duration 3").split(" ").slice(2));
  assertEquals(own.map(([name]) => name), ["generate", "archive", "load"]);
  const cwd = await temporaryFolder();
  try {
    const forget = await prepareServer(`${cwd}/out/postgres`, "18");
    {
      await using server = await startServer({ defaultDir: `${cwd}/out/postgres` });
      await server.createDatabase("aquamind");
      const setting = { cwd, env: { DATABASE_URL: server.url("aquamind") } };
      const run = async (line: readonly string[], made: string) =>
        await redd(line.map((word) => word === '"$DATASET_DIGEST"' ? made : word), setting);
      const [generating, packing, loading] = own as [string[], string[], string[]];
      const generated = await run(generating, "");
      const [made] = /sha256:[\da-f]{64}/.exec(generated.stdout)!;
      assertEquals((await run(packing, "")).code, 0);
      const another = await run(loading, digest);
      assertEquals(another.code, 2, another.stderr);
      const loaded = await run(loading, made);
      assertEquals(loaded.code, 0, loaded.stderr);
    }
    await forget();
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
