/** A section of the page, as far as drawing goes. */

/** How a section is shown. */
export interface PageSection<Data> {
  /** The same as that of its figures in `data/`. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly about: string;
  /** Puts its content under the heading; is called once, when the section comes near. */
  readonly draw: (data: Data, root: HTMLElement) => void;
}
