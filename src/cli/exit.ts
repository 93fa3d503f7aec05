import { plainText } from "../media/plain-text.ts";
import { failureOf } from "../media/system-failure.ts";
import { failureIn } from "../messages/failures.ts";
import { localeOf } from "../messages/messages.ts";

/** The exit statuses of the command line: part of its contract. */
export const exitStatus = { done: 0, failed: 1, usage: 2, someUnreadable: 3, interrupted: 130 } as const;

/** Prints what went wrong on stderr and says which status that is. A bug is thrown on, with its stack. */
export function exitStatusOf(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return exitStatus.interrupted;
  const failure = failureOf(error);
  if (!failure) throw error;
  const { message, remedy } = failureIn(localeOf(process.env), failure);
  process.stderr.write(`sightline: ${plainText(message, 2_000)}\n  → ${plainText(remedy, 2_000)}\n`);
  return failure.code === "invalid-input" ? exitStatus.usage : exitStatus.failed;
}
