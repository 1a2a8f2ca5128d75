/**
 * What happens on a day, told to whoever needs it: the pass over all days only counts rows, a
 * worker renders them. An event's objects are the farm's own; a listener reads them at once.
 */
import type { Scenario } from "./projection.ts";
import type { LabSample } from "./lab_sample.ts";
import type { Meal } from "./meal.ts";
import type { Note } from "./notes.ts";
import type { Assignment, Batch, Farm, Lot, Transition } from "./state.ts";
import type { Toll } from "./toll.ts";
import type { Treatment } from "./treatment.ts";

/** Fish poured from one container into another. */
export interface Pour {
  readonly from: Assignment;
  readonly to: Assignment;
  /** Fish in the source before this pour. */
  readonly before: number;
  /** Fish that arrive, and their biomass in 0.01 kg. */
  readonly count: number;
  readonly biomass: number;
  /** Fish that die on the way. */
  readonly dead: number;
}

/** What a morning does for a stage transition of one batch: all of it, or a part. */
export interface Move {
  /** After this morning. */
  readonly transition: Transition;
  readonly fromStage: number;
  readonly toStage: number;
  /** Whether the transition begins with this morning, and whether it ends with it. */
  readonly first: boolean;
  readonly last: boolean;
  /** Containers that all fish leave. */
  readonly sources: readonly Assignment[];
  /** Containers that are opened. */
  readonly destinations: readonly Assignment[];
  /** Containers with fish of an earlier morning that more fish come to. */
  readonly refilled: readonly Assignment[];
  readonly pours: readonly Pour[];
  /** Fish in the sources, fish that arrived, and the biomass of these in 0.01 kg: of this morning. */
  readonly sourceCount: number;
  readonly movedCount: number;
  readonly biomass: number;
  /** From fresh water to sea: the fish change company (domain.md#12). */
  readonly intercompany: boolean;
}

/** The listener to a farm's days. */
export interface Events {
  /** A lot was received; `order` is its number among the orders of the day, 0 for initial stock. */
  received(lot: Lot, order: number): void;
  /** A lot has been ordered that is received after the last day. */
  ordered(lot: Lot, order: number): void;
  /** A batch arrived as eggs. */
  created(batch: Batch): void;
  /** Fish of a batch changed stage and containers. */
  moved(batch: Batch, move: Move): void;
  /** All sensors of all containers with fish were read, at every hour of the day. */
  read(farm: Farm): void;
  /** A lot gave feed. */
  drawn(lot: Lot): void;
  /** A container was fed. */
  fed(assignment: Assignment, meal: Meal): void;
  /** Fish died: so many in all, cause by cause in the toll. The population is already reduced. */
  died(assignment: Assignment, deaths: number, toll: Toll): void;
  /** A day's growth was added. */
  grew(assignment: Assignment): void;
  /** Fish were weighed and measured. */
  weighed(assignment: Assignment): void;
  /** A scenario was created; the baseline of a batch comes while the batch is created. */
  planned(batch: Batch, scenario: Scenario): void;
  /** Lice were counted in a ring. */
  liceCounted(assignment: Assignment, index: number): void;
  /** The health of fish was sampled. */
  healthSampled(assignment: Assignment, index: number): void;
  /** A container was vaccinated; `vaccine` is the index among the vaccines. */
  vaccinated(assignment: Assignment, vaccine: number, index: number): void;
  /** The fish of a ring were treated. */
  treated(assignment: Assignment, treatment: Treatment, index: number): void;
  /** A laboratory has answered. */
  labAnswered(sample: LabSample): void;
  /** The regular entry was written into the journal. */
  journalKept(assignment: Assignment): void;
  /** Something was noted in the journal. */
  noted(note: Note): void;
  /** These rings of a batch were harvested; it is completed if they were the last. */
  harvested(batch: Batch, assignments: readonly Assignment[]): void;
  /** All that happens on a day has happened. */
  dayEnded(farm: Farm): void;
}

/** A listener to some of a farm's events. */
export type Listener = Partial<Events>;

/** Those of some listeners that hear an event, made one. */
type Ear<Name extends keyof Events> = Events[Name];

const nothing = () => {};

/**
 * Joins listeners: each hears its events, in the order of the list. Every event is told from a place
 * of its own, with three ears before the loop: so the compiler sees whom it calls, which is worth a
 * tenth of the pass over all days.
 */
export function joined(listeners: readonly Listener[]): Events {
  const earsOf = <Name extends keyof Events>(name: Name): readonly Ear<Name>[] =>
    listeners.flatMap((one) => one[name] ?? []) as Ear<Name>[];
  const [fed = nothing, fed2 = nothing, fed3 = nothing, ...fedMore] = earsOf("fed");
  const [died = nothing, died2 = nothing, died3 = nothing, ...diedMore] = earsOf("died");
  const told = <Name extends keyof Events>(name: Name): Ear<Name> => {
    const [ear = nothing, ...more] = earsOf(name) as ((...args: unknown[]) => void)[];
    if (more.length === 0) return ear as Ear<Name>;
    return ((...args: unknown[]) => {
      ear(...args);
      for (const one of more) one(...args);
    }) as Ear<Name>;
  };
  return {
    fed(assignment, meal) {
      fed(assignment, meal);
      fed2(assignment, meal);
      fed3(assignment, meal);
      for (const one of fedMore) one(assignment, meal);
    },
    died(assignment, deaths, toll) {
      died(assignment, deaths, toll);
      died2(assignment, deaths, toll);
      died3(assignment, deaths, toll);
      for (const one of diedMore) one(assignment, deaths, toll);
    },
    received: told("received"),
    ordered: told("ordered"),
    created: told("created"),
    moved: told("moved"),
    read: told("read"),
    drawn: told("drawn"),
    grew: told("grew"),
    weighed: told("weighed"),
    planned: told("planned"),
    liceCounted: told("liceCounted"),
    healthSampled: told("healthSampled"),
    vaccinated: told("vaccinated"),
    treated: told("treated"),
    labAnswered: told("labAnswered"),
    journalKept: told("journalKept"),
    noted: told("noted"),
    harvested: told("harvested"),
    dayEnded: told("dayEnded"),
  };
}
