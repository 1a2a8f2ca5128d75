/** The part of `@std/yaml` that Redd uses; the npm republication ships no types. */
export function parse(
  content: string,
  options?: { schema?: "core" | "default" | "failsafe" },
): unknown;
export function stringify(
  data: unknown,
  options?: { lineWidth?: number; indent?: number; useAnchors?: boolean },
): string;
