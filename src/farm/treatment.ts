/** What is given to the fish of a ring, as it is written down (domain.md#11). */

/** A treatment of a ring at sea. */
export interface Treatment {
  /** AquaMind's word: `physical`, `medication` or `other`. */
  readonly type: string;
  /** Kind first: up to its first comma it is the same for all treatments of a kind. */
  readonly description: string;
  readonly dosage: string;
  readonly durationDays: number;
  /** Days from the treatment on in which its fish may not be sold. */
  readonly withholdingDays: number;
  /** AquaMind's word: `successful`, `partial` or `unsuccessful`. */
  readonly outcome: string;
  /** What the log of a batch says was done. */
  readonly said: string;
}
