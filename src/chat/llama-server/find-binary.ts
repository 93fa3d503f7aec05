import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../media/failure.ts";

export const serverFileName = process.platform === "win32" ? "llama-server.exe" : "llama-server";

export interface ServerPlaces {
  /** The path that the person chose (`llamaServer`, SIGHTLINE_LLAMA_SERVER). */
  readonly configured?: string;
  /** Where `sightline models engine` puts it. */
  readonly engineFolder: string;
  /** `PATH`. */
  readonly searchPath: string | undefined;
}

export interface FoundServer {
  readonly file: string;
  readonly source: "configured" | "engine" | "path";
}

/**
 * The llama-server to run: the configured one, else the one that `models engine` installed, else the first on `PATH`;
 * undefined when there is none. Throws `Failure` when the configured one is not there.
 */
export async function findLlamaServer(places: ServerPlaces): Promise<FoundServer | undefined> {
  const { configured, engineFolder, searchPath } = places;
  if (configured !== undefined) {
    const file = path.resolve(configured);
    if (await isProgram(file)) return { file, source: "configured" };
    throw new Failure({
      code: "unavailable",
      message: `The configured llama-server at ${file} is no program that can be run.`,
      remedy: "Correct the path (SIGHTLINE_LLAMA_SERVER), or unset it and run: sightline models engine",
    });
  }
  const installed = path.join(engineFolder, serverFileName);
  if (await isProgram(installed)) return { file: installed, source: "engine" };
  for (const folder of (searchPath ?? "").split(path.delimiter)) {
    const file = path.join(folder, serverFileName);
    if (path.isAbsolute(folder) && (await isProgram(file))) return { file, source: "path" };
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
