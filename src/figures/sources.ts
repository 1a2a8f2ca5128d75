/** Who has published the ranges of the figures. */

/** What every key stands for. */
export const SOURCES = {
  AMIND: "AquaMind's specification: README v3.0, guides v1.0 and v6.0, its verification scripts",
  ASSUM: "Assumed: practice on farms, no publication seen",
  BAKKA: "Bakkafrost, reports on smolts and on survival in the Faroe Islands",
  FAO: "FAO, Atlantic salmon: species page, and feeding tables of AFFRIS (table 9)",
  FARMS: "Public series of farms: weights, counts of lice, treatments and deaths by site",
  FAROE: "Faroese rules of farming, and salmon-from-the-faroe-islands.com",
  ICES: "ICES, ecosystem overview of the Faroe Plateau",
  JEONG: "Jeong et al. 2024, Front. Mar. Sci.: hourly oxygen of 21 sites of British Columbia",
  NBIO: "Norwegian studies of biomass: weighing errors of 240 pens, gutted yield",
  NDIR: "Norwegian Directorate of Fisheries, biomass by county and month; Sjømat Norge",
  NOFIM: "Nofima 26/2019: feed factors of Norway and the Faroe Islands",
  NREG: "Norwegian rules: fish in a cage, permitted biomass, lice",
  NVI: "Norwegian Fish Health Report of the Norwegian Veterinary Institute, 2022 to 2025",
  OLIV: "Oliveira et al. 2021, Sci. Rep. 11: deaths of 1,627 cohorts",
  OVERT: "Overton et al. 2018: deaths after more than 40,000 treatments",
  SCOT: "Scottish Fish Farm Production Survey, Marine Directorate; Salmon Scotland",
  SENSE: "Public series of sensor strings at sea",
} as const;

/** A source, as tables abbreviate it. */
export type SourceKey = keyof typeof SOURCES;
