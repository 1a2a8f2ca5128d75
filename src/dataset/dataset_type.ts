/** What a dataset is to its readers, wherever its bytes lie. */
import type { ReddManifest } from "./manifest_type.ts";
import type { PartFile, SignedPart } from "./part_file.ts";

/** A dataset that is there to be read. */
export interface Dataset {
  /** What messages call it, as the user has given it: the path of a folder. */
  readonly name: string;
  /** Its own name, wherever it lies; the ledger of a database keeps it for people. */
  readonly title: string;
  /**
   * What its user does where its content is not as its manifest says; whoever has a folder generates it
   * again.
   */
  readonly remedy?: string;
  /** What it says of itself. Whoever is given the dataset believes it. */
  readonly manifest: ReddManifest;
  /** What messages call a part, so that the user finds it. */
  whereIs(part: Pick<SignedPart, "path">): string;
  /**
   * Opens a part, again whenever it is asked for, and several side by side. The reader closes it.
   *
   * @throws {PartChanged} where it is missing, cannot be read or has another length.
   */
  open(part: SignedPart): PartFile;
  /**
   * A small file beside the tables, such as `schedule.yaml`, as a whole.
   *
   * @param most The most bytes that a file of its kind may have.
   * @throws {PartChanged} where it is missing, larger or cannot be read.
   */
  read(path: string, most: number): Promise<Uint8Array>;
  /**
   * The end of a part: so many bytes, or all that it has. Absent where it would take as long as
   * reading the part through.
   *
   * @throws {PartChanged} as {@linkcode Dataset.open}.
   */
  tail?(part: SignedPart, bytes: number): Promise<Uint8Array>;
  /**
   * The whole path of a regular file that holds a part and nothing else, for readers that open files
   * themselves; absent where parts are no files. Whoever it is given to follows no link inside of
   * the dataset, as long as nobody changes it meanwhile.
   *
   * @throws {PartChanged} where it is missing or there is a link on the way.
   */
  fileOf?(part: Pick<SignedPart, "path">): string;
  /** Paths that lie beside its files and are not named; absent where nothing else can. */
  unnamed?(): readonly string[];
}
