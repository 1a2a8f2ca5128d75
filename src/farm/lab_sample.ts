/** Samples of fish that a laboratory has answered of (`health_healthlabsample`). */
import type { Assignment } from "./state.ts";

/** A sample whose results came today. */
export interface LabSample {
  /** The fish that were sampled. */
  readonly assignment: Assignment;
  /** Id of the kind of sample. */
  readonly sampleTypeId: number;
  /** The day on which it was taken, and that on which it was sent; not after today. */
  readonly taken: number;
  readonly sent: number;
  /** The laboratory's number. */
  readonly reference: string;
  /** What was found, in words. */
  readonly findings: string;
  /** What was measured, as JSON. */
  readonly measured: Readonly<Record<string, number | string>>;
}

/** A day on which no laboratory has answered. */
export const NO_LAB_SAMPLES: readonly LabSample[] = [];
