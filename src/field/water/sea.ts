/**
 * The sea at the sites of `field`: the temperature of the year and its weather, salinity, the tide,
 * and spells of bad water. Rings of a site move together, for the water is the site's.
 */
import { exp } from "../../chance/arithmetic.ts";
import { keyOf } from "../../chance/addressed.ts";
import { WATER_KINDS } from "../../fixtures/field/incident_rules.ts";
import type { WaterEventRules, WaterRules } from "../../fixtures/field/water_rules.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Farm } from "../../farm/state.ts";
import { wave, waveOf } from "../calendar.ts";
import { keysOfPlaces, normalAt, uniformAt, wholeBetween } from "../chance.ts";
import { SITE } from "../memory.ts";
import type { Sites } from "../sites.ts";

/** Days of a year, with its leap days shared out. */
const YEAR = 365.25;

/** Days from one spring tide to the next. */
const SPRING = 14.765;

/** Hours from one slack water to the next but one: of the tide that the moon raises. */
const TIDE = 12.4206;

/** Items of chance of a site's day. */
const ITEM = { begins: 0, days: 1, depth: 2 } as const;

/** The water of the sites today. */
export interface Sea {
  /** Moves all sites to today. */
  morning(farm: Farm): void;
  /** Mean temperature of the day at a site, in °C. */
  temperature(farm: Farm, site: number): number;
  /** Salinity of the day at a site, in ppt. */
  salinity(farm: Farm, site: number): number;
  /** How much water passes a site at an hour, as a share of the strongest current. */
  current(site: number, day: number, hour: number): number;
  /** The spell that begins at a site today, null for none. */
  begins(farm: Farm, site: number): { readonly kind: string; readonly depth: number } | null;
  /** Points of oxygen saturation that a spell takes at a site today, on the mean of the day. */
  spell(farm: Farm, site: number): number;
}

/** The share of its depth that a spell has on one of its days: most in the middle. */
export function spellShape(day: number, from: number, to: number): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2 + 1;
  return 1 - Math.abs(day - middle) / half * 0.6;
}

/** The sea by rules. */
export function fieldSea(facts: Facts, rules: WaterRules, sites: Sites): Sea {
  const { seed } = facts;
  const weatherKeys = keysOfPlaces(seed, "seaWeather", sites.all);
  const eventKeys = keysOfPlaces(seed, "waterEvent", sites.all);
  const seas = sites.all.map(({ geography }) => rules.sea[geography]!);
  const yearKeys = sites.all.map(({ geography }) => keyOf(seed, "seaYear", geography));
  const lasting = keysOfPlaces(seed, "seaSite", sites.all).map((key, s) => ({
    warmer: seas[s]!.site_sd * normalAt(key, 0, 0, 0),
    tide: TIDE * uniformAt(key, 0, 0, 1),
  }));
  const weather = rules.weather_sd * Math.sqrt(1 - rules.weather_memory * rules.weather_memory);
  const runoff = Math.sqrt(1 - rules.runoff_memory * rules.runoff_memory);
  const spells = [rules.low_oxygen, rules.bloom];
  /** Length of a kind's season in days. */
  const seasons = spells.map(({ months: [from, to] }) => (to - from + 1) * YEAR / 12);

  /** What two years are like, at the middles of which a day lies between: the same for months. */
  const years = sites.all.map(() => ({ year: NaN, before: 0, after: 0 }));

  /** How much warmer a year is, from the middle of one to the middle of the next. */
  function warmerYear(site: number, day: number): number {
    const at = (day - YEAR / 2) / YEAR;
    const year = Math.floor(at);
    const own = years[site]!;
    if (own.year !== year) {
      own.year = year;
      own.before = normalAt(yearKeys[site]!, year, 0, 0);
      own.after = normalAt(yearKeys[site]!, year + 1, 0, 0);
    }
    return rules.year_sd * (own.before + (own.after - own.before) * (at - year));
  }

  function usual(site: number, day: number): number {
    const { mean_c, yearly_c, warmest_day, half_yearly_c, half_yearly_day } = seas[site]!;
    return mean_c + yearly_c * wave(day, warmest_day) +
      half_yearly_c * waveOf(day - half_yearly_day, YEAR / 2);
  }

  const salt = sites.all.map(() => ({ day: NaN, salinity: 0 }));
  /** What the usual day of a year is like does not change within it. */
  const known = sites.all.map(() => ({ day: NaN, temperature: 0 }));

  function moveSpell({ day, sites: memories }: Farm, site: number, month: number): void {
    const memory = memories[site]!;
    if (memory[SITE.spell] !== 0 && day <= memory[SITE.spellTo]!) return;
    memory[SITE.spell] = 0;
    let u = uniformAt(eventKeys[site]!, day, 0, ITEM.begins);
    const kind = spells.findIndex(({ per_year, months: [from, to] }, k) =>
      month >= from && month <= to && (u -= per_year / seasons[k]!) < 0
    );
    if (kind < 0) return;
    const { days, depth: [least, most] }: WaterEventRules = spells[kind]!;
    // Short ones are the most.
    const long = uniformAt(eventKeys[site]!, day, 0, ITEM.days);
    const lasts = wholeBetween(days, long * long);
    const bad = uniformAt(eventKeys[site]!, day, 0, ITEM.depth);
    memory[SITE.spell] = kind + 1;
    memory[SITE.spellFrom] = day;
    memory[SITE.spellTo] = day + lasts - 1;
    memory[SITE.spellDepth] = least + (most - least) * bad * bad;
  }

  return {
    morning(farm) {
      const { month } = civilOf(farm.day);
      farm.sites.forEach((memory, site) => {
        const key = weatherKeys[site]!;
        memory[SITE.weather] = rules.weather_memory * memory[SITE.weather]! +
          weather * normalAt(key, farm.day, 0, 0);
        memory[SITE.runoff] = rules.runoff_memory * memory[SITE.runoff]! +
          runoff * normalAt(key, farm.day, 0, 1);
        moveSpell(farm, site, month);
      });
    },
    temperature({ day, sites: memories }, site) {
      const last = known[site]!;
      if (last.day !== day) {
        last.day = day;
        last.temperature = usual(site, day) + warmerYear(site, day) + lasting[site]!.warmer;
      }
      return last.temperature + memories[site]![SITE.weather]!;
    },
    salinity({ day, sites: memories }, site) {
      const last = salt[site]!;
      if (last.day === day) return last.salinity;
      const { salinity, runoff_sd } = seas[site]!;
      const rain = 1 + rules.runoff_winter * wave(day, 15);
      last.day = day;
      return last.salinity = Math.max(
        5,
        salinity - runoff_sd * rain * exp(0.8 * memories[site]![SITE.runoff]! - 0.5),
      );
    },
    current(site, day, hour) {
      const hours = day * 24 + hour + lasting[site]!.tide;
      const springs = 0.75 + 0.25 * waveOf(hours / 24, SPRING);
      return springs * Math.abs(waveOf(hours, TIDE));
    },
    begins({ day, sites: memories }, site) {
      const memory = memories[site]!;
      if (memory[SITE.spell] === 0 || memory[SITE.spellFrom] !== day) return null;
      return { kind: WATER_KINDS[memory[SITE.spell]! - 1]!, depth: memory[SITE.spellDepth]! };
    },
    spell({ day, sites: memories }, site) {
      const memory = memories[site]!;
      if (memory[SITE.spell] === 0) return 0;
      return memory[SITE.spellDepth]! *
        spellShape(day, memory[SITE.spellFrom]!, memory[SITE.spellTo]!);
    },
  };
}
