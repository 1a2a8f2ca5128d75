/** The rights of `redd datasets`. */
import type { Given } from "../command.ts";
import { generateLineOf } from "../datasets_line.ts";
import { FIXTURES_FOLDER, generateRights } from "./dataset.ts";
import { reach, type Rights, sum } from "./rights.ts";

/** To read the catalogue; to make a dataset again, what making it takes. */
export async function datasetsRights(given: Given): Promise<Rights> {
  const line = generateLineOf(given);
  return line === undefined ? sum({ read: reach(FIXTURES_FOLDER) }) : await generateRights(line);
}
