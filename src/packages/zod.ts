/** Validation where flags, YAML, fixtures and manifests enter. */
export { z } from "npm:zod@4.6.7";
