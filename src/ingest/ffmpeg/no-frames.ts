import { Failure } from "../../media/failure.ts";
import { printable } from "./error-lines.ts";

/** The failure of a file that was asked for a picture and holds none. */
export function noFrames(file: string): Failure {
  return new Failure({
    code: "unsupported",
    message: `${printable(file)} holds no moving picture that can be decoded.`,
    remedy: "It is a sound file, or damaged: check that it plays, and copy it again from its source.",
  });
}
