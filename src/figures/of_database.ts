/**
 * The figures of a database: one that a dataset was loaded into, or any other.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import type { ReddManifest } from "../dataset/manifest.ts";
import { redactUrl } from "../postgres/url.ts";
import {
  type DatabaseAsked,
  type VerifyDatabaseOptions,
  withDatabaseEngine,
} from "../verify/engines/postgres.ts";
import { allFigures } from "./all_figures.ts";
import type { FigureResult } from "./figure.ts";
import { figuresOf, type FiguresOptions, figureTables } from "./figures_of.ts";

/** What is given besides the database. */
export interface DatabaseFiguresOptions
  extends
    Omit<FiguresOptions, "throwIfAborted">,
    Pick<VerifyDatabaseOptions, "judgedTo" | "onFound" | "onNotice" | "signal"> {}

/**
 * Reckons the figures in one read-only transaction, of the dataset's own rows where others stand
 * beside them; without a manifest, of all rows, whoever wrote them.
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
 * @param manifest The manifest of the dataset that was loaded; undefined where Redd did not fill it.
 * @throws {ReddError} environment, when the connection fails or is lost, or rights are missing;
 *   input, when the string is none or the database has nothing of AquaMind's; interrupted: the signal.
 */
export async function figuresOfDatabase(
  url: string,
  manifest?: ReddManifest,
  options: DatabaseFiguresOptions = {},
): Promise<readonly FigureResult[]> {
  const { figures = allFigures } = options;
  const asked: DatabaseAsked = {
    ...options,
    manifest,
    tables: figureTables(figures),
    // They are asked one after the other.
    most: 1,
    cannot: `reckon the figures of ${redactUrl(url)}`,
    interrupted: {
      cannot: `finish the figures of ${redactUrl(url)}`,
      remedy: "Nothing has changed there; ask again when you like",
    },
  };
  return await withDatabaseEngine(url, asked, async (engine, known, { going }) => {
    return await figuresOf(engine, known, { ...options, throwIfAborted: going });
  });
}
