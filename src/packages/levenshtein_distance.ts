/** `@std/text`, for the word that was meant; from JSR: `jsr:@std/text@1/levenshtein-distance`. */
// @ts-types="../../types/std_levenshtein_distance.d.ts"
export { levenshteinDistance } from "npm:deno-std@1.4.0/text/levenshtein_distance.js";
