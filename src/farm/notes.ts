/** What those who keep the fish write into the journal of their health (domain.md#11). */
import type { Assignment } from "./state.ts";

/** An entry of the journal. */
export interface Note {
  /** Of whose container it is written. */
  readonly assignment: Assignment;
  /** Hour of the day (UTC). */
  readonly hour: number;
  /** AquaMind's words for the kind of entry and for how bad it is. */
  readonly category: string;
  readonly severity: string;
  readonly text: string;
  /** How it was settled, where it is. */
  readonly resolution?: string;
}
