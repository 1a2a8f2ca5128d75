// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../../src/fixtures/read.ts";

const { layout, master } = readFixtures();
const base = buildInfrastructure(layout, master);
const full = buildInfrastructure(layout, master, { documentedTotals: true });

Deno.test("ids of places are pinned, since datasets refer to them", () => {
  const { containersByName, areasByName, hallsByName, stationsByName } = base;
  assertEquals(base.geographies.map(({ id, name }) => [id, name]), [
    [1, "Scotland"],
    [2, "Faroe Islands"],
  ]);
  assertEquals(containersByName.get("S-FW-01-A-C01")?.id, 1);
  assertEquals(containersByName.get("S-SEA-01-Ring-01")?.id, 501);
  assertEquals(containersByName.get("FI-FW-01-A-C01")?.id, 901);
  assertEquals(containersByName.get("FI-SEA-01-Ring-01")?.id, 1501);
  assertEquals(containersByName.get("FI-SEA-22-Ring-20")?.id, 1940);
  assertEquals(stationsByName.get("FI-FW-01")?.id, 11);
  assertEquals(hallsByName.get("FI-FW-01-Hall-A")?.id, 51);
  assertEquals(areasByName.get("FI-SEA-01")?.id, 21);
  assertEquals(base.feedContainers[110 - 1]?.name, "S-SEA-20-Barge-3");
  assertEquals(base.feedContainers[111 - 1]?.name, "FI-FW-01-A-Silo");
});

Deno.test("sensors are created type by type and read in the order of the parameter table", () => {
  const first = base.sensors.slice(0, 7).map((
    { id, name, serialNumber },
  ) => [id, name, serialNumber]);
  assertEquals(first, [
    [1, "S-FW-01-A-C01-Temperature", "SN-1-TEM"],
    [2, "S-FW-01-A-C01-DissolvedOxygen", "SN-1-DIS"],
    [3, "S-FW-01-A-C01-pH", "SN-1-PH"],
    [4, "S-FW-01-A-C01-CO2", "SN-1-CO2"],
    [5, "S-FW-01-A-C01-NO2", "SN-1-NO2"],
    [6, "S-FW-01-A-C01-NO3", "SN-1-NO3"],
    [7, "S-FW-01-A-C01-NH4", "SN-1-NH4"],
  ]);
  const tank = base.containersByName.get("S-FW-01-A-C01")!;
  assertEquals(
    tank.sensors.map(({ parameter, parameterId, sensorId }) => [parameter, parameterId, sensorId]),
    [
      ["Dissolved Oxygen", 1, 2],
      ["CO2", 2, 4],
      ["pH", 3, 3],
      ["Temperature", 4, 1],
      ["NO2", 5, 5],
      ["NO3", 6, 6],
      ["NH4", 7, 7],
    ],
  );
  const ring = base.containersByName.get("FI-SEA-22-Ring-20")!;
  assertEquals(ring.sensors.map(({ parameter, sensorId }) => [parameter, sensorId]), [
    ["Dissolved Oxygen", 11058],
    ["pH", 11059],
    ["Temperature", 11057],
    ["Salinity", 11060],
  ]);
});

Deno.test("fish in a tank eat from the silo of its hall, fish in ring n from barge ((n - 1) mod 3) + 1", () => {
  for (const container of base.containers) {
    const store = base.feedContainersById.get(container.feedContainerId!)!;
    if (container.ringNumber === undefined) {
      assertEquals([store.kind, store.hallId], ["SILO", container.hallId]);
      assertEquals(store.hallLetter, container.hallLetter);
    } else {
      const barge = (container.ringNumber - 1) % 3 + 1;
      assertEquals(store.name, `${container.areaName}-Barge-${barge}`);
      assertEquals(store.areaId, container.areaId);
    }
  }
});

