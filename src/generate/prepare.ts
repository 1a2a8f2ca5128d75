/** What is known of a dataset before its first byte: identity, world, and the pass over its days. */
import { createHash } from "node:crypto";
import { buildWorld } from "./build_world.ts";
import { buildInfrastructure } from "../farm/ground/infrastructure.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { World } from "../farm/world.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Schedule } from "../schedule/format.ts";
import { extraAreasUsed } from "../schedule/extra_areas.ts";
import { scheduleText } from "../schedule/text.ts";
import { VERSION } from "../version.ts";
import { requireFirstId, requireIdsFit } from "../dataset/first_id.ts";
import { FORMAT } from "../dataset/manifest.ts";
import { rateFindings } from "../dataset/rate_laws.ts";
import { ratesDigest } from "../dataset/rates.ts";
import { ReddError } from "../errors.ts";
import { shortened, shown } from "../fixtures/shown.ts";
import { profileRates } from "./profile_rates.ts";
import type { Identity } from "./identity.ts";
import { type Pass, passOver } from "./pass.ts";

/** What a dataset is made from. */
export interface Recipe {
  /** A schedule in which {@linkcode checkSchedule} finds nothing. */
  readonly schedule: Schedule;
  /** The farm, its master data and its biology, as {@linkcode readFixtures} gives them. */
  readonly fixtures: Fixtures;
  /** A whole number from 0 to 2^53 - 1; another one gives other chances. */
  readonly seed: number;
  /** First id of the operational tables, from 1 to what their columns hold; 1 unless given. */
  readonly firstId?: number;
  /**
   * Adds the places that reach the documented totals (D-01); false unless given. A schedule that uses
   * the sea area among them brings them all, whatever is said here.
   */
  readonly documentedTotals?: boolean;
  /** Gives every batch the two later scenarios of D-09; false unless given. */
  readonly laterScenarios?: boolean;
  /**
   * Fills silos and barges before the first batch (rulings.md#8); true unless given. Without it feed is
   * ordered when a meal finds too little, and room is left for another dataset's (rulings.md#35).
   */
  readonly initialFeed?: boolean;
}

/** A dataset by name: what it is made from, in short and as the text of its schedule. */
export interface Named {
  readonly identity: Identity;
  /** The schedule as it is stored. */
  readonly text: string;
  /** What its profile is called. */
  readonly profileName: string;
}

/** A recipe that has been lived through, without a row being rendered. */
export interface Prepared extends Named {
  readonly fixtures: Fixtures;
  readonly infrastructure: Infrastructure;
  readonly world: World;
  readonly pass: Pass;
}

/**
 * The schedule as it is stored: with the seed of the dataset, so that it makes it again, and in the
 * order in which it is read, so that what is read is stored the same.
 */
function storedText({ schedule, seed }: Recipe): string {
  const { as_of, seed: _, ...metadata } = schedule.metadata;
  const dated = as_of === undefined ? {} : { as_of };
  return scheduleText({ ...schedule, metadata: { ...metadata, seed, ...dated } });
}

/** The identity of the dataset that a recipe gives, and its schedule. */
export function nameOf(recipe: Recipe): Named {
  const text = storedText(recipe);
  const { schedule, fixtures } = recipe;
  const identity = {
    version: VERSION,
    seed: recipe.seed,
    profile: fixtures.profileSha256,
    fixtures: fixtures.restSha256,
    schedule: createHash("sha256").update(text).digest("hex"),
    firstId: recipe.firstId ?? 1,
    documentedTotals: recipe.documentedTotals === true ||
      extraAreasUsed(schedule, fixtures.layout).length > 0,
    laterScenarios: recipe.laterScenarios ?? false,
    initialFeed: recipe.initialFeed ?? true,
  };
  return { identity, text, profileName: fixtures.profile.name };
}

/** The identity of the dataset that a recipe gives. */
export function datasetIdentity(recipe: Recipe): Identity {
  return nameOf(recipe).identity;
}

/**
 * Builds the world of a recipe and passes over its days. Nothing is written.
 *
 * @param named The recipe's {@linkcode nameOf}, where it is known already.
 * @param onWindow Is told how many windows have been lived through, and of how many.
 * @throws {ReddError} input, when its ids would leave the columns that hold them, or its profile has
 *   rates that no dataset may have.
 */
export function prepare(
  recipe: Recipe,
  named = nameOf(recipe),
  onWindow?: (lived: number, windows: number) => void,
): Prepared {
  const { schedule, fixtures, seed } = recipe;
  const { identity } = named;
  const { documentedTotals, laterScenarios, initialFeed, firstId } = identity;
  requireFirstId(firstId);
  requireRates(fixtures);
  const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master, {
    documentedTotals,
  });
  const world = buildWorld({
    schedule,
    fixtures,
    infrastructure,
    seed,
    laterScenarios,
    initialFeed,
  });
  const pass = passOver(world, firstId, onWindow);
  requireIdsFit(firstId, pass.end.numbers);
  return { ...named, fixtures, infrastructure, world, pass };
}

/** What would be refused of a dataset when it is read is not written. */
function requireRates(fixtures: Fixtures): void {
  const { profile: { name }, profileSha256: sha256 } = fixtures;
  const rates = profileRates(fixtures);
  const findings = rateFindings({
    format: FORMAT,
    profile: { name, sha256, rates, ratesSha256: ratesDigest(rates) },
  });
  if (findings.length === 0) return;
  throw new ReddError("input", "PROFILE_UNUSABLE", {
    cannot: `generate by the profile ${shown(name)}`,
    because: shortened(findings.join("; ")),
    remedy: "Correct the profile among the fixtures",
  });
}
