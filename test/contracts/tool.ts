import { expect, test } from "vitest";
import { z } from "zod";
import type { Finding } from "../../src/media/citation.ts";
import { Failure } from "../../src/media/failure.ts";
import type { MediaStore } from "../../src/store/media-store.ts";
import type { Tool, ToolContext, ToolProgress } from "../../src/tools/tool.ts";

export interface ToolCase {
  readonly tool: Tool;
  readonly store: MediaStore;
  /** Arguments that give a result. */
  readonly valid: Readonly<Record<string, unknown>>;
  /** Arguments that the schema must refuse. */
  readonly invalid: Readonly<Record<string, unknown>>;
  /** Arguments that name a file which is not in the library; absent for a tool that names none. */
  readonly unknownMedia?: Readonly<Record<string, unknown>>;
}

export function toolContext(signal: AbortSignal = new AbortController().signal) {
  const reports: ToolProgress[] = [];
  const context: ToolContext = { signal, progress: (report) => reports.push(report) };
  return { context, reports };
}

/** Parses as the host does, then runs. */
export function runTool(tool: Tool, input: Readonly<Record<string, unknown>>, signal?: AbortSignal) {
  return tool.execute(tool.input.parse(input), toolContext(signal).context);
}

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** Paths of all properties, nested ones too, that say nothing of themselves. */
function undescribed({ properties = {}, items }: JsonSchema, path: string): readonly string[] {
  const inside = Object.entries(properties).flatMap(([name, property]) => [
    ...(property.description ? [] : [`${path}.${name}`]),
    ...undescribed(property, `${path}.${name}`),
  ]);
  return items ? [...inside, ...undescribed(items, `${path}[]`)] : inside;
}

async function spanFits({ mediaId, span }: Finding, store: MediaStore): Promise<boolean> {
  const item = await store.get(mediaId);
  if (item === undefined) return false;
  if (span.kind === "page") return span.page >= 1 && span.page <= (item.pages ?? span.page);
  if (span.kind === "whole") return true;
  return span.startMs >= 0 && span.startMs <= span.endMs && span.endMs <= (item.durationMs ?? span.endMs);
}

/** What every tool does, whatever it is for. `open` gives a fresh tool over a library that fits the arguments. */
export function toolContract(name: string, open: () => Promise<ToolCase>): void {
  test(`${name}: has a snake_case name, a title, and a description of less than 1 KB`, async () => {
    const { tool } = await open();
    expect(tool.name).toBe(name);
    expect(tool.name).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
    expect(tool.title.length).toBeGreaterThan(2);
    expect(tool.description.length).toBeGreaterThan(20);
    expect(Buffer.byteLength(tool.description)).toBeLessThan(1024);
  });

  test(`${name}: says as JSON Schema what each argument means and takes no others`, async () => {
    const { tool } = await open();
    const schema = z.toJSONSchema(tool.input, { io: "input" });
    expect(schema.type).toBe("object");
    expect(undescribed(schema as JsonSchema, name)).toEqual([]);
    expect(tool.input.safeParse({ ...(await open()).valid, surprise: 1 }).success).toBe(false);
  });

  test(`${name}: gives a short result whose findings lie inside their files`, async () => {
    const { tool, valid, store } = await open();
    const result = await runTool(tool, valid);
    expect(result.text.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(result.text)).toBeLessThan(2048);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(result.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    expect(() => JSON.stringify(result)).not.toThrow();
    for (const finding of result.findings) expect(await spanFits(finding, store)).toBe(true);
  });

  test(`${name}: refuses arguments that are wrong`, async () => {
    const { tool, valid, invalid } = await open();
    expect(tool.input.safeParse(valid).success).toBe(true);
    expect(tool.input.safeParse(invalid).success).toBe(false);
  });

  test(`${name}: stops at once when it is aborted`, async () => {
    const { tool, valid } = await open();
    await expect(runTool(tool, valid, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
  });

  test(`${name}: says of a file that it does not know what there is instead`, async () => {
    const { tool, unknownMedia } = await open();
    if (unknownMedia === undefined) {
      expect(Object.keys(tool.input.shape)).not.toContain("media");
      return;
    }
    const failure = await runTool(tool, unknownMedia).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "not-found", remedy: expect.stringContaining("list_media") });
  });
}
