/**
 * Places by names in other forms than the layout's: small letters, blanks for hyphens, no zeros, a
 * container without its hall's name, a ring without its area's. A name stands for a place only where
 * it can mean no other.
 */
import type { Container, Infrastructure } from "../farm/ground/places.ts";

/** Finds the layout's own names. Each returns undefined where a name is none, or could be two. */
export interface PlaceNames {
  geography(name: string): string | undefined;
  station(name: string): string | undefined;
  hall(name: string): string | undefined;
  area(name: string): string | undefined;
  /**
   * The name of a tray, tank or ring.
   *
   * @param home The layout's name of the hall or area that it is in, for names without it.
   */
  container(name: string, home: string | undefined): string | undefined;
  /** The container of one of the layout's own names. */
  place(name: string): Container | undefined;
  /** Whether a name has the form of the layout's: `FI-FW-99` has, and `Strond` has not. */
  isOfLayout(name: string): boolean;
  /** Names of the first and the last station of each geography, for people. */
  readonly stations: string;
}

/** A name without what writers of names vary. */
function plain(name: string): string {
  return name.trim().normalize("NFC").toUpperCase().replace(/[\s_-]+/g, "-")
    .replace(/(?<!\d)0+(?=\d)/g, "");
}

/** What stands in a text before its last number. */
function stemOf(name: string): string {
  return plain(name).replace(/\d+$/, "");
}

/** Names by how they are written plainly; undefined for what two of them would be. */
type Index = Map<string, string | undefined>;

function put(index: Index, written: string, name: string): void {
  const key = plain(written);
  index.set(key, index.has(key) && index.get(key) !== name ? undefined : name);
}

function indexOf(names: Iterable<string>): Index {
  const index: Index = new Map();
  for (const name of names) put(index, name, name);
  return index;
}

/** What stands in a list of containers may leave out the name of the place that they are in. */
function shortNames({ name, hallName, areaName, ringNumber }: Container): string[] {
  const last = name.split("-").at(-1)!;
  if (hallName !== undefined) return [last, `${hallName}-${last}`];
  return [`Ring-${ringNumber}`, `${areaName}-Ring-${ringNumber}`];
}

/** The names of a farm. */
export function placeNames(farm: Infrastructure): PlaceNames {
  const containers = new Map([...farm.extraRingsByName, ...farm.containersByName]);
  const all = indexOf(containers.keys());
  const inHomes = new Map<string, Index>();
  for (const container of containers.values()) {
    const home = container.hallName ?? container.areaName!;
    const index = inHomes.get(home) ?? new Map();
    inHomes.set(home, index);
    for (const short of [container.name, ...shortNames(container)]) {
      put(index, short, container.name);
    }
  }
  const extraAreas = [...farm.extraRingsByName.values()].map(({ areaName }) => areaName!);
  const areas = new Set([...farm.areasByName.keys(), ...extraAreas]);
  const [geographies, stations, halls, seaAreas] = [
    farm.homes.map(({ name }) => name),
    farm.stationsByName.keys(),
    farm.hallsByName.keys(),
    areas,
  ].map(indexOf);
  const stems = new Set([...farm.stationsByName.keys(), ...areas].map(stemOf));
  return {
    geography: (name) => geographies!.get(plain(name)),
    station: (name) => stations!.get(plain(name)),
    hall: (name) => halls!.get(plain(name)),
    area: (name) => seaAreas!.get(plain(name)),
    container: (name, home) => inHomes.get(home ?? "")?.get(plain(name)) ?? all.get(plain(name)),
    place: (name) => containers.get(name),
    isOfLayout: (name) => [...stems].some((stem) => plain(name).startsWith(stem)),
    stations: spansOf(farm),
  };
}

/** `FI-FW-01 to FI-FW-12, S-FW-01 to S-FW-10`. */
function spansOf({ homes, stations }: Infrastructure): string {
  return homes.map(({ name }) => {
    const own = stations.filter((one) => one.planned && one.geography === name);
    return `${own[0]!.name} to ${own.at(-1)!.name}`;
  }).join(", ");
}
