/** Where the biology `field` keeps what it remembers: places in the memories of the farm's state. */
import { type Memory, zeroMemory } from "../farm/state.ts";

/** Of a site. */
export const SITE = {
  /** Logarithm of how much better fish grow than elsewhere. */
  growth: 0,
  /** Logarithms of how many more fish die than usual: what lasts for months, and what for days. */
  slowDeaths: 1,
  fastDeaths: 2,
  /** 1 where the dead of the whole site are left in the water today. */
  missed: 3,
  /** Days after which today's dead are entered. */
  delay: 4,
  /** How much warmer the water is than on such a day elsewhere, in °C. */
  weather: 5,
  /** Logarithm of how much more fresh water there is than usual. */
  runoff: 6,
  /** The spell of bad water: its kind plus 1, 0 for none; its first and its last day; its depth. */
  spell: 7,
  spellFrom: 8,
  spellTo: 9,
  spellDepth: 10,
  /** How much better fish grow than elsewhere, as a factor. */
  growthFactor: 11,
  /** How much more oxygen fish take than at 12 °C, as a factor. */
  demand: 12,
  /** How many more larvae of lice drift here than usual, as a logarithm; those of Caligus. */
  liceDrift: 13,
  caligusDrift: 14,
  /** Adult females on a fish whose eggs have hatched, and whose larvae may settle today. */
  hatched: 15,
  larvae: 16,
  /** Day of the last decision to treat, its kind plus 1, and adult females by forecast. */
  decided: 17,
  decidedKind: 18,
  decidedLice: 19,
  /** What it was for: position of a disease plus 1, 0 for lice. */
  decidedFor: 20,
  /** How many times more fish die than usual, of nothing special. */
  deathFactor: 21,
} as const;

/** Of a site, after the others: how often each kind of treatment was used. */
export const USES: number = Object.keys(SITE).length;

/** Of a batch. */
export const BATCH = {
  /** Day on which the transition under way, or the next, begins; 0 where it is not decided. */
  leaving: 0,
  /** Day on which the next ring may be slaughtered; 0 before the slaughter has begun. */
  slaughter: 1,
  /** 1 where the dead of all its tanks are left in the water today. */
  missed: 2,
  /** Days after which today's dead of its tanks are entered. */
  delay: 3,
  /** Day on which its vaccination was decided, 0 before. */
  vaccination: 4,
  /** Day up to which it must be slaughtered for a disease, 0 where it need not. */
  slaughterBy: 5,
} as const;

