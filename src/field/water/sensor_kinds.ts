/** What kind of sensor hangs where: its noise, and the steps in which it is read. */
import type { SensorRules } from "../../fixtures/field/sensor_rules.ts";
import type { ContainerFacts, Facts } from "../../farm/facts.ts";
import { keysOfContainers, uniformAt } from "../chance.ts";

/** What there is to measure; the names are those of the master data. */
export const MEASURES = {
  other: 0,
  temperature: 1,
  oxygen: 2,
  salinity: 3,
  ph: 4,
  co2: 5,
  nh4: 6,
  no2: 7,
  no3: 8,
} as const;

const BY_NAME: Readonly<Record<string, number>> = {
  "Temperature": MEASURES.temperature,
  "Dissolved Oxygen": MEASURES.oxygen,
  "Salinity": MEASURES.salinity,
  "pH": MEASURES.ph,
  "CO2": MEASURES.co2,
  "NH4": MEASURES.nh4,
  "NO2": MEASURES.no2,
  "NO3": MEASURES.no3,
};

/** A sensor. */
export interface SensorKind {
  /** Which of {@linkcode MEASURES}. */
  readonly measures: number;
  /** Standard deviation, in the unit of the parameter. */
  readonly noise: number;
  /** It is read in steps of this. */
  readonly step: number;
  /** The step in 0.0001 of the unit. */
  readonly units: number;
}

/** Of a parameter without rules. */
const PLAIN = { noise: 0, step: 0.01, fine: false } as const;

/** The sensors of a container in their order, found once for every container. */
export function sensorKinds(
  facts: Facts,
  rules: SensorRules,
): (place: ContainerFacts) => readonly SensorKind[] {
  const names = new Map([...facts.ids.parameters].map(([name, id]) => [id, name]));
  const byName = new Map(rules.noise.map((one) => [one.parameter, one]));
  const kinds = keysOfContainers(
    facts,
    "sensorState",
    (key, { sensors }) =>
      sensors.map(({ parameterId }, s): SensorKind => {
        const name = names.get(parameterId)!;
        const { noise, step, fine } = byName.get(name) ?? PLAIN;
        const units = Math.floor(step * 10_000 + 0.5);
        const finer = fine && units >= 10 && uniformAt(key, 0, s, 0) < 0.5;
        const own = finer ? units / 10 : units;
        return {
          measures: Object.hasOwn(BY_NAME, name) ? BY_NAME[name]! : MEASURES.other,
          noise,
          step: own / 10_000,
          units: own,
        };
      }),
  );
  const byId: (readonly SensorKind[])[] = [];
  for (const [id, own] of kinds) byId[id] = own;
  return ({ id }) => byId[id]!;
}
