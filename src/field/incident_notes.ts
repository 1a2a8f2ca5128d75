/** What the journal says of an incident of the biology `field` on the day on which it begins. */
import type { IncidentRules } from "../fixtures/field/incident_rules.ts";
import type { Husbandry } from "../farm/biology.ts";
import { NO_NOTES } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import type { Note } from "../farm/notes.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { EXCESS, EXCESS_PLACES } from "./memory.ts";
import type { Sites } from "./sites.ts";
import { ringsText } from "./words.ts";

/** Rings of a site in which an incident of a kind has begun. */
interface Begun {
  readonly site: number;
  readonly process: number;
  readonly rings: Assignment[];
  /** The greatest share of a ring that it will kill, as expected. */
  share: number;
}

/** A note for every kind of incident that begins at a site today. */
export function incidentNotes(
  { rates: { mortalityHour, stages } }: Facts,
  { kinds, medium_from, high_from }: IncidentRules,
  sites: Sites,
): Husbandry["notes"] {
  const sea = stages.length - 1;

  function begunIn({ day, batches }: Farm): Begun[] {
    const begun: Begun[] = [];
    for (const { assignments } of batches) {
      for (const ring of assignments) {
        if (ring.stage !== sea) continue;
        for (const place of EXCESS_PLACES) {
          const process = ring.memory[place + EXCESS.process]! - 1;
          if (ring.memory[place + EXCESS.day] !== day) continue;
          // What is no incident has notes of its own.
          if (process < 0 || process >= kinds.length) continue;
          const site = sites.of(ring);
          let one = begun.find((other) => other.site === site && other.process === process);
          if (one === undefined) begun.push(one = { site, process, rings: [], share: 0 });
          one.rings.push(ring);
          one.share = Math.max(one.share, ring.memory[place + EXCESS.fish]! / ring.population);
        }
      }
    }
    return begun;
  }

  function noteOf({ site, process, rings, share }: Begun): Note {
    const { name } = sites.all[site]!;
    return {
      assignment: rings[0]!,
      hour: mortalityHour,
      category: "issue",
      severity: share >= high_from ? "high" : share >= medium_from ? "medium" : "low",
      text: `${kinds[process]!.description}: dead fish in ${ringsText(rings.length)} of ${name}`,
    };
  }

  return (farm) => {
    const begun = begunIn(farm);
    return begun.length === 0 ? NO_NOTES : begun.map(noteOf);
  };
}
