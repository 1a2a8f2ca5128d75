/** The edit distance by `@std/text`; the npm republication ships no types. */
export function levenshteinDistance(str1: string, str2: string): number;
