import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "../media/failure.ts";
import { catalogue } from "./catalogue.ts";
import { installedModel } from "./installed.ts";

/**
 * The folder that the setting `encoder` names: an installed model's, by its id, or any other. Undefined for the
 * built-in encoder. Throws `Failure` for a model that is known but not installed, and for a folder that is none.
 */
export async function encoderFolder(
  encoder: string | undefined,
  modelsFolder: string,
): Promise<string | undefined> {
  if (encoder === undefined || encoder === "builtin") return undefined;
  const installed = /[\\/]/.test(encoder)
    ? undefined
    : await installedModel(path.join(modelsFolder, encoder));
  if (installed?.manifest.role === "encoder") return installed.folder;
  if (existsSync(encoder)) return path.resolve(encoder);
  const known = catalogue.find(({ id, role }) => id === encoder && role === "encoder");
  throw new Failure({
    code: "unavailable",
    message: known
      ? `The encoder ${known.title} is not installed.`
      : `There is no encoder at ${path.resolve(encoder)}.`,
    remedy: known
      ? `Get it: sightline models pull ${known.id}`
      : "Give a folder, or the id of an installed encoder: sightline models list",
  });
}
