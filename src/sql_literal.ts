/** Texts in queries. */

/** A text as SQL writes it, where a backslash means nothing else. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
