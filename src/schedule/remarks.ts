/** What a reader says of a file that it takes all the same: each kind of remark once, and counted. */

/** Remarks as they come. */
export interface Remarks {
  /**
   * Keeps a remark.
   *
   * @param kind What it has in common with others like it.
   */
  say(kind: string, text: string): void;
  /** One text for each kind, in the order in which the kinds came: the first, and how many more. */
  texts(): string[];
}

/** No remarks yet. */
export function newRemarks(): Remarks {
  const kinds = new Map<string, { readonly text: string; times: number }>();
  return {
    say(kind, text) {
      const one = kinds.get(kind);
      if (one === undefined) kinds.set(kind, { text, times: 1 });
      else one.times++;
    },
    texts: () => [...kinds.values()].map(({ text, times }) => counted(text, times)),
  };
}

function counted(text: string, times: number): string {
  return times === 1 ? text : `${text}; and ${times - 1} more like this`;
}
