import type { ChatModelFunctions, GbnfJsonSchema } from "node-llama-cpp";
import type { ToolSpec } from "../chat-model.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Tools as node-llama-cpp's grammar takes them. It makes a model write every property that a schema names, so only
 * the required ones are named, and any others may follow: the tool's own schema, which the model reads, judges them.
 */
export function toGrammar(tools: readonly ToolSpec[]): ChatModelFunctions {
  return Object.fromEntries(
    tools.map(({ name, description, parameters }) => [name, { description, params: topLevel(parameters) }]),
  );
}

/** What the model reads about a tool: the whole schema, less what only costs tokens. */
export function toDocumentation({ parameters }: ToolSpec): JsonSchema {
  return lean(parameters) as JsonSchema;
}

function topLevel(schema: JsonSchema): GbnfJsonSchema {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema.required ?? []) as readonly string[];
  const named = Object.entries(properties).filter(([key]) => required.includes(key));
  const hasOthers = named.length < Object.keys(properties).length;
  return {
    type: "object",
    properties: Object.fromEntries(named.map(([key, value]) => [key, inner(value)])),
    additionalProperties: hasOthers ? anything : false,
  };
}

const scalars: readonly GbnfJsonSchema[] = [{ type: ["string", "number", "boolean"] }];
const anything: GbnfJsonSchema = {
  oneOf: [
    ...scalars,
    { type: "array", items: { oneOf: scalars } },
    { type: "object", additionalProperties: true },
  ],
};

function inner(schema: JsonSchema): GbnfJsonSchema {
  if (Array.isArray(schema.enum)) return { enum: schema.enum as readonly string[] };
  switch (schema.type) {
    case "string":
    case "number":
    case "integer":
    case "boolean":
      return { type: schema.type };
    case "array":
      return {
        type: "array",
        items: inner((schema.items ?? {}) as JsonSchema),
        minItems: Number(schema.minItems ?? 0),
      };
    case "object":
      return topLevel(schema);
    default:
      return anything;
  }
}

const costly = new Set([
  "$schema",
  "additionalProperties",
  "minLength",
  "maxLength",
  "pattern",
  "exclusiveMinimum",
]);

function lean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lean);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(
    ([key, inside]) => !costly.has(key) && !(key === "maximum" && Number(inside) > 1e9),
  );
  return Object.fromEntries(kept.map(([key, inside]) => [key, lean(inside)]));
}
