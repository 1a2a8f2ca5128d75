/** A meal of the fish in a container (domain.md#7.1). */

/** One feeding of one container. */
export interface Meal {
  /** In 0.0001 kg. */
  amount: number;
  /** Biomass that was fed, in 0.01 kg. */
  biomass: number;
  /** Over all lots it came from, in cents. */
  cost: number;
  feedId: number;
  /** A feed that is eaten up first where there is enough of it, 0 for none; nobody orders it again. */
  leftoverId: number;
  hour: number;
  /** In 0.01 % of the biomass. */
  percent: number;
}
