/** The models of biology by the names that profiles give them. */
import type { BiologyName } from "../fixtures/biology_name.ts";
import type { BiologyModel } from "../farm/biology.ts";
import { documented } from "./documented/documented.ts";
import { field } from "../field/field.ts";

/** A name without a model does not compile, nor does a model without a name. */
const MODELS: Readonly<Record<BiologyName, BiologyModel>> = { documented, field };

/** The model of a name that a profile was read with, or that the facts of a world bear. */
export function biologyModel(name: BiologyName): BiologyModel {
  return MODELS[name];
}
