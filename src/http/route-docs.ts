import { type DescribeRouteOptions, describeRoute } from "hono-openapi";
import { z } from "zod";
import { failureAnswer } from "./answer-schemas.ts";

/** A route's body for the OpenAPI page: JSON, and a form whose `files` may hold uploads. */
export function bodyOf(
  schema: z.ZodObject,
  files: readonly string[] = [],
  { json = true }: { readonly json?: boolean } = {},
): NonNullable<DescribeRouteOptions["requestBody"]> {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const uploads = Object.fromEntries(files.map((name) => [name, { type: "string", format: "binary" }]));
  const form = { ...described, properties: { ...described.properties, ...uploads } };
  return {
    required: true,
    content: {
      ...(json ? { "application/json": { schema: described } } : {}),
      ...(files.length > 0 ? { "multipart/form-data": { schema: form } } : {}),
    },
  } as NonNullable<DescribeRouteOptions["requestBody"]>;
}

interface RouteOptions extends Pick<DescribeRouteOptions, "summary" | "requestBody"> {
  /** What a JSON answer holds. */
  readonly answer?: z.ZodType;
  /** Of an answer that is no JSON. */
  readonly type?: string;
}

/** A route for the OpenAPI page: what it takes, what it answers, and that it refuses as all of them do. */
export function describeApi({ answer, type = "application/json", ...options }: RouteOptions) {
  const binary = { type: "string", format: "binary" };
  const schema = type === "application/json" ? (answer ? jsonSchemaOf(answer) : {}) : binary;
  const refusal = {
    description: "Refused, with the reason and the remedy",
    content: { "application/json": { schema: jsonSchemaOf(failureAnswer) } },
  };
  const responses = {
    200: { description: "Done", content: { [type]: { schema } } },
    400: refusal,
    "4XX": refusal,
  };
  return describeRoute({ ...options, responses } as DescribeRouteOptions);
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return described;
}
