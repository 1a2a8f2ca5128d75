/** Runs that write a dataset or merge one, as they are shown. */
import type { GenerateProgress } from "../src/generate/progress.ts";
import type { Voice } from "./command.ts";
import { foundText, generateLine, RUN_BEGINS, withRunProgress } from "./generate_line.ts";
import type { ProgressLine } from "./progress_line.ts";

/**
 * Shows how a run goes.
 *
 * @param out Its folder, where windows that were there are to be told.
 */
export function showRun(voice: Voice, out?: string): (progress: GenerateProgress) => void {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  let course = RUN_BEGINS;
  const line: ProgressLine = (columns) => generateLine(course, elapsed(), columns);
  voice.progress(line);
  return (progress) => {
    const before = course.progress?.phase;
    course = withRunProgress(course, progress, elapsed());
    const isRead = before === "compare" && progress.phase === "windows";
    if (out !== undefined && isRead && progress.windowsBefore > 0) {
      voice.say(foundText(out, progress));
    }
    voice.progress(line);
  };
}
