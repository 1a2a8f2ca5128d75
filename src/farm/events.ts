/**
 * What happens on a day, told to whoever needs it: the pass over all days only counts rows, a
 * worker renders them. An event's objects are the farm's own; a listener reads them at once.
 */
import type { Scenario } from "./projection.ts";
import type { Assignment, Batch, Farm, Lot } from "./state.ts";

/** Fish poured from one container into another. */
export interface Pour {
  readonly from: Assignment;
  readonly to: Assignment;
  /** Fish in the source before this pour. */
  readonly before: number;
  readonly count: number;
  /** In 0.01 kg. */
  readonly biomass: number;
}

/** A stage transition of one batch. */
export interface Move {
  readonly fromStage: number;
  readonly toStage: number;
  readonly sources: readonly Assignment[];
  readonly destinations: readonly Assignment[];
  readonly pours: readonly Pour[];
  /** Sums over the pours; biomass in 0.01 kg. */
  readonly sourceCount: number;
  readonly movedCount: number;
  readonly biomass: number;
  /** From fresh water to sea: the fish change company (section 12). */
  readonly intercompany: boolean;
}

/** One feeding of one container. */
export interface Meal {
  /** In 0.0001 kg. */
  amount: number;
  /** Biomass that was fed, in 0.01 kg. */
  biomass: number;
  /** Over all lots it came from, in cents. */
  cost: number;
  feedId: number;
  hour: number;
}

/** The listener to a farm's days. */
export interface Events {
  /** A lot was received; `order` is its number among the orders of the day, 0 for initial stock. */
  received(lot: Lot, order: number): void;
  /** A batch arrived as eggs. */
  created(batch: Batch): void;
  /** A batch changed stage and containers. */
  moved(batch: Batch, move: Move): void;
  /** All sensors of all containers with fish were read, at every hour of the day. */
  read(farm: Farm): void;
  /** A lot gave feed. */
  drawn(lot: Lot): void;
  /** A container was fed. */
  fed(assignment: Assignment, meal: Meal): void;
  /** Fish died; `biomass` in 0.01 kg. The population is already reduced. */
  died(assignment: Assignment, deaths: number, biomass: number): void;
  /** A day's growth was added. */
  grew(assignment: Assignment): void;
  /** Fish were weighed and measured. */
  weighed(assignment: Assignment): void;
  /** A scenario was created; the baseline of a batch comes while the batch is created. */
  planned(batch: Batch, scenario: Scenario): void;
  /** Lice were counted in a ring; `adultDay` is the day in the last stage. */
  liceCounted(assignment: Assignment, index: number, adultDay: number): void;
  /** The health of fish was sampled. */
  healthSampled(assignment: Assignment, index: number): void;
  /** A container was vaccinated; `vaccine` is the index among the vaccines. */
  vaccinated(assignment: Assignment, vaccine: number, index: number): void;
  /** A ring was treated against lice. */
  liceTreated(assignment: Assignment, index: number): void;
  /** An entry was written into the journal. */
  journalKept(assignment: Assignment): void;
  /** A batch was harvested from these rings. */
  harvested(batch: Batch, assignments: readonly Assignment[]): void;
  /** All that happens on a day has happened. */
  dayEnded(farm: Farm): void;
}

/** A listener to some of a farm's events. */
export type Listener = Partial<Events>;

const NOTHING: Events = {
  received() {},
  created() {},
  moved() {},
  read() {},
  drawn() {},
  fed() {},
  died() {},
  grew() {},
  weighed() {},
  planned() {},
  liceCounted() {},
  healthSampled() {},
  vaccinated() {},
  liceTreated() {},
  journalKept() {},
  harvested() {},
  dayEnded() {},
};

type Hear = (a: unknown, b: unknown, c: unknown) => void;

/**
 * Joins listeners: each hears its events, in the order of the list. An event that one alone hears
 * is told to it directly.
 */
export function joined(listeners: readonly Listener[]): Events {
  const all = Object.keys(NOTHING).map((name) => {
    const ears = listeners.flatMap((one) => (one[name as keyof Events] as Hear | undefined) ?? []);
    const both = (first: Hear, second: Hear): Hear => (a, b, c) => {
      first(a, b, c);
      second(a, b, c);
    };
    return [name, ears.length === 0 ? NOTHING[name as keyof Events] : ears.reduce(both)];
  });
  return Object.fromEntries(all) as Events;
}
