/** `@std/csv`, for fixtures; from JSR: `jsr:@std/csv@1`. */
// @ts-types="../../types/std_csv.d.ts"
export { parse } from "npm:deno-std@1.4.0/csv/mod.js";
