/** What helps against what this machine's own system says while a dataset is read or connected. */

const MANY_FILES = "Raise the limit (ulimit -n 1024), give fewer --jobs or close other programs";

const REMEDIES: Readonly<Record<string, string | undefined>> = {
  EMFILE: MANY_FILES,
  ENFILE: MANY_FILES,
  ENOMEM: "Give fewer --jobs or close other programs: the memory of this machine is used up",
  EACCES: "Give yourself the right to read it (ls -ld shows whose it is)",
  EPERM: "The system or a firewall forbids it: look at their rules",
  EIO: "The disk does not read what it should: look at the system's log, and take a copy elsewhere",
  ESTALE: "The network disk has lost it: mount it again and try again",
  ENAMETOOLONG: "Give a shorter path",
  ELOOP: "Links on the way lead to each other: name the place itself",
  ENOTDIR: "A file stands where a folder should be: correct the path",
  EISDIR: "A folder stands where a file should be: correct the path",
};

/** The remedy for an error of the operating system, where one is known. */
export function systemRemedy(code: string): string | undefined {
  return Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
}
