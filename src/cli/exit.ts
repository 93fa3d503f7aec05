import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import { failureIn } from "../messages/failures.ts";
import { localeOf } from "../messages/messages.ts";

/** The exit statuses of the command line: part of its contract. */
export const exitStatus = { done: 0, failed: 1, usage: 2, someUnreadable: 3, interrupted: 130 } as const;

/** Prints what went wrong on stderr and says which status that is. A bug is thrown on, with its stack. */
export function exitStatusOf(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return exitStatus.interrupted;
  if (!(error instanceof Failure)) throw error;
  const { message, remedy } = failureIn(localeOf(process.env), error);
  process.stderr.write(`sightline: ${plainText(message, 2_000)}\n  → ${plainText(remedy, 2_000)}\n`);
  return error.code === "invalid-input" ? exitStatus.usage : exitStatus.failed;
}
