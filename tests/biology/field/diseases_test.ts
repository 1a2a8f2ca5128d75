/** Diseases under `field`: how they begin, go round, are seen, and what they do. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../../src/errors.ts";
import { isSeason } from "../../../src/field/calendar.ts";
import { monthsOf } from "../../../src/field/health/diseases.ts";
import { degreeOn } from "../../../src/field/health/illness.ts";
import { FISH, ILLNESS_PLACES } from "../../../src/field/memory.ts";
import { isoOf, parseIso } from "../../../src/farm/days.ts";
import type { LabSample } from "../../../src/farm/lab_sample.ts";
import type { World } from "../../../src/farm/world.ts";
import { checkOutbreaks } from "../../../src/schedule/outbreaks.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { live, oneBatch } from "../../small_farm.ts";

const healthy = fieldBatch({ seed: 11 });
const SITE = healthy.batches[0]!.sea!.area;

/** Chance brings no disease. */
const fixtures = {
  ...fieldFixtures,
  diseases: fieldFixtures.diseases.map((disease) => ({
    ...disease,
    starts: { ...disease.starts, per_site_year: { "Faroe Islands": 0, Scotland: 0 } },
  })),
};

/** The same life with diseases put into it. */
function worldWith(...outbreaks: { disease: string; date: string }[]): World {
  const schedule = {
    ...healthy,
    metadata: {
      ...healthy.metadata,
      outbreaks: outbreaks.map((one) => ({ ...one, site: SITE })),
    },
  };
  return fieldWorld(schedule, 11, { fixtures });
}

/** What is seen of a life. */
function lifeOf(world: World) {
  const dead = new Map<string, number>();
  const samples: (LabSample & { day: number })[] = [];
  const notes: { day: string; text: string; severity: string }[] = [];
  const scores = new Map<number, number>();
  const into = new Uint8Array(75 * world.rates.health.parameterIds.length);
  const harvests: number[] = [];
  const rings = new Set<number>();
  let [ill, immune, today] = [0, 0, world.firstDay];
  live(world, {
    read(farm) {
      today = farm.day;
      for (const { id, memory, stage } of farm.batches[0]!.assignments) {
        if (stage !== 6) continue;
        if (ILLNESS_PLACES.some((place) => memory[place] !== 0)) {
          ill++;
          rings.add(id);
        }
        if (memory[FISH.immune] !== 0) immune++;
      }
    },
    died(_ring, _deaths, toll) {
      for (let i = 0; i < toll.records; i++) {
        const { description } = world.biology.mortality.causes[toll.cause[i]!]!;
        dead.set(description, (dead.get(description) ?? 0) + toll.fish[i]!);
      }
    },
    noted: ({ text, severity }) => void notes.push({ day: isoOf(today), text, severity }),
    labAnswered: (sample) => void samples.push({ ...sample, day: today }),
    dayEnded(farm) {
      const ring = farm.batches[0]!.assignments.find(({ stage }) => stage === 6);
      if (ring === undefined || today % 10 !== 0) return;
      world.biology.health.score(into, farm, ring);
      scores.set(today, into.reduce((sum, one) => sum + one, 0) / into.length);
    },
    harvested: () => void harvests.push(today),
  });
  return { dead, samples, notes, scores, ill, immune, harvests, rings: rings.size };
}

const none = lifeOf(worldWith());
const pd = lifeOf(worldWith({ disease: "pd", date: "2024-09-15" }));

Deno.test("a season may go over the turn of the year", () => {
  assertEquals([12, 1, 4, 5, 11].map((month) => isSeason([12, 4], month)), [
    ...[true, true, true, false, false],
  ]);
  assertEquals([monthsOf([12, 4]), monthsOf([7, 10]), monthsOf([1, 12])], [5, 4, 12]);
});

Deno.test("a disease is worst at its peak, and nothing before and after", () => {
  const days = Array.from({ length: 120 }, (_, day) => degreeOn(day, 10, 109, 0.25));
  assertEquals([days[9], days[110]], [0, 0]);
  assertEquals(Math.max(...days), days[35]!);
  assertAlmostEquals(days[35]!, 1, 0.05);
  assert(days.slice(10, 110).every((one) => one > 0 && one <= 1));
});

Deno.test("without an outbreak nobody is ill, and the laboratory finds nothing", () => {
  assertEquals([none.ill, none.immune], [0, 0]);
  assert(none.samples.length >= 4, `${none.samples.length} samples`);
  assert(none.samples.every(({ measured }) => measured.positive === 0));
});

