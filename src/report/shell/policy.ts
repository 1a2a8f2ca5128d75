/** The content security policy of a page: nothing from anywhere, and of the page its own parts alone. */
import { createHash } from "node:crypto";

/** The inline parts of a page, each as it stands between its tags. */
export interface InlineParts {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

function sources(texts: readonly string[]): string {
  return texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
    .join(" ");
}

/** A policy under which these parts work, and nothing else that could come into the page. */
export function pagePolicy({ scripts, styles }: InlineParts): string {
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    `style-src ${sources(styles)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
