/** What a load has dropped and is to put back, as the ledger keeps it. */
import { z } from "../../packages/zod.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { believed } from "./believed.ts";

/** The kinds of steps, in their order. */
export const STAGES = ["index", "key", "setting", "foreign key", "validation"] as const;

export type Stage = typeof STAGES[number];

/** Something that was dropped, and how it comes back. */
export interface Step {
  /** Steps are taken in this order; those of stages index and validation may run side by side. */
  readonly place: number;
  readonly stage: Stage;
  /** The table, quoted and with its schema. */
  readonly relation: string;
  /** The name of the index or constraint; empty for a setting. */
  readonly name: string;
  /** One or more statements. */
  readonly sql: string;
  /** The tablespace of an index, where it is not the database's own. */
  readonly tablespace: string;
}

/** A step, and whether it has been taken. */
export interface KnownStep extends Step {
  readonly taken: boolean;
}

const stepSchema = z.object({
  place: z.int(),
  stage: z.enum(STAGES),
  relation: z.string(),
  name: z.string(),
  sql: z.string(),
  tablespace: z.string(),
  taken: z.boolean(),
});

/** All steps, in their order. */
export async function readSteps(target: Target): Promise<readonly KnownStep[]> {
  const rows = await target.query<KnownStep>(
    `select place, stage, relation, name, sql, tablespace, done is not null as taken
     from ${LEDGER}.step order by place`,
  );
  return believed(target, [...rows], z.array(stepSchema));
}

/** The steps that are still to be taken, in their order. */
export async function openSteps(target: Target): Promise<readonly Step[]> {
  return (await readSteps(target)).filter(({ taken }) => !taken);
}

/** Marks a step in this transaction; false when it has been taken already. */
export async function claimStep(target: Target, { place }: Step): Promise<boolean> {
  const claimed = await target.query(
    `update ${LEDGER}.step set done = now()
     where place = ${place} and done is null returning place`,
  );
  return claimed.length > 0;
}
