/** `redd export`: a dataset in the format of another tool. */
import { exportDataset, type ExportReport } from "../src/export/export_dataset.ts";
import type { Given, Host, Voice } from "./command.ts";
import { datasetSource, unpackingOf } from "./dataset_source.ts";
import { formatOf, parquetLayoutOf, targetOf } from "./export_line.ts";
import { interruptible } from "./interrupt.ts";
import { amountOf, grouped, lasting, sized } from "./numbers.ts";
import { listed, percent } from "./progress_line.ts";
import { subsetOf } from "./subset.ts";
import { flagValues } from "./values.ts";
import { MEMORY } from "./verify_line.ts";

const NAME = "export";

/** What was exported, in a line. */
export function exportLine({ target, tables, rows, files, bytes, seconds }: ExportReport): string {
  return `${target}: ${grouped(rows)} rows of ${amountOf(tables, "table")} in ` +
    `${amountOf(files, "file")}, ${sized(bytes)}, in ${lasting(seconds * 1000)}`;
}

/** Runs a line of `redd export`; returns its exit code. */
export function runExport(given: Given, voice: Voice, host: Host = {}): Promise<number> {
  return interruptible(async (signal) => {
    const layout = parquetLayoutOf(given);
    const memory = flagValues(NAME, given).whole("memory", MEMORY.least, MEMORY.most);
    const { tables } = subsetOf(NAME, given);
    using source = await datasetSource(NAME, given.operands[0]!, given, voice, signal, true);
    const report = await exportDataset(await source.open(), {
      unpacking: unpackingOf(voice, host),
      format: formatOf(given),
      output: targetOf(given),
      signal,
      ...layout === undefined ? {} : { layout },
      ...memory === undefined ? {} : { memory },
      ...tables === undefined ? {} : { tables },
      onPart: ({ table, rows, allRows }) =>
        voice.progress((columns) =>
          listed([
            `${percent(allRows === 0 ? 0 : rows / allRows)} exported`,
            table,
            `${grouped(rows)} of ${grouped(allRows)} rows`,
          ], columns)
        ),
    });
    if (voice.json) voice.data(JSON.stringify(report));
    else voice.result(exportLine(report));
    return 0;
  });
}
