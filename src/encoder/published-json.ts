import { readFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../media/failure.ts";

/** One of the small files beside a published model. Throws `Failure` where it is missing or damaged. */
export async function readJson(directory: string, name: string): Promise<unknown> {
  const file = path.join(directory, name);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new Failure(
      {
        code: "unavailable",
        message: `The encoder's folder ${directory} has no ${name}.`,
        remedy: "Copy the model's whole folder, or get one: sightline models pull siglip2-base",
      },
      { cause },
    );
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure(
      {
        code: "corrupt",
        message: `The encoder's file is damaged: ${file} (it is no JSON)`,
        remedy: "Load it again: sightline models pull, or copy it from where you had it.",
      },
      { cause },
    );
  }
}
