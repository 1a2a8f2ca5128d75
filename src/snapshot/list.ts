/**
 * What there is on a server: databases, their snapshots and clones.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { fromOutside } from "./at_server.ts";
import { databaseNamed } from "./found.ts";
import { snapshotNameOf } from "./names.ts";
import { bytesOf, databasesOf, isLeftover, type StandingDatabase } from "./standing.ts";

/** A snapshot or clone of a list. */
export interface ListedCopy {
  /** Its name on the server. */
  readonly name: string;
  /** When it was made, in UTC. */
  readonly made: string;
  /** Bytes on the disk; absent where the user may not know. */
  readonly bytes?: number;
}

/** A database of a list. */
export interface ListedDatabase {
  /** Its name on the server. */
  readonly name: string;
  /** Bytes on the disk; absent where the user may not know. */
  readonly bytes?: number;
  /** Whether there is a database of that name: its snapshot may have outlived it. */
  readonly there: boolean;
  /** Its snapshot; absent where it has none. */
  readonly snapshot?: ListedCopy;
  /** Whether the database was made anew since its snapshot. */
  readonly anew: boolean;
  /** Its clones, in the order of their names. */
  readonly clones: readonly ListedCopy[];
}

/** What there is on a server. */
export interface DatabaseList {
  /** In the order of their names; the server's own are left out. */
  readonly databases: readonly ListedDatabase[];
  /** What interrupted commands have left, and the next one removes. */
  readonly leftovers: readonly string[];
}

/** A server's own database, which no list needs. */
const OWN = "postgres";

/**
 * Lists the databases of a server; nothing is changed.
 *
 * @param url The connection string of any database of the server.
 * @throws {ReddError} environment, when there is no connection; interrupted.
 */
export function listDatabases(
  url: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<DatabaseList> {
  return fromOutside({ url, cannot: "list the databases", signal }, async (target) => {
    const all = await databasesOf(target);
    const sizes = new Map<string, number>();
    for (const { oid } of all) {
      const bytes = await bytesOf(target, oid);
      if (bytes !== undefined) sizes.set(oid, bytes);
    }
    const sized = ({ oid }: StandingDatabase) => sizes.has(oid) ? { bytes: sizes.get(oid)! } : {};
    const copy = (facts: StandingDatabase): ListedCopy => ({
      name: facts.name,
      made: facts.mark!.made,
      ...sized(facts),
    });
    const leftovers = all.filter(isLeftover).map(({ name }) => name);
    const copies = all.filter(({ mark, name }) => mark !== undefined && !leftovers.includes(name));
    const plain = all.filter(({ mark, name, open }) =>
      mark === undefined && open && name !== OWN && !leftovers.includes(name)
    );
    const names = [
      ...new Set([...plain.map(({ name }) => name), ...copies.map(({ mark }) => mark!.of)]),
    ];
    const databases = names.sort().map((name): ListedDatabase => {
      const database = databaseNamed(all, name);
      const snapshot = copies.find((facts) =>
        facts.mark!.kind === "snapshot" && facts.mark!.of === name &&
        facts.name === snapshotNameOf(name)
      );
      return {
        name,
        there: database !== undefined,
        ...(database === undefined ? {} : sized(database)),
        ...(snapshot === undefined ? {} : { snapshot: copy(snapshot) }),
        anew: database !== undefined && snapshot !== undefined &&
          snapshot.mark!.oid !== database.oid,
        clones: copies.filter(({ mark }) => mark!.kind === "clone" && mark!.of === name).map(copy),
      };
    });
    return { databases, leftovers };
  });
}
