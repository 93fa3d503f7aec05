import { Failure } from "../../media/failure.ts";
import { printable } from "./error-lines.ts";

/** The failure of a program that was stopped because it went quiet. */
export function stalled(about: string, stallMs: number): Failure {
  return new Failure({
    code: "timeout",
    message: `ffmpeg made no progress on ${printable(about)} for ${Math.round(stallMs / 1000)} s and was stopped.`,
    remedy: "Check that the disk answers (a network folder may be away), and try the file again.",
  });
}
