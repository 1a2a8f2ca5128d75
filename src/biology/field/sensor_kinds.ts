/** What kind of sensor hangs where: its noise, and the steps in which it is read. */
import type { SensorRules } from "../../fixtures/field/sensor_rules.ts";
import type { ContainerFacts, Facts } from "../../farm/facts.ts";
import { keysOfContainers, uniformAt } from "./chance.ts";

/** A sensor. */
export interface SensorKind {
  /** Name of its parameter. */
  readonly name: string;
  readonly isOxygen: boolean;
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
          name,
          isOxygen: name === "Dissolved Oxygen",
          noise,
          step: own / 10_000,
          units: own,
        };
      }),
  );
  return ({ id }) => kinds.get(id)!;
}
