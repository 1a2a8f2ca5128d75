/** What the water is like for fish, whatever sensors say of it. */
import type { Assignment, Farm } from "../../farm/state.ts";

/** The water of today, once the morning has been. */
export interface Conditions {
  /** Mean temperature of the day, in °C. */
  temperature(farm: Farm, assignment: Assignment): number;
  /** The lowest oxygen saturation of the day, in percent. */
  lowestOxygen(farm: Farm, assignment: Assignment): number;
}
