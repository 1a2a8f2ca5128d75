/** What a slaughter makes of a ring (domain.md#14). */

/** Fish of one grade from one ring; weights in 0.001 kg. */
export interface HarvestLot {
  /** Index of the grade. */
  readonly grade: number;
  readonly units: number;
  readonly live: number;
  readonly gutted: number;
  readonly fillet: number;
}
