import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import { neutralise } from "../src/agent/evidence-text.ts";
import type { Finding } from "../src/media/citation.ts";
import type { Coverage } from "../src/media/coverage.ts";
import { formatSpan } from "../src/media/time-code.ts";
import type { Tool, ToolResult } from "../src/tools/tool.ts";
import { inputSchemaOf, parseArguments } from "./arguments.ts";
import { fitResult, structuredResult } from "./call-result.ts";
import { hiddenFields } from "./hidden-data.ts";
import { type HidePaths, unhideFolder } from "./hide-paths.ts";
import type { CallContext, JsonSchema, McpTool } from "./mcp-tool.ts";
import { momentJson } from "./moment-json.ts";
import { resourceLinks } from "./resource-links.ts";
import { mostPictures, resultPictures } from "./result-pictures.ts";
import { momentsSchema } from "./result-schema.ts";

/** A tool of the library, ready to run, with what hides the person's folders. */
export interface OpenedTool {
  readonly tool: Tool;
  readonly hide: HidePaths;
  readonly roots: readonly string[];
}

/** Their answer is pictures: a schema would promise structured content, and clients then drop the pictures. */
const answersInPictures: ReadonlySet<string> = new Set(["video_seek", "look"]);

/** Adapts a plain tool. `described` need not be able to run: `open` gives the one that can, at the first call. */
export function libraryTool(described: Tool, open: (name: string) => Promise<OpenedTool>): McpTool {
  const { name, title, description, input, readOnly } = described;
  return {
    name,
    title,
    description,
    inputSchema: withFolderExplained(inputSchemaOf(input)),
    ...(answersInPictures.has(name) ? {} : { outputSchema: momentsSchema }),
    annotations: {
      readOnlyHint: readOnly,
      destructiveHint: false,
      idempotentHint: readOnly,
      openWorldHint: false,
    },
    call: async (args, context) => {
      const parsed = parseArguments(name, input, args);
      const { tool, hide, roots } = await open(name);
      const folder: unknown = parsed.folder;
      const asked = typeof folder === "string" ? { ...parsed, folder: unhideFolder(folder, roots) } : parsed;
      const result = await tool.execute(asked, context);
      context.signal.throwIfAborted();
      return answersInPictures.has(name)
        ? await pictureResult(result, asked, hide, context)
        : await textResult(result, hide, context);
    },
  };
}

async function textResult(
  result: ToolResult,
  hide: HidePaths,
  context: CallContext,
): Promise<CallToolResult> {
  const { items, ...data } = result.data ?? {};
  const parts = {
    summary: neutraliseLines(hide(result.text)),
    moments: result.findings.map((finding, i) => ({ ...momentJson(finding), ...factsAt(items, i, hide) })),
    ...(result.coverage ? { coverage: coverageJson(result.coverage) } : {}),
    data: hiddenFields(Object.entries(data), hide),
  };
  const answer = structuredResult(fitResult(parts, context.keepRest));
  const pictures = await resultPictures(result.imagePaths ?? [], undefined, context.signal);
  const images = pictures.map((picture): ContentBlock => ({ type: "image", ...picture }));
  return { ...answer, content: [...answer.content, ...images, ...resourceLinks(result.findings)] };
}

async function pictureResult(
  result: ToolResult,
  { longestSide }: Readonly<Record<string, unknown>>,
  hide: HidePaths,
  { signal }: CallContext,
): Promise<CallToolResult> {
  const { imagePaths = [], findings } = result;
  const side = typeof longestSide === "number" ? longestSide : undefined;
  const pictures = await resultPictures(imagePaths, side, signal);
  const content: ContentBlock[] = [{ type: "text", text: neutraliseLines(hide(result.text)) }];
  for (const [i, picture] of pictures.entries()) {
    const finding = findings.at(i);
    if (finding) content.push({ type: "text", text: pictureLine(finding) });
    content.push({ type: "image", ...picture });
  }
  for (const finding of findings.slice(imagePaths.length)) {
    content.push({ type: "text", text: JSON.stringify(momentJson(finding)) });
  }
  if (imagePaths.length > mostPictures) content.push({ type: "text", text: restLine(findings) });
  return { content: [...content, ...resourceLinks(findings)] };
}

function pictureLine({ path, span, mediaId }: Finding): string {
  const at = span.kind === "time" ? ` (${span.startMs} ms)` : "";
  const name = neutralise(path.split(/[\\/]/).at(-1) ?? "", 120);
  return `${name} ${formatSpan(span)}${at}, id ${mediaId}`;
}

function restLine(findings: readonly Finding[]): string {
  const times = findings
    .slice(mostPictures)
    .flatMap(({ span }) => (span.kind === "time" ? [span.startMs] : []));
  return `At most ${mostPictures} pictures fit a result: call again with timesMs [${times.join(", ")}] for the rest.`;
}

/** Facts that a tool lists beside its findings belong to them one by one. */
function factsAt(items: unknown, index: number, hide: HidePaths): Readonly<Record<string, unknown>> {
  const facts: unknown = Array.isArray(items) ? items[index] : undefined;
  if (typeof facts !== "object" || facts === null) return {};
  const { id: _, name: _name, ...rest } = facts as Record<string, unknown>;
  return hiddenFields(Object.entries(rest), hide);
}

function coverageJson({ unknownWords, ...counts }: Coverage): Readonly<Record<string, unknown>> {
  return { ...counts, unknownWords: unknownWords.map((word) => neutralise(word, 40)) };
}

function neutraliseLines(text: string): string {
  return text
    .split("\n")
    .map((line) => neutralise(line))
    .join("\n");
}

function withFolderExplained(schema: JsonSchema): JsonSchema {
  const folder = schema.properties?.folder;
  if (folder === undefined) return schema;
  const description = "Only files below this folder, written as list_media shows it: `Videos/trips`.";
  return { ...schema, properties: { ...schema.properties, folder: { ...folder, description } } };
}
