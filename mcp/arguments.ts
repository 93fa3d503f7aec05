import { z } from "zod";
import { Failure } from "../src/media/failure.ts";
import { plainText } from "../src/media/plain-text.ts";
import type { JsonSchema } from "./mcp-tool.ts";

/** The arguments as a client should send them: fields that have a default are not required. */
export function inputSchemaOf(input: z.ZodObject): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: "input" });
  return schema as JsonSchema;
}

/** Throws `Failure` that names what is wrong and what is expected instead. */
export function parseArguments<Input extends z.ZodObject>(
  tool: string,
  input: Input,
  args: unknown,
): z.output<Input> {
  const parsed = input.safeParse(args ?? {});
  if (parsed.success) return parsed.data;
  const known = Object.keys(input.shape);
  const problems = parsed.error.issues.slice(0, 5).map((issue) => problemOf(issue, known));
  throw new Failure({
    code: "invalid-input",
    message: `Wrong arguments for ${tool}: ${problems.join("; ")}`,
    remedy: `It takes ${expected(inputSchemaOf(input))}. Correct them and call again.`,
  });
}

function problemOf(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    return issue.keys.map((key) => unknownArgument(key, known)).join("; ");
  }
  const where = issue.path.map(String).join(".");
  return `${where === "" ? "arguments" : `\`${plainText(where, 60)}\``}: ${plainText(issue.message, 200)}`;
}

function unknownArgument(key: string, known: readonly string[]): string {
  const near = known
    .map((name) => [name, editDistance(key.toLowerCase(), name.toLowerCase())] as const)
    .sort((a, b) => a[1] - b[1])[0];
  const hint = near && near[1] <= Math.max(2, key.length / 3) ? ` (did you mean \`${near[0]}\`?)` : "";
  return `there is no argument \`${plainText(key, 60)}\`${hint}`;
}

/** "`media` (string, required), `limit` (integer)". */
function expected({ properties = {}, required = [] }: JsonSchema): string {
  const names = Object.entries(properties).map(([name, schema]) => {
    const { type, enum: choices } = schema as { type?: string; enum?: readonly string[] };
    const kind = choices ? choices.join("|") : (type ?? "value");
    return `\`${name}\` (${kind}${required.includes(name) ? ", required" : ""})`;
  });
  return names.length === 0 ? "no arguments" : names.join(", ");
}

/** Levenshtein's, for short names. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}
