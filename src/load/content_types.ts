/**
 * Content types have other ids in every database: Django numbers them as its migrations come. Rows
 * are copied with the dataset's ids and then pointed to the target's by application and model, in
 * the same transaction, while foreign keys wait.
 */
import { ReddError } from "../errors.ts";
import type { ReddManifest } from "../generate/manifest.ts";
import type { Table } from "../tables/description.ts";
import { qualified, quoteIdent } from "./identifier.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

const TYPES = "django_content_type";
const COLUMN = "content_type_id";

interface TypeRow {
  readonly id: number;
  readonly name: string;
}

/** Has the table a content type in its rows? Live and history tables alike. */
export function hasTypes({ name, columns }: Table): boolean {
  return name !== "auth_permission" && columns.some((column) => column.name === COLUMN);
}

/**
 * Points the content types of copied rows to the target's own.
 *
 * @throws {ReddError} input, when the target lacks a content type that the rows use.
 */
export async function resolveContentTypes(
  target: Target,
  tables: readonly Table[],
  { contentTypes }: ReddManifest,
): Promise<void> {
  const types = qualified(target.schema, TYPES);
  const rows = await target.query<TypeRow>(
    `select id::int as id, app_label || '.' || model as name from ${types}`,
  );
  const own = new Map(rows.map(({ id, name }) => [name, id]));
  for (const table of tables.filter(hasTypes)) {
    const name = qualified(target.schema, table.name);
    const used = await target.query<{ id: number }>(
      `select distinct ${quoteIdent(COLUMN)}::int as id from ${name}`,
    );
    const pairs = used.map(({ id }) => [id, ownId(id, contentTypes, own, target)] as const);
    if (pairs.every(([from, to]) => from === to)) continue;
    const values = pairs.map(([from, to]) => `(${from}, ${to})`).join(", ");
    await target.query(
      `update ${name} as t set ${quoteIdent(COLUMN)} = m.own
       from (values ${values}) as m (dataset, own)
       where t.${quoteIdent(COLUMN)} = m.dataset`,
    );
  }
}

function ownId(
  id: number,
  contentTypes: ReddManifest["contentTypes"],
  own: ReadonlyMap<string, number>,
  target: Target,
): number {
  const name = Object.keys(contentTypes).find((key) => contentTypes[key] === id);
  const found = own.get(name ?? "");
  if (found !== undefined) return found;
  throw new ReddError("input", "CONTENT_TYPE_MISSING", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `it has no content type ${name ?? id}`,
    remedy: "Load into a database that AquaMind has migrated, or an empty one",
  });
}
