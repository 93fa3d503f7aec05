import { setTimeout as sleep } from "node:timers/promises";
import {
  type CallToolResult,
  CreateMessageResultSchema,
  ElicitResultSchema,
  type PromptMessage,
} from "@modelcontextprotocol/sdk/types.js";
import type { CallContext, JsonSchema, McpTool } from "../../../mcp/mcp-tool.ts";
import type { McpPrompt } from "../../../mcp/prompts.ts";
import type { ResourceSource } from "../../../mcp/resource-source.ts";
import type { Additions } from "../../../mcp/server.ts";
import { choices, defaults, schema2020 } from "./fixture-schemas.ts";

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
const nothing: JsonSchema = { type: "object", properties: {} };

function fixture(
  name: string,
  call: (
    args: Readonly<Record<string, string>>,
    context: CallContext,
  ) => Promise<CallToolResult> | CallToolResult,
  inputSchema: JsonSchema = nothing,
): McpTool {
  return {
    name,
    title: name,
    description: `Fixture of the conformance suite: ${name}.`,
    inputSchema,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    call: async (args, context) => call((args ?? {}) as Record<string, string>, context),
  };
}

const words = (text: string): CallToolResult => ({ content: [{ type: "text", text }] });
const takes = (name: string): JsonSchema => ({
  type: "object",
  properties: { [name]: { type: "string", description: `The ${name}.` } },
  required: [name],
});

async function elicit(message: string, requestedSchema: object, { extra }: CallContext): Promise<string> {
  const request = { method: "elicitation/create", params: { message, requestedSchema } };
  const { action, content } = await extra.sendRequest(
    request as Parameters<typeof extra.sendRequest>[0],
    ElicitResultSchema,
  );
  return `action=${action}, content=${JSON.stringify(content ?? {})}`;
}

const userSchema = {
  type: "object",
  properties: {
    username: { type: "string", description: "User's response" },
    email: { type: "string", description: "User's email address" },
  },
  required: ["username", "email"],
};

const tools: readonly McpTool[] = [
  fixture("test_simple_text", () => words("This is a simple text response for testing.")),
  fixture("test_image_content", () => ({ content: [{ type: "image", data: png, mimeType: "image/png" }] })),
  fixture("test_audio_content", () => ({ content: [{ type: "audio", data: wav, mimeType: "audio/wav" }] })),
  fixture("test_embedded_resource", () => ({
    content: [
      {
        type: "resource",
        resource: {
          uri: "test://embedded-resource",
          mimeType: "text/plain",
          text: "This is an embedded resource content.",
        },
      },
    ],
  })),
  fixture("test_multiple_content_types", () => ({
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", data: png, mimeType: "image/png" },
      {
        type: "resource",
        resource: {
          uri: "test://mixed-content-resource",
          mimeType: "application/json",
          text: '{"test":"data","value":123}',
        },
      },
    ],
  })),
  fixture("test_tool_with_logging", async (_, { extra }) => {
    for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await extra.sendNotification({ method: "notifications/message", params: { level: "info", data } });
      await sleep(50);
    }
    return words("Logged three times.");
  }),
  fixture("test_tool_with_progress", async (_, { extra }) => {
    const progressToken = extra._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        const params = { progressToken, progress, total: 100 };
        await extra.sendNotification({ method: "notifications/progress", params });
      }
      await sleep(50);
    }
    return words("Reported progress.");
  }),
  fixture("test_error_handling", () => {
    throw new Error("This tool intentionally returns an error for testing");
  }),
  fixture(
    "test_sampling",
    async ({ prompt = "" }, { extra }) => {
      const messages = [{ role: "user" as const, content: { type: "text" as const, text: prompt } }];
      const request = { method: "sampling/createMessage" as const, params: { messages, maxTokens: 100 } };
      const { content } = await extra.sendRequest(request, CreateMessageResultSchema);
      return words(`LLM response: ${content.type === "text" ? content.text : content.type}`);
    },
    takes("prompt"),
  ),
  fixture(
    "test_elicitation",
    async ({ message = "" }, context) =>
      words(`User response: ${await elicit(message, userSchema, context)}`),
    takes("message"),
  ),
  fixture("test_elicitation_sep1034_defaults", async (_, context) =>
    words(`Elicitation completed: ${await elicit("Review the defaults", defaults, context)}`),
  ),
  fixture("test_elicitation_sep1330_enums", async (_, context) =>
    words(`Elicitation completed: ${await elicit("Choose", choices, context)}`),
  ),
  fixture("test_reconnection", async (_, { extra }) => {
    extra.closeSSEStream?.();
    await sleep(100);
    return words("Reconnection test completed.");
  }),
  fixture("json_schema_2020_12_tool", () => words("ok"), schema2020),
];

const user = (content: PromptMessage["content"]): PromptMessage => ({ role: "user", content });
const required = (name: string) => ({ name, description: `The ${name}.`, required: true });

const prompts: readonly McpPrompt[] = [
  {
    name: "test_simple_prompt",
    description: "A prompt without arguments.",
    messages: () => [user({ type: "text", text: "This is a simple prompt for testing." })],
  },
  {
    name: "test_prompt_with_arguments",
    description: "A prompt with two arguments.",
    arguments: [required("arg1"), required("arg2")],
    messages: ({ arg1, arg2 }) => [
      user({ type: "text", text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }),
    ],
  },
  {
    name: "test_prompt_with_embedded_resource",
    description: "A prompt that embeds a resource.",
    arguments: [required("resourceUri")],
    messages: ({ resourceUri = "" }) => [
      user({
        type: "resource",
        resource: {
          uri: resourceUri,
          mimeType: "text/plain",
          text: "Embedded resource content for testing.",
        },
      }),
      user({ type: "text", text: "Please process the embedded resource above." }),
    ],
  },
  {
    name: "test_prompt_with_image",
    description: "A prompt with a picture.",
    messages: () => [
      user({ type: "image", data: png, mimeType: "image/png" }),
      user({ type: "text", text: "Please analyze the image above." }),
    ],
  },
];

const staticText = {
  uri: "test://static-text",
  mimeType: "text/plain",
  text: "This is the content of the static text resource.",
};

const resources: ResourceSource = {
  templates: [
    {
      uriTemplate: "test://template/{id}/data",
      name: "template",
      description: "A template with a parameter.",
      mimeType: "application/json",
    },
  ],
  list: async () => [
    { uri: "test://static-text", name: "static text", description: "A text.", mimeType: "text/plain" },
    { uri: "test://static-binary", name: "static binary", description: "A picture.", mimeType: "image/png" },
    {
      uri: "test://watched-resource",
      name: "watched",
      description: "A text to watch.",
      mimeType: "text/plain",
    },
  ],
  read: async (uri) => {
    const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
    if (id !== undefined) {
      const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
      return [{ uri, mimeType: "application/json", text }];
    }
    if (uri === "test://static-binary") return [{ uri, mimeType: "image/png", blob: png }];
    if (uri === "test://static-text") return [staticText];
    return uri === "test://watched-resource"
      ? [{ uri, mimeType: "text/plain", text: "Watched." }]
      : undefined;
  },
};

/** What the conformance suite asks a server under test to offer. */
export const fixtures: Additions = { tools, prompts, resources: [resources] };
