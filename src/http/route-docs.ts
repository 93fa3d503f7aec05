import type { DescribeRouteOptions } from "hono-openapi";
import { z } from "zod";

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
