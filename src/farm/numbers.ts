/**
 * The next row number of every table that the farm's days fill. They are part of the farm's state,
 * so that a window can begin with them (design D5).
 */
const NUMBERED = [
  "batch",
  "assignment",
  "creationWorkflow",
  "creationAction",
  "transferWorkflow",
  "transferAction",
  "purchase",
  "stock",
  "reading",
  "feeding",
  "mortality",
  "sample",
  "observation",
  "scenario",
  "projection",
  "lice",
  "healthSampling",
  "healthFish",
  "healthScore",
  "treatment",
  "journal",
  "harvestEvent",
  "harvestLot",
  "fact",
  "transaction",
  "dailyState",
  "batchHistory",
  "assignmentHistory",
  "creationWorkflowHistory",
  "creationActionHistory",
  "transferWorkflowHistory",
  "transferActionHistory",
  "purchaseHistory",
  "stockHistory",
  "feedingHistory",
  "mortalityHistory",
  "sampleHistory",
  "observationHistory",
  "liceHistory",
  "healthSamplingHistory",
  "treatmentHistory",
  "journalHistory",
  "harvestEventHistory",
  "harvestLotHistory",
  "factHistory",
  "transactionHistory",
] as const;

/** A table of the farm's days, by the farm's word for its row. */
export type Numbered = typeof NUMBERED[number];

/** The next id of each. */
export type Numbers = Record<Numbered, number>;

/** Numbers that begin at `first` in every table. */
export function numbersFrom(first: number): Numbers {
  return Object.fromEntries(NUMBERED.map((name) => [name, first])) as Numbers;
}
