/** Entity tables: their rows are known when the pass over all days is done (design.md#d6). */
import type { World } from "../farm/world.ts";
import { assignmentRow } from "../render/assignments.ts";
import { batchRow } from "../render/batches.ts";
import { stockRow } from "../render/feed_lots.ts";
import type { PlainRow } from "../render/plain_row.ts";
import { workflowRow } from "../render/transfers.ts";
import type { Pass } from "./pass.ts";

/** A table with its rows in order of creation. */
export interface EntityTable {
  readonly table: string;
  readonly rows: Iterable<PlainRow>;
}

/** The entity tables of a dataset. */
export function entityTables(pass: Pass, world: World): EntityTable[] {
  const { batches } = pass.end;
  const created = batches.filter((batch) => batch.id > 0).sort((a, b) => a.id - b.id);
  return [
    { table: "batch_batch", rows: created.map((batch) => batchRow(batch, world)) },
    {
      table: "batch_batchcontainerassignment",
      rows: pass.assignments.map((assignment) =>
        assignmentRow(assignment, batches[assignment.batch]!, world)
      ),
    },
    {
      table: "batch_batchtransferworkflow",
      rows: pass.transitions.map((transition) =>
        workflowRow(transition, batches[transition.batch]!, world)
      ),
    },
    { table: "inventory_feedcontainerstock", rows: pass.lots.map((lot) => stockRow(lot, world)) },
  ];
}
