/** The geographies in which batches live, as a plan takes them in turn. */
import type { Layout } from "../../fixtures/layout_type.ts";
import type { Home } from "./places.ts";

/** The homes of a layout in the order of its plan; names are unique and the plan has them all. */
export function homesOf({ geographies, plan_order }: Layout): Home[] {
  return plan_order.flatMap((name) =>
    geographies.filter((one) => one.name === name).map(({ numbers }) => (
      { name, plannedPrefix: numbers.planned, alonePrefix: numbers.alone }
    ))
  );
}
