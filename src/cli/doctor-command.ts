import { type Diagnosis, diagnose } from "../app.ts";
import { plainText } from "../media/plain-text.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { printJson, printLine } from "./output.ts";

const marks: Readonly<Record<Diagnosis["state"], string>> = { good: "✓", note: "·", bad: "✗" };

/** Says what is there, what is missing and how to get it. Fails when Sightline cannot work as it is. */
export async function runDoctor(
  _positional: readonly string[],
  { json = false }: { readonly json?: boolean },
  { config, signal }: CommandContext,
): Promise<number> {
  const lines = await diagnose(config, signal);
  if (json) printJson({ checks: lines });
  else for (const line of lines) print(line);
  return lines.some((line) => line.state === "bad") ? exitStatus.failed : exitStatus.done;
}

function print({ state, part, says, remedy }: Diagnosis): void {
  printLine(`${marks[state]} ${part.padEnd(10)} ${plainText(says, 300)}`);
  if (remedy) printLine(`${" ".repeat(13)}→ ${plainText(remedy, 300)}`);
}
