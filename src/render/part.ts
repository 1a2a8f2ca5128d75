/** One part of a table: rows go into a buffer, full buffers go to a sink. */

/** Where the bytes go; a sink must take them before it returns, the buffer is used again. */
export interface Sink {
  write(bytes: Uint8Array): void;
}

/** No row is longer than this. */
const ROW_ROOM = 4096;

/** Rows of one table on their way to a sink. The buffer outlives a sink: the next may follow. */
export class PartWriter {
  readonly out: DataView;
  /** Rows ended since the sink was set. */
  rows = 0;
  #bytes: Uint8Array;
  #at = 0;
  #sink: Sink;

  /**
   * @param sink Takes chunks of about `size` bytes.
   * @param size Of the buffer; 256 KiB to 1 MiB are fastest for large tables.
   */
  constructor(sink: Sink, size: number) {
    const buffer = new ArrayBuffer(size + ROW_ROOM);
    this.#bytes = new Uint8Array(buffer);
    this.out = new DataView(buffer);
    this.#sink = sink;
  }

  /** Turns to another sink; what was not flushed, because the sink before failed, is dropped. */
  turnTo(sink: Sink): void {
    this.#sink = sink;
    this.#at = 0;
    this.rows = 0;
  }

  /** The position of the next row, with room for it. */
  begin(): number {
    if (this.#at > this.#bytes.length - ROW_ROOM) this.flush();
    return this.#at;
  }

  /** Ends the row whose last column, with its comma, ended at `at`. */
  end(at: number): void {
    this.#bytes[at - 1] = 10;
    this.#at = at;
    this.rows++;
  }

  /** Gives everything buffered to the sink. */
  flush(): void {
    if (this.#at === 0) return;
    this.#sink.write(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
  }
}
