/** What a place of the browser's history keeps besides its address. */

/** What an address that names no batch keeps of the one that was shown, for whoever comes back to it. */
const KEPT = "batch";

/** The batch that was shown at this place of the history; undefined where none was kept. */
export function keptBatch(): string | undefined {
  const kept: unknown = history.state?.[KEPT];
  return typeof kept === "string" ? kept : undefined;
}

/** Keeps which batch is shown at this place of the history. */
export function keepBatch(number: string): void {
  if (keptBatch() === number) return;
  try {
    history.replaceState({ [KEPT]: number }, "");
  } catch {
    // A browser that has had too many of them: the first batch is shown in its place.
  }
}