Deno.test("an outbreak goes round the site, kills, is seen and confirmed, and is had once", () => {
  const { cause } = fieldFixtures.diseases.find(({ id }) => id === "pd")!;
  assert((pd.dead.get(cause.description) ?? 0) > 1000, `${pd.dead.get(cause.description)} dead`);
  assertEquals(none.dead.get(cause.description), undefined);
  const confirmed = pd.samples.filter(({ measured }) => Number(measured.positive) > 0);
  // Samples are sent of the first rings of the site; of the others nobody doubts what they have. One
  // that is sent without a sign may find it once more.
  assertEquals(new Set(confirmed.map(({ assignment }) => assignment)).size, 3);
  assertEquals(pd.rings, 10);
  for (const { taken, sent, day, measured } of confirmed) {
    assert(taken <= sent && sent < day && taken >= parseIso("2024-09-23")!);
    assertEquals(measured.target, "Salmonid alphavirus");
  }
  assert(pd.notes.some(({ text }) => text.startsWith("Pancreas disease confirmed in")));
  assert(pd.immune > 0);
});

Deno.test("sick fish look worse, and are spared heat", () => {
  const [from, to] = [parseIso("2024-11-01")!, parseIso("2025-01-15")!];
  const mean = (scores: ReadonlyMap<number, number>) => {
    const some = [...scores].filter(([day]) => day >= from && day <= to).map(([, score]) => score);
    return some.reduce((sum, one) => sum + one, 0) / some.length;
  };
  assert(mean(pd.scores) > mean(none.scores) + 0.05, `${mean(pd.scores)}, ${mean(none.scores)}`);
});

Deno.test("a notifiable disease ends with the slaughter of the site in time", () => {
  const isa = lifeOf(worldWith({ disease: "isa", date: "2025-02-01" }));
  const { course } = fieldFixtures.diseases.find(({ id }) => id === "isa")!;
  const answer = isa.samples.find(({ measured }) =>
    measured.target === "ISA virus, HPR-deleted" && Number(measured.positive) > 0
  )!;
  assertEquals(isa.harvests.length, 10);
  assert(Math.max(...isa.harvests) <= answer.day + course.slaughter_days!, `${isa.harvests}`);
  assert(Math.max(...isa.harvests) < Math.min(...none.harvests));
  assert(isa.notes.some(({ text }) => /by order of the authority/.test(text)));
});

Deno.test("an outbreak that cannot be is refused by name, place and date", () => {
  const ids = fieldFixtures.diseases.map(({ id }) => id);
  const finding = (outbreak: { disease: string; site: string; date: string }, known = ids) =>
    checkOutbreaks(
      { ...healthy, metadata: { ...healthy.metadata, outbreaks: [outbreak] } },
      known,
    );
  const good = { disease: "pd", site: SITE, date: "2024-09-15" };
  assertEquals(finding(good), undefined);
  const disease = finding({ ...good, disease: "pdd" })!;
  assertEquals(disease.path, "metadata.outbreaks[0].disease");
  assert(/did you mean pd|expected one of agd, cms, isa, pd, sores/.test(disease.because));
  assertEquals(finding({ ...good, site: "FI-SEA-99" })!.path, "metadata.outbreaks[0].site");
  for (const date of ["2023-07-01", "2030-01-01"]) {
    assertEquals(finding({ ...good, date })!.path, "metadata.outbreaks[0].date");
  }
  assert(/knows no diseases/.test(finding(good, [])!.because));
});

Deno.test("outbreaks of days before the fish come all wait for them", () => {
  const one = lifeOf(
    worldWith({ disease: "pd", date: "2024-05-29" }, { disease: "cms", date: "2024-05-30" }),
  );
  for (const id of ["pd", "cms"]) {
    const { cause } = fieldFixtures.diseases.find((disease) => disease.id === id)!;
    assert((one.dead.get(cause.description) ?? 0) > 0, `${id}: nobody has died`);
    assertEquals(none.dead.get(cause.description), undefined);
  }
});

Deno.test("a world of a disease that its fixtures have not is refused", () => {
  const outbreaks = [{ disease: "pdd", site: SITE, date: "2024-09-15" }];
  const schedule = { ...healthy, metadata: { ...healthy.metadata, outbreaks } };
  const error = assertThrows(() => fieldWorld(schedule, 11, { inOrder: false }), ReddError);
  assertEquals(error.code, "UNKNOWN_DISEASE");
  assert(
    /outbreaks\[0\]\.disease is .?pdd.? \(did you mean pd\?\)/.test(error.because),
    error.because,
  );
});

Deno.test("the documented biology has no diseases, whatever files there are", () => {
  assertEquals(fieldFixtures.diseases.length, 5);
  assertEquals(oneBatch().metadata.outbreaks, undefined);
});
