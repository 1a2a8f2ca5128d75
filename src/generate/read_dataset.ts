/** A finished dataset that somebody hands over: nothing that its manifest says is believed unasked. */
// @ts-types="../../types/std_csv.d.ts"
import { parse } from "@std/csv";
import { createHash } from "node:crypto";
import { readInside } from "../files/inside.ts";
import { NotRegular, TooLarge } from "../files/regular.ts";
import { tableNamed } from "../tables/catalog.ts";
import { damageOf } from "./digest.ts";
import {
  findingsText,
  manifestError,
  type Part,
  readDescriptor,
  type ReddManifest,
} from "./manifest.ts";
import { manifestFindings, resourceFindings } from "./manifest_laws.ts";
import { SCHEDULE_FILE } from "./places.ts";

/** The most bytes of a schedule and of a table of master data. */
const CAP = 64_000_000;

/**
 * Reads the manifest of a finished dataset, and holds it against the descriptions of the tables, its
 * own sums, its master data, its schedule and its logs. The rows of the farm's days are compared
 * with their digests when they are read.
 *
 * @throws {ReddError} input: no dataset, one of a later version, or one that is not as it says.
 */
export function readDataset(folder: string): Promise<ReddManifest> {
  return Promise.resolve().then(() => {
    const { resources, redd } = readDescriptor(folder);
    const findings = manifestFindings(redd);
    if (findings.length === 0) findings.push(...resourceFindings(resources, redd));
    if (findings.length === 0) findings.push(...fileFindings(folder, redd));
    if (findings.length === 0) return redd;
    throw manifestError(folder, "MANIFEST_INVALID", findingsText(findings));
  });
}

/** What is wrong with the small files that the manifest speaks of. */
function fileFindings(folder: string, redd: ReddManifest): string[] {
  const { files, tables, schedule } = redd;
  const beside = files?.flatMap((file) => damageOf(folder, file) ?? []) ??
    scheduleDamage(folder, schedule.sha256);
  const idOf = (name: string) => tableNamed(name).columns.find(({ identity }) => identity)!.name;
  const master = Object.entries(tables).filter(([, { kind, rows }]) =>
    kind === "static" && rows > 0
  );
  const highest = master.flatMap(([name, { parts, lastId }]) => {
    const found = recordsOf(folder, parts[0]!);
    if (typeof found === "string") return [found];
    const last = found.reduce((most, row) => Math.max(most, Number(row[idOf(name)])), 0);
    return last === lastId ? [] : [`redd.tables.${name}.lastId is ${lastId}, expected ${last}`];
  });
  return [
    ...beside,
    ...highest,
    ...mapFindings(
      folder,
      redd.users,
      "users",
      tables.auth_user!.parts[0]!,
      ({ username }) => username!,
    ),
    ...mapFindings(
      folder,
      redd.contentTypes,
      "contentTypes",
      tables.django_content_type!.parts[0]!,
      ({ app_label, model }) => `${app_label}.${model}`,
    ),
  ];
}

function scheduleDamage(folder: string, sha256: string): string[] {
  try {
    const found = createHash("sha256").update(readInside(folder, SCHEDULE_FILE, CAP)).digest("hex");
    return found === sha256 ? [] : [`${SCHEDULE_FILE} has the sha256 ${found}, expected ${sha256}`];
  } catch (thrown) {
    return [reasonOf(SCHEDULE_FILE, thrown)];
  }
}

function reasonOf(path: string, thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotFound) return `${path} is missing`;
  if (thrown instanceof NotRegular || thrown instanceof TooLarge) return thrown.message;
  throw thrown;
}

type Record = { readonly [column: string]: string | undefined };

/** The rows of a part; in words what is wrong with it. */
function recordsOf(folder: string, part: Part): readonly Record[] | string {
  const damage = damageOf(folder, part);
  if (damage !== undefined) return damage;
  try {
    const text = new TextDecoder().decode(readInside(folder, part.path, CAP));
    return parse(text, { skipFirstRow: true }) as Record[];
  } catch (thrown) {
    return thrown instanceof NotRegular || thrown instanceof TooLarge
      ? thrown.message
      : `${part.path} is no CSV`;
  }
}

/** A map of the manifest from names to ids, beside the rows that it speaks of. */
function mapFindings(
  folder: string,
  map: { readonly [name: string]: number },
  key: string,
  part: Part,
  nameOf: (row: Record) => string,
): string[] {
  const rows = recordsOf(folder, part);
  if (typeof rows === "string") return [rows];
  return rows.flatMap((row) => {
    const name = nameOf(row);
    const found = Object.hasOwn(map, name) ? map[name] : undefined;
    return found === Number(row.id)
      ? []
      : [`redd.${key}.${name} is ${found ?? "missing"}, expected ${row.id}`];
  });
}
