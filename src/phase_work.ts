/** How much of a phase of a run is done; a run has several, which are of different kinds. */
export interface PhaseWork<Phase extends string = string> {
  /** Its name. */
  readonly phase: Phase;
  /** Of `all`; what an earlier run has done is in it from the first time on that it is told. */
  readonly done: number;
  /**
   * The work of the phase in milliseconds, as measured once on one machine. Another machine takes
   * longer or less; what compares is one phase with another.
   */
  readonly all: number;
}
