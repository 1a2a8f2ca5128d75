/** Measuring: medians of several rounds, and the memory of a child. */

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of the seconds that `rounds` runs of `work` take. */
export async function seconds(rounds: number, work: () => unknown): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    all.push((performance.now() - began) / 1000);
  }
  return median(all);
}

/** What a child did. */
export interface Child {
  readonly seconds: number;
  /** Greatest resident memory in MB, as Linux counts it. */
  readonly peakMB: number;
}

/**
 * Runs a command to its end and watches its memory.
 *
 * @throws {Error} When it fails.
 */
export async function watched(command: string, args: readonly string[]): Promise<Child> {
  const began = performance.now();
  const child = new Deno.Command(command, { args: [...args], stdout: "null", stderr: "piped" })
    .spawn();
  let peakMB = 0;
  const look = () => {
    try {
      const status = Deno.readTextFileSync(`/proc/${child.pid}/status`);
      peakMB = Math.max(peakMB, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(look, 10);
  const { success, stderr } = await child.output();
  clearInterval(timer);
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
  return { seconds: (performance.now() - began) / 1000, peakMB };
}

/** Prints a line of the report. */
export function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** A line of the report: what, then figures. */
export function line(what: string, figures: string): string {
  return `${what.padEnd(46)} ${figures}`;
}

/** `7.31 M rows/s`. */
export function rate(rows: number, seconds: number): string {
  return `${(rows / seconds / 1e6).toFixed(2).padStart(6)} M rows/s`;
}

/** `512 MB/s`. */
export function speed(bytes: number, seconds: number): string {
  return `${(bytes / seconds / 1e6).toFixed(0).padStart(5)} MB/s`;
}
