/** `redd verify --figures`: what a line asks for, and how the answer is shown. */
import { type ChosenFigures, chosenFigures } from "../src/figures/chosen_figures.ts";
import type { Figure, FigureResult } from "../src/figures/figure.ts";
import { figuresOf, figureTables, sourceText } from "../src/figures/figures_of.ts";
import { figuresOfDatabase } from "../src/figures/of_database.ts";
import { figuresOfDataset } from "../src/figures/of_dataset.ts";
import type { AskedBesides } from "../src/verify/run.ts";
import type { Given, Host, Voice } from "./command.ts";
import { type DatasetSource, unpackingOf } from "./dataset_source.ts";
import { figureLines, figureList } from "./figures_table.ts";
import { resultColumns } from "./screen.ts";
import { type DatabaseChecking, readingBy } from "./verify_database.ts";
import { memoryOf, onlyOf } from "./verify_line.ts";

/** The figures of a line; undefined where it asks for none. */
export function figuresBesides(given: Given): ChosenFigures | undefined {
  return given.on("figures") ? chosenFigures(onlyOf(given)) : undefined;
}

/** Does a line ask for figures and no check? */
export function areAlone(chosen: ChosenFigures | undefined): chosen is ChosenFigures {
  return chosen?.checks?.length === 0;
}

/** Tells which figure is reckoned. */
function telling(voice: Voice) {
  return {
    onFigure: ({ id, title }: Figure, place: number, all: number) =>
      voice.progress(`reckoning figure ${place + 1} of ${all}: ${id}, ${title}`),
  };
}

/** Figures that are asked for beside checks. */
export interface AskedFigures {
  readonly figures: readonly Figure[];
  /** What a verification is given for it. */
  readonly besides: AskedBesides;
  /** What they came to, when the verification has ended. */
  readonly results: () => readonly FigureResult[];
}

/** Asks for figures when the checks of a verification have ended, and keeps what they came to. */
export function askFigures(
  { figures }: ChosenFigures,
  voice: Voice,
): AskedFigures {
  let results: readonly FigureResult[] = [];
  return {
    figures,
    besides: {
      tables: figureTables(figures),
      async ask(engine, known, throwIfAborted) {
        const options = { figures, throwIfAborted, ...telling(voice) };
        results = await figuresOf(engine, known, options);
      },
    },
    results: () => results,
  };
}

/** The figures of files, and no check. */
export async function figuresOfFiles(
  source: DatasetSource,
  { figures }: ChosenFigures,
  given: Given,
  voice: Voice,
  signal: AbortSignal,
  host: Host,
): Promise<readonly FigureResult[]> {
  const memory = memoryOf("verify", given);
  return await figuresOfDataset(await source.open({ unread: true }), {
    figures,
    unpacking: unpackingOf(voice, host),
    signal,
    ...memory === undefined ? {} : { memory },
    onTable: (table, place, all) => voice.progress(`reading ${place + 1} of ${all}: ${table}`),
    ...telling(voice),
  });
}

/** The figures of a database, and no check. */
export async function figuresOnDatabase(
  url: string,
  { figures }: ChosenFigures,
  { manifest, voice, ...reading }: DatabaseChecking,
): Promise<readonly FigureResult[]> {
  return await figuresOfDatabase(url, manifest, {
    ...readingBy(reading, voice),
    ...telling(voice),
    figures,
  });
}

/** Shows figures that were asked for alone; as JSON in an array of their own. */
export function tellFigures(
  { figures }: ChosenFigures,
  results: readonly FigureResult[],
  voice: Voice,
): void {
  if (voice.json) voice.data(JSON.stringify({ figures: results }));
  else showFigures(figures, results, voice);
}

/** Shows the table of figures. */
export function showFigures(
  figures: readonly Figure[],
  results: readonly FigureResult[],
  voice: Voice,
): void {
  for (const line of figureLines(figures, results, resultColumns())) voice.data(line);
}

/** Prints the figures that may be asked for. */
export function listFigures({ figures }: ChosenFigures, voice: Voice): void {
  if (!voice.json) {
    for (const line of figureList(figures, resultColumns())) voice.data(line);
    return;
  }
  const facts = figures.map(({ id, title, unit, definition, published, documented }) => ({
    id,
    title,
    unit,
    definition,
    ...published === undefined ? {} : { published: rangeFacts(published) },
    ...documented === undefined ? {} : { documented: rangeFacts(documented) },
  }));
  voice.data(JSON.stringify(facts));
}

function rangeFacts(range: NonNullable<Figure["published"]>) {
  return { low: range.low, high: range.high, source: sourceText(range) };
}