/** Of the fish in a container. */
export const FISH = {
  /** Weight of the last daily state, in 0.01 g. */
  stateWeight: 0,
  /** How fast these fish grow, as a factor. */
  pace: 1,
  /** Gain of the cube root of the weight in g that is possible today. */
  step: 2,
  /** Feed that today's possible gain needs, and what was given of it, in 0.0001 kg. */
  wanted: 3,
  given: 4,
  /** Logarithm of today's appetite. */
  appetite: 5,
  /** Feed of a meal today, in 0.0001 kg. */
  meal: 6,
  /** Day on which fish are weighed next. */
  weighing: 7,
  /** Day on which the fish leave for the next stage, or are slaughtered; 0 where it is not decided. */
  leaving: 8,
  /** Day of the last treatment at sea, or of the vaccination in fresh water; 0 for none. */
  treated: 9,
  /** Logarithm of how many more fish die than elsewhere this week. */
  deaths: 10,
  /** Share of the fish that dies on a day of this week, by nothing special; at sea without its site. */
  rate: 11,
  /** Fish that have died by nothing special and are not taken out yet, as expected. */
  dead: 12,
  /** The same of those that have died since they came to sea, of the move. */
  deadOfMove: 13,
  /** Temperature of the water today, in °C. */
  temperature: 14,
  /** Oxygen saturation without what the fish take today, in percent. */
  oxygen: 15,
  /** Points of saturation that the fish take where the current is strongest. */
  demand: 16,
  /** The lowest saturation of today, in percent. */
  lowestOxygen: 17,
  /** How far oxygen at sea, or the temperature of a tank, is from what is usual. */
  weather: 18,
  /** Logarithm of how much more than usual there is in the water of a tank. */
  drift: 19,
  /** Cube root of the weight in g in the morning. */
  root: 24,
  /** The sensor that has failed: its position plus 1; 0 for none, -1 for all. */
  failed: 20,
  /** The first and the last day of that. */
  failedFrom: 21,
  failedTo: 22,
  /** Position plus 1 of a single reading that is lost today, among all of the day; 0 for none. */
  lost: 23,
  /** Lice on a fish: attached, moving, adult females and males. */
  chalimus: 26,
  preAdults: 27,
  females: 28,
  males: 29,
  /** How many larvae settle on these fish beside others of the site, as a factor. */
  liceFactor: 30,
  /** Day of the treatment or vaccination that is decided, 0 for none; its kind plus 1. */
  treatment: 31,
  treatmentKind: 32,
  /** Efficacy of the last treatment. */
  efficacy: 33,
  /** First day on which the fish may be sold after their treatments. */
  boundTo: 34,
  /** The share of lice that dies of medicated feed in a day, from one day to another. */
  killing: 35,
  killingFrom: 36,
  killingTo: 37,
  /** Diseases that the fish have had and cannot have again: a bit each. */
  immune: 38,
  /** What diseases take off today's growth and appetite, as a share. */
  slower: 39,
  hungrier: 40,
  /** What they have taken off the share of superior fish. */
  quality: 25,
  /** Attached lice that have one step and two behind them, and moving ones that have one. */
  chalimus2: 41,
  chalimus3: 42,
  preAdults2: 43,
} as const;

/** Numbers that are remembered of a disease of the fish in a container. */
export const ILLNESS = {
  /** Position of the disease plus 1; 0 where there is none. */
  disease: 0,
  /** Day of the infection. */
  since: 1,
  /** First day on which others catch it and fish die, and the last one. */
  from: 2,
  to: 3,
  /** 1 where a sample is sent, as of the first rings of a site; 0 where nobody doubts what it is. */
  sampled: 4,
} as const;

/** How many diseases there may be in a container at once. */
const ILLNESSES = 2;

/** Where the memory of each disease begins: after what is remembered of all fish. */
export const ILLNESS_PLACES: readonly number[] = Array.from(
  { length: ILLNESSES },
  (_, i) => Object.keys(FISH).length + i * Object.keys(ILLNESS).length,
);

/** Numbers that are remembered of an excess of deaths, see `excess.ts`. */
export const EXCESS = {
  /** Position of its process plus 1; 0 where there is no excess. */
  process: 0,
  /** Its first day. */
  day: 1,
  /** Fish that it kills, as expected. */
  fish: 2,
  /** Those of them that have died and are not taken out yet. */
  dead: 3,
} as const;

/** How many excesses there may be in a container at once. */
const EXCESSES = 4;

/** Where the memory of each excess begins: after what is remembered of diseases. */
export const EXCESS_PLACES: readonly number[] = Array.from(
  { length: EXCESSES },
  (_, i) =>
    Object.keys(FISH).length + ILLNESSES * Object.keys(ILLNESS).length +
    i * Object.keys(EXCESS).length,
);

/** A memory of which nothing is known yet. */
export function blank(places: Readonly<Record<string, number>>): Memory {
  return zeroMemory(Object.keys(places).length);
}

/** A memory of a site, with a place for each kind of treatment. */
export function blankSite(kinds: number): Memory {
  return zeroMemory(USES + kinds);
}

/** A memory of fish of which nothing is known yet. */
export function blankFish(): Memory {
  const more = ILLNESSES * Object.keys(ILLNESS).length + EXCESSES * Object.keys(EXCESS).length;
  return zeroMemory(Object.keys(FISH).length + more);
}
