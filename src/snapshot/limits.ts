/** How many clones a server has at most, whoever has made them. */
export const MOST_CLONES = 64;
