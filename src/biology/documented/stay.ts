/** Where fish are: the container of a stage, and the one of the stage before that they came from. */
export interface Whereabouts {
  readonly stage: number;
  readonly ordinal: number;
  /** In addresses of chance. */
  readonly position: number;
  readonly source: number;
}
