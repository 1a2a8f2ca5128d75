/** A line of progress: what it says, as far as there is room for it. */
import { eastAsianWidth } from "../src/packages/east_asian_width.ts";

/** So long nothing may have come before it is said that there is no news, in milliseconds. */
export const SILENCE = 5_000;

/** Makes a line that is at most so many columns wide, as things stand at this moment. */
export type ProgressLine = (columns: number) => string;

/** What has no width of its own: marks that stand on the letter before. */
const MARK = /^\p{M}$/u;

/** What a terminal may show as a picture two columns wide. */
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]$/u;

/** The columns that a character takes; where terminals differ, the most. */
function columnsOf(character: string): number {
  if (MARK.test(character)) return 0;
  if (character >= " " && character <= "~") return 1;
  return PICTURE.test(character) ? 2 : eastAsianWidth(character.codePointAt(0)!);
}

/** The columns that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** The beginning of a line that takes at most so many columns. */
export function fitted(line: string, columns: number): string {
  let width = 0;
  let cut = "";
  for (const character of line) {
    width += columnsOf(character);
    if (width > columns) return cut;
    cut += character;
  }
  return line;
}

/** Several things with commas; those that there is no room for are left out, but for the first. */
export function listed(things: readonly string[], columns: number): string {
  return things.reduce((line, thing) => {
    if (line === "") return fitted(thing, columns);
    const longer = `${line}, ${thing}`;
    return widthOf(longer) <= columns ? longer : line;
  }, "");
}

/** A share from 0 to 1 as `14 %`; 100 % is nothing that a line of progress says. */
export function percent(share: number): string {
  return `${Math.min(99, Math.floor(100 * share))} %`;
}

/** Milliseconds as a person who waits wants to know them: `8 s`, `2 min 05 s`, `2 h 05 min`. */
export function waited(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** What is left of a run, where that is known; never nothing, since it still runs. */
export function leftTexts(milliseconds: number | undefined): readonly string[] {
  return milliseconds === undefined ? [] : [`${waited(Math.max(1000, milliseconds))} left`];
}

/** What is said where there is no news, after so many milliseconds. */
export function silenceTexts(milliseconds: number): readonly string[] {
  return milliseconds < SILENCE ? [] : [`no news for ${waited(milliseconds)}`];
}
