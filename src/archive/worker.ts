/** A worker that packs or unpacks; it needs to read what it reads from and to write what it writes to. */
import { type ArchiveJob, doneJob } from "./work.ts";

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ArchiveJob>) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
};

scope.onmessage = ({ data }) => {
  const answer = doneJob(data);
  const frame = answer.kind === "done" ? answer.frame : undefined;
  scope.postMessage(answer, frame === undefined ? [] : [frame.buffer as ArrayBuffer]);
};
