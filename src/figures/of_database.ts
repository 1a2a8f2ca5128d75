/**
 * The figures of a database that a dataset was loaded into.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import type { ReddManifest } from "../dataset/manifest.ts";
import { refuseUnfinished } from "../load/ledger/loads.ts";
import { beginReading } from "../postgres/session.ts";
import { redactUrl } from "../postgres/url.ts";
import { withTarget } from "../postgres/with_target.ts";
import { postgresEngine } from "../verify/engines/postgres.ts";
import type { FigureResult } from "./figure.ts";
import { figuresOf, type FiguresOptions } from "./figures_of.ts";

/** What is given besides the database. */
export interface DatabaseFiguresOptions extends Omit<FiguresOptions, "throwIfAborted"> {
  /** Ends it, wherever it is. */
  readonly signal?: AbortSignal;
}

/**
 * Reckons the figures in one read-only transaction, of the dataset's own rows where others stand
 * beside them.
 *
 * ```ts
 * import { figuresOfDatabase, readManifest } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/aquamind";
 * const figures = await figuresOfDatabase(url, await readManifest("out/farm"));
 * console.log(figures.filter(({ verdict }) => verdict !== "inside").map(({ id }) => id));
 * ```
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @throws {ReddError} environment, when the connection fails or is lost; input, when the string is
 *   none or the database holds no dataset; interrupted: the signal.
 */
export async function figuresOfDatabase(
  url: string,
  manifest: ReddManifest,
  { signal, ...options }: DatabaseFiguresOptions = {},
): Promise<readonly FigureResult[]> {
  const what = {
    url,
    signal,
    cannot: `reckon the figures of ${redactUrl(url)}`,
    interrupted: {
      cannot: `finish the figures of ${redactUrl(url)}`,
      remedy: "Nothing has changed there; ask again when you like",
    },
  };
  return await withTarget(what, async (target, held) => {
    await beginReading(target);
    await refuseUnfinished(target, "verify");
    const engine = await postgresEngine(target, manifest);
    const throwIfAborted = () => held.throwIfAborted();
    const figures = await figuresOf(engine, manifest, { ...options, throwIfAborted });
    await target.query("commit");
    return figures;
  });
}
