import { Failure } from "../media/failure.ts";

export const encoderRemedy = "Run `sightline doctor` to see what is damaged and how to get it again.";

/** A file that is there but cannot be what it should be. */
export function damaged(file: string, reason: string, cause?: unknown): Failure {
  const message = `The encoder's file is damaged: ${file} (${reason})`;
  return new Failure({ code: "corrupt", message, remedy: encoderRemedy }, { cause });
}
