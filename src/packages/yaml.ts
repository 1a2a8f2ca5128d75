/** `@std/yaml`, for fixtures and schedules; from JSR: `jsr:@std/yaml@1`. */
// @ts-types="../../types/std_yaml.d.ts"
export { parse, stringify } from "npm:deno-std@1.4.0/yaml/mod.js";
