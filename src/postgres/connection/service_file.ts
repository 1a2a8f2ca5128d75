/** `pg_service.conf`: connections under names of their own. */

/** What a service file says of a service. */
export interface Service {
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** The first line that is no setting, counted from 1. */
  readonly wrongLine?: number;
}

/**
 * Finds a service: the lines below the first `[name]`, up to the next section. Of two lines for one
 * setting the first counts, as for libpq.
 *
 * @returns undefined, when the file has no such section.
 */
export function findService(text: string, name: string): Service | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.indexOf(`[${name}]`);
  if (start < 0) return undefined;
  const settings = new Map<string, string>();
  for (let at = start + 1; at < lines.length && !lines[at]!.startsWith("["); at++) {
    const line = lines[at]!;
    if (line === "" || line.startsWith("#")) continue;
    const [, setting, value] = /^([a-z_]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (setting === undefined) return { settings: [...settings], wrongLine: at + 1 };
    if (!settings.has(setting)) settings.set(setting, value!);
  }
  return { settings: [...settings] };
}
