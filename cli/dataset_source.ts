/** The dataset that a line names: a folder, an archive, or `-`, an archive through standard input. */
import type { FilesOfOptions } from "../src/archive/files_of.ts";
import { openArchive, openDataset } from "../src/archive/open_dataset.ts";
import { spoolArchive } from "../src/archive/spool.ts";
import { openWorkFolder, workPlace } from "../src/archive/work_folder.ts";
import { commandLine } from "../src/command_line.ts";
import type { Dataset, OpenDatasetOptions } from "../src/dataset/dataset.ts";
import { DIGEST_FORM, digestOfDataset } from "../src/dataset/manifest_digest.ts";
import type { Goal } from "../src/files/write_failure.ts";
import type { Given, Host, Voice } from "./command.ts";
import { STDIN } from "./commands/flags.ts";
import { sized } from "./numbers.ts";
import { usageError } from "./parse.ts";

/** What messages call an archive that comes through a pipe. */
const PIPE = "standard input";

/** After so long without a byte it is said what is waited for, in milliseconds. */
const PATIENCE = 2000;

/** So many digits of a digest name the database of a dataset that comes without a name. */
const NAMING = 12;

/** A dataset that can be opened; a file that it takes goes when this is disposed. */
export interface DatasetSource extends Disposable {
  /** The folder or the file. */
  readonly path: string;
  /** What messages call it, where that is not the path. */
  readonly name?: string;
  /** After which its database in the embedded server is called. */
  readonly called: string;
  /** Opens it, as often as it is wanted; the digest that the line expects is compared. */
  open(options?: OpenDatasetOptions): Promise<Dataset>;
}

/**
 * The digest that a line expects of its dataset.
 *
 * @throws {ReddError} input, for what is none.
 */
export function expectOf(command: string, given: Given): string | undefined {
  const expect = given.text("expect");
  if (expect === undefined || DIGEST_FORM.test(expect)) return expect;
  throw usageError(
    command,
    `--expect is ${/^(?:sha-?\d*:?)?[0-9a-f]*$/i.test(expect) ? expect : "no digest"}`,
    "Give a digest as generate prints it: sha256: and 64 hexadecimal digits, in small letters",
  );
}

/**
 * The dataset of a line. What comes through standard input is kept in a file of the user's own, and is
 * seen to be an archive on the way.
 *
 * @param unpacks Whether the line unpacks what comes through standard input.
 * @throws {ReddError} input: no digest, a terminal in the place of a pipe, no archive of Redd's, or
 *   another dataset than is expected; environment: the file cannot be written; interrupted.
 */
export async function datasetSource(
  command: string,
  dataset: string,
  given: Given,
  voice: Voice,
  signal: AbortSignal,
  unpacks = false,
): Promise<DatasetSource> {
  const expect = expectOf(command, given);
  if (dataset === STDIN) return await pipedSource(command, expect, voice, signal, unpacks);
  return {
    path: dataset,
    called: dataset,
    open: (options = {}) => openDataset(dataset, { ...options, expect }),
    [Symbol.dispose]: () => {},
  };
}

async function pipedSource(
  command: string,
  expect: string | undefined,
  voice: Voice,
  signal: AbortSignal,
  unpacks: boolean,
): Promise<DatasetSource> {
  if (Deno.stdin.isTerminal()) {
    const because = `DATASET is -, and ${PIPE} is a terminal`;
    throw usageError(command, because, `Send an archive: curl … | ${commandLine(command, STDIN)}`);
  }
  const place = workPlace();
  const work = openWorkFolder(place);
  const path = `${work.path}/archive`;
  const timer = setTimeout(() => {
    voice.say(`Waiting for an archive on ${PIPE}.`);
  }, PATIENCE);
  try {
    const { descriptor } = await spoolArchive((buffer) => Deno.stdin.read(buffer), path, {
      name: PIPE,
      expect,
      signal,
      goal: goalOf(place),
      unpacks,
      onBytes(bytes) {
        clearTimeout(timer);
        voice.progress(`${sized(bytes)} of the archive have come`);
      },
    });
    const [, digits] = digestOfDataset(descriptor.redd).split(":");
    const title = `dataset_${digits!.slice(0, NAMING)}`;
    return {
      path,
      name: PIPE,
      called: title,
      open: (options = {}) => openArchive(path, { ...options, expect, name: PIPE, title }),
      [Symbol.dispose]: () => work[Symbol.dispose](),
    };
  } catch (thrown) {
    work[Symbol.dispose]();
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

function goalOf(place: string): Goal {
  const cannot = `keep the archive of ${PIPE} in ${place}`;
  return { cannot, noun: "folder", flag: "TMPDIR", again: "send it again", fewer: "" };
}

/** How a line unpacks an archive for a reader of files, which it says. */
export function unpackingOf(voice: Voice, { openArchiver }: Host): FilesOfOptions {
  const place = workPlace();
  return {
    place,
    ...openArchiver === undefined ? {} : { open: openArchiver },
    onUnpack: (bytes) =>
      voice.say(
        `The archive is unpacked into ${place} for as long as that takes: ${sized(bytes)}.`,
      ),
    onProgress: ({ bytes, totalBytes }) =>
      voice.progress(`${sized(bytes)} of ${sized(totalBytes)} unpacked`),
  };
}
