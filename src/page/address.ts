/** The address of a batch on the page, `#batch=FI-2023-001`, by which it is linked to. */

const PREFIX = "#batch=";

/** The address of a batch. */
export function batchAddress(number: string): string {
  return PREFIX + encodeURIComponent(number);
}

/** The batch of an address; undefined for an address of something else. */
export function batchOfAddress(hash: string): string | undefined {
  if (!hash.startsWith(PREFIX)) return undefined;
  try {
    return decodeURIComponent(hash.slice(PREFIX.length));
  } catch {
    return hash.slice(PREFIX.length);
  }
}
