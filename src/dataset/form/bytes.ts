/** The bytes of a dataset's files: are they there, as many as the manifest says, and the very ones? */
import type { Dataset } from "../dataset.ts";
import { faultOf, PartChanged, type SignedPart } from "../part_file.ts";
import type { Table } from "../../tables/description.ts";
import { formReader, type LineFault } from "./form.ts";
import { openAsItIs } from "./row_faults.ts";

/** Pieces that a hash and a loop over bytes are fed with. */
const CHUNK = 1 << 20;

/** What reading a file through has shown. */
export interface FileReading {
  /** Why it cannot be read, or has another length. */
  readonly absent?: string;
  /** That its digest is another. */
  readonly changed?: string;
  /** Its rows below the header; none of a file that is no table's. */
  readonly rows: number;
  /** Has a number more decimals than its column? */
  readonly rounded?: boolean;
  /** Where its form is not that of its table. */
  readonly faults: readonly LineFault[];
}

/**
 * Reads a file of a dataset through.
 *
 * @param table Whose rows it has, where it has any.
 * @param going Is asked before every piece, and throws where no more is wanted.
 */
export async function readFileThrough(
  dataset: Dataset,
  signed: SignedPart,
  table: Table | undefined,
  going: () => void,
): Promise<FileReading> {
  const form = table === undefined ? undefined : formReader(table);
  const buffer = new Uint8Array(CHUNK);
  try {
    using file = openAsItIs(dataset, signed);
    let bytes = 0;
    while (true) {
      going();
      const read = await file.read(buffer);
      if (read === undefined) break;
      bytes += read;
      form?.take(buffer.subarray(0, read));
    }
    const { rows = 0, faults = [], rounded = false } = form?.end() ?? {};
    if (bytes !== signed.bytes) {
      const absent = `${signed.path} has ${bytes} bytes, expected ${signed.bytes}`;
      return { absent, rows, faults };
    }
    const sha256 = file.digest();
    if (sha256 === signed.sha256) return { rows, faults, rounded };
    const changed = `${signed.path} has the sha256 ${sha256}, expected ${signed.sha256}`;
    return { changed, rows, faults };
  } catch (thrown) {
    if (!(thrown instanceof PartChanged)) throw thrown;
    return { absent: faultOf(signed, thrown), rows: 0, faults: [] };
  }
}