Deno.test("a container knows its place", () => {
  const { sensors: _, ...tank } = base.containersByName.get("FI-FW-03-E-C10")!;
  assertEquals(tank, {
    id: 1050,
    name: "FI-FW-03-E-C10",
    typeId: 5,
    volumeM3: 2000,
    maxBiomassKg: 100000,
    geography: "Faroe Islands",
    usable: true,
    planned: true,
    stationName: "FI-FW-03",
    hallId: 65,
    hallName: "FI-FW-03-Hall-E",
    hallLetter: "E",
    feedContainerId: 125,
  });
  const { sensors: __, ...ring } = base.containersByName.get("S-SEA-02-Ring-05")!;
  assertEquals(ring, {
    id: 525,
    name: "S-SEA-02-Ring-05",
    typeId: 6,
    volumeM3: 50000,
    maxBiomassKg: 500000,
    geography: "Scotland",
    usable: true,
    planned: true,
    areaId: 2,
    areaName: "S-SEA-02",
    maxBiomassOfAreaKg: 5000000,
    ringNumber: 5,
    feedContainerId: 55,
  });
});

Deno.test("the documented totals leave every id of the base as it is", () => {
  for (
    const key of [
      "geographies",
      "stations",
      "halls",
      "areas",
      "containers",
      "sensors",
      "feedContainers",
    ] as const
  ) {
    assertEquals<readonly unknown[]>(full[key].slice(0, base[key].length), base[key]);
    full[key].forEach((place, i) => assertEquals(place.id, i + 1));
  }
});

Deno.test("the extras of the documented totals are tanks without sensors, and an area as every other", () => {
  const extras = full.containers.slice(base.containers.length);
  const rings = extras.filter((one) => one.areaId !== undefined);
  const tanks = extras.filter((one) => one.areaId === undefined);
  assertEquals([tanks.length, rings.length], [57, 20]);
  assert(
    tanks.every(({ usable, planned, sensors }) => !usable && !planned && sensors.length === 0),
  );
  assert(base.containers.every(({ usable, planned }) => usable && planned));
  assert(base.areas.every(({ usable, planned }) => usable && planned));

  const area = full.areas[42]!;
  assertEquals([area.name, area.usable, area.planned], ["Faroe Islands Sea Area 1", true, false]);
  const barges = full.feedContainers.filter((one) => one.areaId === area.id);
  assertEquals(
    barges.map(({ id, name, kind, capacityKg }) => [id, name, kind, capacityKg]),
    [1, 2, 3].map((n) => [242 + n, `Faroe Islands Sea Area 1-Barge-${n}`, "BARGE", 50_000]),
  );
  for (const [i, ring] of rings.entries()) {
    assertEquals(ring.name, `Ring-${String(i + 1).padStart(2, "0")}`);
    assertEquals([ring.areaName, ring.usable, ring.planned], [area.name, true, false]);
    assertEquals(ring.feedContainerId, barges[i % 3]!.id);
    assertEquals(ring.sensors.map(({ parameter }) => parameter), [
      "Dissolved Oxygen",
      "pH",
      "Temperature",
      "Salinity",
    ]);
  }
  assertEquals(full.sensors.length, 11_140);
  assertEquals(full.sensors.at(-1)!.name, "Ring-20-Salinity");
  for (const farm of [base, full]) assertEquals([...farm.extraRingsByName.values()], rings);

  const perGeography = (geography: string, atSea: boolean) =>
    full.containers.filter((one) =>
      one.geography === geography && (one.areaId !== undefined) === atSea
    ).length;
  const split = (geography: string) => [false, true].map((atSea) => perGeography(geography, atSea));
  assertEquals(split("Faroe Islands"), [656, 460]);
  assertEquals(split("Scotland"), [500, 400]);
  assertEquals(split("Test Geography"), [1, 0]);
  const silos = full.feedContainers.slice(base.feedContainers.length, -3);
  assertEquals(silos.map((silo) => silo.capacityKg), new Array(6).fill(5000));
});

Deno.test("places can be sent to a worker", () => {
  assertEquals(structuredClone(full), full);
});
