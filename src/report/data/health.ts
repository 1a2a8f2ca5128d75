/** How fish were found in health samplings, and of what they died. */
import type { ReportSource } from "./section.ts";

/** Scores of fish, by what was looked at. */
export interface HealthScores {
  /** What the scores are called, from the best: `0 Great`. */
  readonly labels: readonly string[];
  /** Of each parameter with scores, how many fish had each of them. */
  readonly parameters: readonly { readonly name: string; readonly fish: readonly number[] }[];
  readonly samplings: number;
  readonly fish: number;
}

/** Fish that died of a cause, in each stage of the section. */
export interface DeathsOfCause {
  readonly cause: string;
  readonly fish: readonly number[];
}

/** The columns that {@linkcode healthOfFarm} reads. */
export const HEALTH_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  health_fishparameterscore: ["score", "parameter_id"],
  health_healthparameter: ["id", "name"],
  health_parameterscoredefinition: ["score_value", "label"],
  health_healthsamplingevent: ["id"],
  health_individualfishobservation: ["id"],
  batch_mortalityevent: ["count", "cause", "description", "assignment_id"],
  batch_lifecyclestage: ["id", "name", "order"],
  batch_batchcontainerassignment: ["id", "lifecycle_stage_id"],
};

interface ScoreRow {
  readonly name: string;
  readonly score: number;
  readonly fish: number;
}

interface DeathRow {
  readonly cause: string;
  readonly stage: string;
  readonly fish: number;
}

/** So many causes are told apart; what is rarer is one of its own. */
const MOST_CAUSES = 20;

/** Scores and deaths. */
export async function healthOfFarm(rows: ReportSource["rows"]) {
  const scored = await rows<ScoreRow>(`SELECT p.name, s.score, count(*) AS fish
    FROM health_fishparameterscore s JOIN health_healthparameter p ON p.id = s.parameter_id
    GROUP BY p.id, p.name, s.score ORDER BY p.id, s.score`);
  const labelled = await rows<{ score: number; label: string }>(
    `SELECT score_value AS score, min(label) AS label
      FROM health_parameterscoredefinition GROUP BY score_value ORDER BY score_value`,
  );
  const levels = [...new Set([...labelled, ...scored].map(({ score }) => score))].sort((a, b) =>
    a - b
  );
  const [counts] = await rows<{ samplings: number; fish: number }>(
    `SELECT (SELECT count(*) FROM health_healthsamplingevent) AS samplings,
      (SELECT count(*) FROM health_individualfishobservation) AS fish`,
  );
  const scores: HealthScores = {
    labels: levels.map((level) => {
      const label = labelled.find(({ score }) => score === level)?.label;
      return label === undefined ? String(level) : `${level} ${label}`;
    }),
    parameters: Array.from(
      Map.groupBy(scored, ({ name }) => name),
      ([name, own]) => ({
        name,
        fish: levels.map((level) => own.find(({ score }) => score === level)?.fish ?? 0),
      }),
    ),
    ...counts!,
  };
  const stages = (await rows<{ name: string }>(
    `SELECT name FROM batch_lifecyclestage ORDER BY "order", id`,
  )).map(({ name }) => name);
  return { scores, stages, deaths: await deathsByCause(rows, stages) };
}

async function deathsByCause(
  rows: ReportSource["rows"],
  stages: readonly string[],
): Promise<readonly DeathsOfCause[]> {
  // What was seen says more than AquaMind's few words, where there is more than a word for each stage: up
  // to its colon it is the name of a disease.
  const died = await rows<DeathRow>(`
    WITH told AS (
      SELECT count(DISTINCT description) > (SELECT count(*) FROM batch_lifecyclestage) AS apart
      FROM batch_mortalityevent
    ), dead AS (
      SELECT assignment_id, count,
        CASE WHEN t.apart AND coalesce(description, '') <> ''
          THEN split_part(description, ':', 1) ELSE cause END AS cause
      FROM batch_mortalityevent CROSS JOIN told t
    ), causes AS (
      SELECT cause, row_number() OVER (ORDER BY sum(count) DESC, cause) AS place
      FROM dead GROUP BY cause
    )
    SELECT CASE WHEN c.place < ${MOST_CAUSES} THEN c.cause ELSE 'other causes' END AS cause,
      s.name AS stage, sum(m.count) AS fish
    FROM dead m JOIN causes c ON c.cause = m.cause
    JOIN batch_batchcontainerassignment a ON a.id = m.assignment_id
    JOIN batch_lifecyclestage s ON s.id = a.lifecycle_stage_id
    GROUP BY 1, s.name ORDER BY min(c.place)`);
  return Array.from(
    Map.groupBy(died, ({ cause }) => cause),
    ([cause, own]) => ({
      cause,
      fish: stages.map((stage) => own.find((row) => row.stage === stage)?.fish ?? 0),
    }),
  );
}
