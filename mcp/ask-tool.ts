import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { AgentEvent } from "../src/agent/agent-event.ts";
import { neutralise } from "../src/agent/evidence-text.ts";
import type { Citation } from "../src/media/citation.ts";
import type { Failure, FailureDetail } from "../src/media/failure.ts";
import { formatSpan } from "../src/media/time-code.ts";
import { inputSchemaOf, parseArguments } from "./arguments.ts";
import { structuredResult } from "./call-result.ts";
import type { McpHost, OpenedLibrary } from "./host.ts";
import type { CallContext, McpTool } from "./mcp-tool.ts";
import { citationJson } from "./moment-json.ts";
import { resourceLinks } from "./resource-links.ts";
import { answerSchema } from "./result-schema.ts";

const input = z.strictObject({
  question: z
    .string()
    .min(1)
    .max(2000)
    .describe("A question about the person's media, in plain words: `when does someone enter the room?`"),
  think: z
    .boolean()
    .default(false)
    .describe("Let the model think first, where it can: slower, for hard questions."),
});

type RunEnd = Extract<AgentEvent, { type: "run-end" }>;

/** The whole agent as one tool. Where no model can run, what a search finds, said as such. */
export function askTool(host: McpHost): McpTool {
  return {
    name: "ask",
    title: "Ask about the person's media",
    description:
      "Answer a question about the person's videos, pictures and documents: plans, searches, checks each cited moment " +
      "against the file, and answers with file and time. Start here; use the other tools to look closer.",
    inputSchema: inputSchemaOf(input),
    outputSchema: answerSchema,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    call: async (args, context) => {
      const { question, think } = parseArguments("ask", input, args);
      const opened = await host.open();
      if (opened.modelFailure) return await searchInstead(opened, question, opened.modelFailure, context);
      const end = await run(opened, question, think, context);
      context.signal.throwIfAborted();
      if (end.reason === "failed" && end.failure)
        return await searchInstead(opened, question, end.failure, context);
      return answered(opened, end);
    },
  };
}

async function run(
  { library }: OpenedLibrary,
  question: string,
  think: boolean,
  { signal, progress }: CallContext,
): Promise<RunEnd> {
  const conversation = await library.startConversation();
  const events = library.ask(question, conversation, { thinking: think ? "on" : "auto" }, signal);
  let end: RunEnd | undefined;
  for await (const event of events) {
    const message = progressOf(event);
    if (message !== undefined) progress({ message });
    if (event.type === "run-end") end = event;
  }
  if (!end) throw new Error("The run ended without a run-end event.");
  return end;
}

function progressOf(event: AgentEvent): string | undefined {
  if (event.type === "turn-start") return event.turn === 1 ? "planning" : "going on";
  if (event.type === "tool-start") return event.name;
  if (event.type === "tool-progress") return neutralise(event.progress.message, 200);
  return event.type === "citation" ? `checked ${placeOf(event.citation)}` : undefined;
}

function answered({ library, hide }: OpenedLibrary, end: RunEnd): CallToolResult {
  const warnings = end.warnings.map((warning) => neutralise(hide(warning), 400));
  const result = structuredResult({
    answer: answerText(hide(end.answer)),
    citations: end.citations.map(citationJson),
    model: library.model.name,
    reason: end.reason,
    ...(warnings.length > 0 ? { warnings } : {}),
  });
  return { ...result, content: [...result.content, ...resourceLinks(end.citations)] };
}

async function searchInstead(
  { library }: OpenedLibrary,
  question: string,
  failure: FailureDetail | Failure,
  { signal }: CallContext,
): Promise<CallToolResult> {
  const { findings, coverage } = await library.find({ text: question, limit: 8 }, signal);
  const citations = findings.map((finding, i): Citation => {
    const { mediaId, kind, path, span, text } = finding;
    const quote = text === undefined ? {} : { quote: text };
    return { handle: `e${i + 1}`, mediaId, kind, path, span, check: "unchecked", ...quote };
  });
  const lines = citations.map((citation, i) => `[${i + 1}] ${placeOf(citation)}`);
  const found = lines.length > 0 ? ["A search for its words finds:", ...lines] : ["A search finds nothing."];
  const result = structuredResult({
    answer: ["No model can answer this now.", ...found].join("\n"),
    citations: citations.map(citationJson),
    model: "search only",
    reason: "search",
    warnings: [
      neutralise(`${failure.message} ${failure.remedy}`, 400),
      ...coverage.unknownWords.map((word) => `No picture search for "${neutralise(word, 40)}".`),
    ],
  });
  return { ...result, content: [...result.content, ...resourceLinks(findings)] };
}

function placeOf({ path, span }: Pick<Citation, "path" | "span">): string {
  const name = neutralise(path.split(/[\\/]/).at(-1) ?? "", 120);
  return `${name} ${formatSpan(span)}`.trim();
}

function answerText(answer: string): string {
  return answer
    .slice(0, 8_000)
    .split("\n")
    .map((line) => neutralise(line))
    .join("\n");
}
